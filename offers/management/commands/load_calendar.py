"""Loads the school holidays of the state."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from offers.holidays import HolidayFileError, load_school_holidays

DEFAULT = Path(__file__).resolve().parents[2] / "data" / "school-holidays-rlp.csv"


class Command(BaseCommand):
    help = "Lädt die Schulferien des Landes. Ein zweiter Aufruf ändert nichts; was Menschen eingetragen haben, bleibt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=DEFAULT, metavar="DATEI", help="CSV mit name,first_day,last_day")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            created = load_school_holidays(path)
        except OSError as error:
            raise CommandError(f"Die Datei {path} lässt sich nicht lesen: {error.strerror}.") from error
        except HolidayFileError as error:
            raise CommandError(f"{path.name}, {error}") from error
        self.stdout.write(f"{created} Schulferien neu.")
