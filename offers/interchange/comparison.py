"""What a file would change: every row beside its page, cell by cell, before anything is written.

Cells are compared as text in the form that an export gives them. So an export changes nothing when it comes back, a column that the
row leaves alone stays as it is on the page, and what the file cannot say (pictures, exceptions, closures) is never touched.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from offers.calendar import attach_providers
from offers.interchange.cells import short
from offers.interchange.columns import VENUE, Table
from offers.interchange.faults import CellError, Fault
from offers.interchange.table import Row
from offers.models import OfferPage, ProviderPage

BATCH = 500
P = TypeVar("P", ProviderPage, OfferPage)


@dataclass(slots=True)
class Change(Generic[P]):
    """A row, its page where there is one already, and the values that differ, by column."""

    row: Row
    page: P | None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.row.cells["kennung"]


def compare(file: str, table: Table, rows: Sequence[Row], providers: Container[str] | None = None) -> tuple[list[Change], list[Fault]]:
    """Changes that can be made, in the order of the file, and the faults of the other rows.

    `providers` are the keys an offer may name. The number of queries grows with every BATCH of rows, not with every row.
    """
    changes: list[Change] = []
    faults: list[Fault] = []
    lines: dict[str, int] = {}
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        pages = _pages(table, [row.cells["kennung"] for row in batch])
        for row in batch:
            key = row.cells["kennung"]
            change, found = _compared(file, table, row, pages.get(key))
            if key and lines.setdefault(key, row.line) != row.line:
                message = _("Die Kennung steht schon in Zeile %d. Jede Kennung kommt einmal vor.") % lines[key]
                found.append(Fault(file, row.line, message, "kennung"))
            if providers is not None and change.values.get("anbieter", "") and change.values["anbieter"] not in providers:
                found.append(Fault(file, row.line, _no_provider(change.values["anbieter"]), "anbieter"))
            if change.values and change.page is not None and not found:
                found.extend(Fault(file, row.line, message) for message in _in_use(change.page))
            if found:
                faults.extend(found)
            else:
                changes.append(change)
    return changes, faults


def _pages(table: Table, keys: Sequence[str]) -> dict[str, Any]:
    pages: list[Any] = list(table.model.objects.filter(key__in=keys))
    if table.model is OfferPage:
        prefetch_related_objects(pages, "topics", "schedules")
        attach_providers(pages)
    return {page.key: page for page in pages}


def _compared(file: str, table: Table, row: Row, page: Any) -> tuple[Change, list[Fault]]:
    change: Change = Change(row, page)
    faults = []
    current = table.text(page) if page else {}
    values: dict[str, Any] = {}
    for column in table.columns:
        text = row.cells[column.name]
        try:
            values[column.name] = table.value(column, text)
        except CellError as fault:
            # What the page already says is no fault of this file, even if today's checks would not let it in.
            if current.get(column.name) != text:
                faults.append(Fault(file, row.line, str(fault), column.name))
            continue
        if not page or column.cell.format(values[column.name]) != current[column.name]:
            change.values[column.name] = values[column.name]
    if change.values:
        faults.extend(Fault(file, row.line, message, column) for column, message in _contradictions(values, row))
    if not change.values.keys().isdisjoint((*VENUE, "form")) and table.model is OfferPage:
        # The venue is one answer in several cells; half of it would mix two places.
        change.values.update((name, values[name]) for name in (*VENUE, "form") if name in values)
    return change, faults


def _contradictions(values: dict[str, Any], row: Row) -> Iterator[tuple[str, str]]:
    """What single cells cannot know: columns and messages."""
    low, high = values.get("alter_von_monate"), values.get("alter_bis_monate")
    if low is not None and high is not None and high < low:
        yield "alter_bis_monate", _("Das Höchstalter liegt unter dem Mindestalter. Bitte beide Zahlen prüfen; es sind Monate.")
    begin, end = values.get("beginnt_am"), values.get("endet_am")
    if begin and end and end < begin:
        yield "endet_am", _("Die Reihe endet, bevor sie beginnt. Bitte beide Tage prüfen.")
    for one, other in (("breite", "laenge"), ("laenge", "breite")):
        if row.cells[one] and not row.cells[other]:
            yield other, _("Es fehlt die andere Koordinate. Bitte Breite und Länge eintragen oder beide leer lassen.")
    if "form" in values and any(row.cells[name] for name in VENUE):
        if values["form"] in ("online", "telefon"):
            yield "form", _("Ein Angebot online oder am Telefon hat keinen Treffpunkt. Bitte Treffpunkt und Adresse leeren.")
        elif not row.cells["ort"]:
            yield "ort", _("Ein eigener Treffpunkt braucht einen Ort. Alles leer heißt: beim Anbieter.")


def _no_provider(key: str) -> str:
    return _("Den Anbieter „%s“ gibt es nicht. Bitte die Kennung prüfen oder den Anbieter mit --providers einführen.") % short(key)


def _in_use(page: ProviderPage | OfferPage) -> Iterator[str]:
    """Why an existing page is not written over."""
    if page.locked:
        yield _("Die Seite ist gesperrt. Bitte die Sperre im Adminbereich aufheben und noch einmal einführen.")
    if not page.live:
        yield _("Die Seite ist nicht veröffentlicht. Bitte im Adminbereich veröffentlichen oder löschen und noch einmal einführen.")
    elif page.has_unpublished_changes:
        yield _("Die Seite hat einen Entwurf. Bitte im Adminbereich veröffentlichen oder verwerfen und noch einmal einführen.")
