"""Take situations from CSV files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from search.editing.interchange import FaultyFilesError, import_situations


class Command(BaseCommand):
    help = "Führt Lebenslagen aus zwei CSV-Dateien ein. Alles oder nichts; ein zweiter Aufruf ändert nichts mehr."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--situations", type=Path, required=True, metavar="DATEI", help="CSV-Datei der Lebenslagen")
        parser.add_argument("--phrases", type=Path, required=True, metavar="DATEI", help="CSV-Datei der Fragen in anderen Sprachen")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            new, changed, same = import_situations(options["situations"], options["phrases"])
        except OSError as error:
            raise CommandError(
                _("Die Datei %(file)s lässt sich nicht lesen: %(why)s.") % {"file": error.filename, "why": error.strerror}
            ) from error
        except FaultyFilesError as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            raise CommandError(_("%d Fehler. Bitte berichtigen und noch einmal einführen.") % len(error.faults)) from error
        numbers = {"new": new, "changed": changed, "same": same}
        self.stdout.write(_("Lebenslagen: %(new)d neu, %(changed)d geändert, %(same)d unverändert.") % numbers)
