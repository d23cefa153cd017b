"""Lays the pages that every district needs: the front door, imprint, privacy, accessibility."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Page, Site

from home.models import DistrictSettings, HomePage, StandardPage
from home.starting_texts import HOME, STANDARD_PAGES


class Command(BaseCommand):
    help = "Creates the home page and the pages of text where they are missing. Changes nothing that is there."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        home = HomePage.objects.first() or self.create_home()
        for title, slug, introduction, body in STANDARD_PAGES:
            if not home.get_children().filter(slug=slug).exists():
                home.add_child(instance=StandardPage(title=title, slug=slug, introduction=introduction, body=body))
                self.stdout.write(f"Seite „{title}“ angelegt.")
        self.name_site()
        DistrictSettings.for_site(Site.objects.get(is_default_site=True))

    def name_site(self) -> None:
        """Sitemaps and mails name the site as BASE_URL does."""
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        port = address.port or (443 if address.scheme == "https" else 80)
        Site.objects.filter(is_default_site=True).update(hostname=address.hostname, port=port)
        Site.clear_site_root_paths_cache()

    def create_home(self) -> HomePage:
        # Wagtail's first migration leaves a welcome page at the address that ours needs.
        Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
        root = Page.objects.get(depth=1)
        home = HomePage(slug="startseite", **HOME)
        root.add_child(instance=home)
        Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home, "site_name": home.title})
        self.stdout.write("Startseite angelegt.")
        return home
