"""Show the bundled vocabulary to the editors."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from search.editing.loading import load


class Command(BaseCommand):
    help = "Zeigt den mitgelieferten Wortschatz der Suche in der Redaktion. Was dort geändert wurde, bleibt."

    def handle(self, *args: Any, **options: Any) -> None:
        report = load()
        numbers = {"created": report.created, "changed": report.changed, "removed": report.removed}
        self.stdout.write(_("Wortschatz der Suche: %(created)d neu, %(changed)d geändert, %(removed)d entfallen.") % numbers)
