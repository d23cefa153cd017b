"""Load the district's places, postcodes and boundaries."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.datafiles import read_folder
from places.loading import load
from places.models import Place, Postcode


class Command(BaseCommand):
    """Loads a folder, all or nothing; again, it changes nothing. What the staff has added or corrected stays (places/loading.py)."""

    help = gettext_lazy("Lädt Orte, Postleitzahlen und Umrisse aus PLACES_FOLDER. Ergänzungen aus der Verwaltung bleiben.")  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=Path(settings.PLACES_FOLDER), help=_("Ordner statt PLACES_FOLDER"))

    def handle(self, *_arguments: Any, folder: Path, **_options: Any) -> None:
        read = read_folder(folder)
        if read.faults:
            for fault in read.faults:
                self.stderr.write(fault)
            raise CommandError(_("%d Fehler in den Dateien, nichts wurde geladen.") % len(read.faults))
        report = load(read)
        for line in report.lines:
            self.stdout.write(line)
        totals = {"places": Place.objects.count(), "postcodes": Postcode.objects.count()}
        if report.created or report.changed:
            changes = {"created": report.created, "changed": report.changed}
            self.stdout.write(_("Orte geladen: %(created)d Einträge neu, %(changed)d geändert.") % changes)
        else:
            self.stdout.write(_("Orte geladen: nichts hat sich geändert."))
        self.stdout.write(_("Jetzt: %(places)d Orte, %(postcodes)d Postleitzahlen.") % totals)
