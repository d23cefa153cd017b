"""Exports providers and offers to CSV files; see docs/listing-format.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from offers.interchange.exporting import export_offers, export_providers


class Command(BaseCommand):
    help = "Schreibt alle veröffentlichten Anbieter und Angebote in CSV-Dateien, so wie import_offers sie liest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--providers", type=Path, metavar="DATEI", help="CSV-Datei der Anbieter")
        parser.add_argument("--offers", type=Path, metavar="DATEI", help="CSV-Datei der Angebote")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["providers"] or options["offers"]):
            raise CommandError("Bitte --providers DATEI oder --offers DATEI angeben.")
        for path, export in ((options["providers"], export_providers), (options["offers"], export_offers)):
            if path is None:
                continue
            try:
                count = export(path)
            except OSError as error:
                raise CommandError(f"Die Datei {path} lässt sich nicht schreiben: {error.strerror}.") from error
            self.stdout.write(f"{path.name}: {count} Zeilen.")
