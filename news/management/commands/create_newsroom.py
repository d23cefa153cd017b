"""Lays the newsroom under the home page, with its first release."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Site

from news.first_release import NEWSROOM, RELEASE_176
from news.models import NewsroomPage, PressReleasePage


class Command(BaseCommand):
    help = "Creates the newsroom and, in a demo, release Nr. 176/2024, where they are missing. Changes nothing that is there."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--demo", action="store_true", help="Also create the first release.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None or site.root_page.depth < 2:
            raise CommandError("There is no home page yet: run `manage.py create_site` first.")
        newsroom = NewsroomPage.objects.first()
        if newsroom is None:
            newsroom = site.root_page.add_child(instance=NewsroomPage(**NEWSROOM))
            self.stdout.write("Presseraum angelegt.")
        if options["demo"] and not PressReleasePage.objects.filter(number=176, year=2024).exists():
            newsroom.add_child(instance=PressReleasePage(**RELEASE_176))
            self.stdout.write("Pressemitteilung Nr. 176/2024 angelegt.")
