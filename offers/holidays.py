"""The school holidays of the state, from a file to the database."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from offers.models import SchoolHoliday


class HolidayFileError(ValueError):
    """A line of the file that cannot be read."""


def load_school_holidays(path: Path) -> int:
    """Create the holidays that are missing, by name and first day; how many. All or none.

    The file: name,first_day,last_day with dates as 2026-12-23, UTF-8. Raises HolidayFileError for a broken line, OSError for a file that
    cannot be read.
    """
    created = 0
    with transaction.atomic(), path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            name, first, last = _read(row, number)
            _holiday, new = SchoolHoliday.objects.get_or_create(name=name, first_day=first, defaults={"last_day": last})
            created += new
    return created


def _read(row: dict[str, str], number: int) -> tuple[str, date, date]:
    try:
        name, first, last = row["name"].strip(), date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        message = _("Zeile %d: Bitte Name, ersten und letzten Tag schreiben, so: Osterferien,2027-03-22,2027-04-02.") % number
        raise HolidayFileError(message) from fault
    if last < first:
        raise HolidayFileError(_("Zeile %d: Der letzte Tag liegt vor dem ersten.") % number)
    return name, first, last
