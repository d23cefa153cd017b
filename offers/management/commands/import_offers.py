"""Imports providers and offers from CSV files; see docs/listing-format.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from offers.interchange.importing import NoHomePageError, Result, import_files


class Command(BaseCommand):
    help = "Führt Anbieter und Angebote aus CSV-Dateien ein. Jede Datei ganz oder gar nicht; ein zweiter Aufruf ändert nichts mehr."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--providers", type=Path, metavar="DATEI", help="CSV-Datei der Anbieter")
        parser.add_argument("--offers", type=Path, metavar="DATEI", help="CSV-Datei der Angebote")
        parser.add_argument("--dry-run", action="store_true", help="nur prüfen, nichts speichern")
        parser.add_argument("--skip-invalid", action="store_true", help="fehlerhafte Zeilen auslassen, alle anderen einführen")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["providers"] or options["offers"]):
            raise CommandError("Bitte --providers DATEI oder --offers DATEI angeben.")
        try:
            results = import_files(
                options["providers"],
                options["offers"],
                skip_invalid=options["skip_invalid"],
                dry_run=options["dry_run"],
                progress=self.progress,
            )
        except OSError as error:
            raise CommandError(f"Die Datei {error.filename} lässt sich nicht lesen: {error.strerror}.") from error
        except NoHomePageError as error:
            raise CommandError(str(error)) from error
        for result in results:
            self.report(result, options["dry_run"])
        if faults := sum(len(result.faults) for result in results):
            raise CommandError(f"{faults} Fehler. Bitte berichtigen und noch einmal einführen.")

    def progress(self, done: int, total: int) -> None:
        """A line that counts on a terminal; elsewhere a plain line now and then."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} von {total}", ending="\n" if done == total else "")
            self.stdout.flush()
        elif done % 500 == 0:
            self.stdout.write(f"{done} von {total}")

    def report(self, result: Result, dry_run: bool) -> None:
        for fault in sorted(result.faults, key=lambda each: each.line):
            self.stderr.write(str(fault))
        counts = f"{result.created} neu, {result.changed} geändert, {result.unchanged} unverändert"
        if result.written:
            self.stdout.write(f"{result.file}: {counts}.")
        elif dry_run and not result.faults:
            self.stdout.write(f"{result.file}: {counts}. Probelauf, nichts gespeichert.")
        else:
            self.stdout.write(f"{result.file}: nichts gespeichert.")
