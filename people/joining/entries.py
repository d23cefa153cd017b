"""From rows of the table to invitations, and what is wrong with them. Pure; what is in the database is asked in plans.py."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from offers.choices import ProviderKind
from offers.interchange.cells import Text
from offers.interchange.faults import CellError, Fault
from people.joining.houses import House, Person, normal
from people.joining.sheet import Row

COLUMNS = ("kennung", "name", "art", "strasse", "plz", "ort", "vorname", "nachname", "email")
NEEDED = ("name", "ort", "nachname", "email")
LONGEST = {"kennung": 120, "name": 120, "strasse": 120, "ort": 120, "vorname": 150, "nachname": 150, "email": 254}
# Names stand in mails: nobody shall put an address of a page into one.
ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)
KINDS = {normal(str(word)): value for value, label in ProviderKind.choices for word in (value, label)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: who is invited to which provider."""

    line: int
    house: House
    person: Person

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_plain(cls, values: Mapping[str, Any]) -> "Entry":
        return cls(values["line"], House(**values["house"]), Person(**values["person"]))


def entries_of(file: str, rows: Iterable[Row]) -> tuple[list[Entry], list[Fault]]:
    """Entries of the rows without faults, and the faults of the others, by line."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = {name: row.cells.get(name, "") for name in COLUMNS}
        wrong = {name: message for name, text in cells.items() if (message := cell_fault(name, text, cells))}
        faults += [Fault(file, row.line, message, name) for name, message in wrong.items()]
        if wrong:
            continue
        entry = _entry(row.line, cells)
        place = (entry.house.key,) if entry.house.key else (normal(entry.house.name), entry.house.postal_code, normal(entry.house.town))
        first = seen.setdefault((*place, entry.person.email), row.line)
        if first != row.line:
            faults.append(Fault(file, row.line, _("Das steht schon in Zeile %d. Bitte eine der beiden löschen.") % first, "email"))
            continue
        entries.append(entry)
    return entries, faults


def cell_fault(name: str, text: str, cells: Mapping[str, str]) -> str:
    """What is wrong with one cell, and what to do; "" where nothing is."""
    if not text:
        needed = name in ("nachname", "email") or (name in ("name", "ort") and not cells["kennung"])
        return _("Bitte ausfüllen.") if needed else ""
    try:
        Text().parse(text)
    except CellError as error:
        return str(error)
    if len(text) > LONGEST.get(name, 250):
        return _("Zu lang: höchstens %d Zeichen.") % LONGEST.get(name, 250)
    if name in ("name", "vorname", "nachname") and ADDRESS.search(text):
        return _("Ein Name enthält keine Internetadresse. Bitte nur den Namen schreiben.")
    if name == "plz" and not re.fullmatch(r"[0-9]{5}", text):
        return _("Eine Postleitzahl hat fünf Ziffern, zum Beispiel 56130. Fehlt eine Null am Anfang?")
    if name == "art" and normal(text) not in KINDS:
        return _("„%(text)s“ gibt es nicht. Bitte eines von diesen: %(kinds)s.") % {
            "text": text[:40],
            "kinds": ", ".join(str(label) for label in ProviderKind.labels),
        }
    if name == "email":
        return _email_fault(text)
    return ""


def _email_fault(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return _("„%s“ ist keine E-Mail-Adresse. Bitte nur die Adresse, so wie: leitung@kita.de") % text[:60]
    return ""


def _entry(line: int, cells: Mapping[str, str]) -> Entry:
    house = House(cells["kennung"], cells["name"], KINDS.get(normal(cells["art"]), ""), cells["strasse"], cells["plz"], cells["ort"])
    return Entry(line, house, Person(cells["vorname"], cells["nachname"], cells["email"].lower()))
