"""From a file to rows of plain text, and back. Knows nothing of listings."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from offers.interchange.cells import plain, safe
from offers.interchange.faults import Fault

SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Row:
    line: int  # where it begins
    cells: dict[str, str]


def read(path: Path, names: Sequence[str]) -> tuple[list[Row], list[Fault]]:
    """Rows of the file with exactly these columns, in any order, and what is wrong with the file itself.

    UTF-8 with or without byte order mark, any line ends. A file whose heading is wrong has no rows. OSError where it cannot be read.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        message = _("Die Datei ist nicht in UTF-8 gespeichert. Bitte als „CSV UTF-8“ speichern und noch einmal einführen.")
        return [], [Fault(path.name, data[: fault.start].count(b"\n") + 1, message)]
    return _rows(path.name, text, names)


def write(path: Path, names: Sequence[str], rows: Iterable[dict[str, str]]) -> int:
    """Write the rows, safe to open in a spreadsheet; says how many."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=SEPARATOR, lineterminator="\n")
    writer.writerow(names)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        writer.writerow([safe(row[name]) for name in names])
    path.write_bytes(buffer.getvalue().encode())
    return count


def _rows(file: str, text: str, names: Sequence[str]) -> tuple[list[Row], list[Fault]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATOR, strict=True)
    rows: list[Row] = []
    faults: list[Fault] = []
    heading: list[str] = []
    line = 1
    try:
        while True:
            line = reader.line_num + 1
            cells = next(reader)
            if not heading:
                heading = [cell.strip() for cell in cells]
                if faults := _heading_faults(file, heading, names):
                    return [], faults
            elif not any(cells):
                continue  # spreadsheets leave empty lines at the end
            elif len(cells) == len(heading):
                rows.append(Row(line, dict(zip(heading, map(plain, cells), strict=True))))
            else:
                faults.append(Fault(file, line, _count_message(len(cells), len(heading))))
    except StopIteration:
        pass
    except csv.Error:
        message = _("Ein Anführungszeichen steht allein. Bitte das Anführungszeichen ergänzen oder im Text verdoppeln.")
        faults.append(Fault(file, line, message))
    if not heading:
        faults.append(Fault(file, 1, _("Die Datei ist leer. Bitte mit der Zeile der Spaltennamen beginnen: %s") % SEPARATOR.join(names)))
    return rows, faults


def _count_message(found: int, wanted: int) -> str:
    return _(
        "Die Zeile hat %(found)d statt %(wanted)d Spalten. Steht ein Semikolon im Text? Dann gehört die Zelle in Anführungszeichen."
    ) % {"found": found, "wanted": wanted}


def _heading_faults(file: str, heading: list[str], names: Sequence[str]) -> list[Fault]:
    if len(heading) == 1 and any(mark in heading[0] for mark in (",", "\t")):
        return [Fault(file, 1, _("Die Spalten sind nicht durch Semikolon getrennt. Bitte beim Speichern das Semikolon wählen."))]
    faults = []
    if missing := [name for name in names if name not in heading]:
        faults.append(Fault(file, 1, _("Es fehlt: %s. Bitte die Spalte ergänzen; sie darf leer sein.") % ", ".join(missing)))
    if strange := [name or "(ohne Namen)" for name in heading if name not in names]:
        faults.append(Fault(file, 1, _("Unbekannte Spalte: %s. Bitte löschen oder umbenennen.") % ", ".join(strange)))
    if twice := sorted({name for name in heading if name in names and heading.count(name) > 1}):
        faults.append(Fault(file, 1, _("Doppelte Spalte: %s. Bitte eine davon löschen.") % ", ".join(twice)))
    return faults
