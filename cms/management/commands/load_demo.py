"""A site with everything in it: places, pages, listings, accounts, index."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from wagtail.models import Page, Site

from cms.settings.base import BASE_DIR

DEMO = BASE_DIR / "offers" / "data" / "demo"


class Command(BaseCommand):
    help = "Prepares database, places and pages, and fills an empty site with the demo listings. Changes nothing that is there."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        empty = self.is_empty()
        if empty:
            self.stdout.write("Orte, Seiten und Angebote …")
            call_command("load_places")
            call_command("load_calendar")
        call_command("load_vocabulary")
        call_command("create_site")
        if empty:
            call_command("import_offers", providers=DEMO / "anbieter.csv", offers=DEMO / "angebote.csv")
            call_command("create_newsroom", demo=True)
        # What the offers mean is worked out while the site is already served.
        call_command("drain_index", words_only=True)
        call_command("demo_accounts", demo=True)

    def is_empty(self) -> bool:
        """Whether the demo was never loaded: an interrupted first start is taken up again."""
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        return site is None or not Page.objects.filter(slug="presse", depth=3).exists()
