"""Write situations to CSV files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from search.editing.interchange import export_situations


class Command(BaseCommand):
    help = "Schreibt die Lebenslagen in zwei CSV-Dateien, die import_situations wieder liest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--situations", type=Path, required=True, metavar="DATEI", help="CSV-Datei der Lebenslagen")
        parser.add_argument("--phrases", type=Path, required=True, metavar="DATEI", help="CSV-Datei der Fragen in anderen Sprachen")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = export_situations(options["situations"], options["phrases"])
        except OSError as error:
            message = _("Die Datei %(file)s lässt sich nicht schreiben: %(why)s.") % {"file": error.filename, "why": error.strerror}
            raise CommandError(message) from error
        self.stdout.write(_("%d Lebenslagen geschrieben.") % count)
