"""From a table as Excel saves it to rows of text: CSV in its usual spellings, or XLSX. Knows nothing of people.

openpyxl reads XLSX; Wagtail needs it for its own exports, so it is there without a line in the requirements.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook  # type: ignore[import-untyped]

from offers.interchange.cells import FORMULA
from offers.interchange.faults import Fault

MOST_BYTES = 5 * 1024 * 1024
# A small file may hold a very large one (a bomb): nothing is unpacked beyond this.
MOST_UNPACKED = 20 * 1024 * 1024
MOST_ROWS = 1000
MOST_COLUMNS = 50
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}\d{1,7}"')


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `line` as the spreadsheet numbers it."""

    line: int
    cells: dict[str, str]


class BrokenFileError(Exception):
    """The file cannot be read at all. Its message says what to do."""


Line = tuple[int, list[Any]]


def read(file: str, data: bytes, names: Sequence[str], needed: Sequence[str]) -> tuple[list[Row], list[Fault]]:
    """Rows with these columns, in any order, and what is wrong. Columns that are not needed may be missing."""
    try:
        merged: list[tuple[str, int]] = []
        if len(data) > MOST_BYTES:
            raise BrokenFileError(_("Die Datei ist größer als 5 MB. Bitte nur die Tabelle speichern, ohne Bilder."))
        if data.startswith(b"PK"):
            lines, merged = _workbook(data)
        else:
            lines = list(_text_lines(data))
    except BrokenFileError as error:
        return [], [Fault(file, 1, str(error))]
    return _rows(file, lines, merged, names, needed)


def _rows(
    file: str, lines: Sequence[Line], merged: list[tuple[str, int]], names: Sequence[str], needed: Sequence[str]
) -> tuple[list[Row], list[Fault]]:
    filled = [(line, cells) for line, cells in lines if any(str(cell).strip() for cell in cells if cell is not None)]
    if not filled:
        return [], [Fault(file, 1, _("Die Tabelle ist leer. Bitte mit der Zeile der Spaltennamen beginnen: %s") % ", ".join(names))]
    (first, raw), *rest = filled
    heading = [str(cell or "").strip().lower() for cell in raw]
    while heading and not heading[-1]:
        heading.pop()
    faults = _heading_faults(file, first, heading, names, needed)
    if faults:
        return [], faults
    for column, line in merged:
        faults.append(
            Fault(file, line, _("Hier sind Zellen verbunden. Bitte die Verbindung aufheben und jede Zeile einzeln ausfüllen."), column)
        )
    if len(rest) > MOST_ROWS:
        message = _("Die Tabelle hat mehr als %d Zeilen. Bitte auf mehrere Dateien verteilen.") % MOST_ROWS
        return [], [*faults, Fault(file, rest[MOST_ROWS][0], message)]
    rows: list[Row] = []
    for line, cells in rest:
        if any(str(cell).strip() for cell in cells[len(heading) :] if cell is not None):
            message = _(
                "Die Zeile hat mehr Zellen als die Überschrift. Steht ein Trennzeichen im Text? Dann gehört die Zelle in Anführungszeichen."
            )
            faults.append(Fault(file, line, message))
            continue
        texts: dict[str, str] = {}
        for name, cell in zip(heading, [*cells, *[""] * len(heading)], strict=False):
            text, message = _text(cell)
            texts[name] = text
            if message:
                faults.append(Fault(file, line, message, name))
        rows.append(Row(line, texts))
    return rows, faults


def _heading_faults(file: str, line: int, heading: Sequence[str], names: Sequence[str], needed: Sequence[str]) -> list[Fault]:
    faults = []
    if missing := [name for name in needed if name not in heading]:
        message = _("Es fehlt: %(missing)s. Die erste Zeile muss die Spaltennamen haben, wie in der Vorlage: %(names)s.")
        faults.append(Fault(file, line, message % {"missing": ", ".join(missing), "names": ", ".join(names)}))
    if strange := [name or _("(ohne Namen)") for name in heading if name not in names]:
        message = _("Unbekannte Spalte: %s. Bitte löschen oder umbenennen.") % ", ".join(name[:40] for name in strange[:10])
        faults.append(Fault(file, line, message))
    if twice := sorted({name for name in heading if name in names and heading.count(name) > 1}):
        faults.append(Fault(file, line, _("Doppelte Spalte: %s. Bitte eine davon löschen.") % ", ".join(twice)))
    return faults


def _text(cell: Any) -> tuple[str, str]:
    """A cell as text, and what is wrong with it ("" where nothing is)."""
    if cell is None:
        return "", ""
    if isinstance(cell, (datetime, date, time, timedelta)):
        return "", _("Das ist ein Datum. Bitte die Zelle als „Text“ formatieren und neu schreiben.")
    if isinstance(cell, bool):
        return "", _("Das ist ein Wahrheitswert. Bitte die Zelle als „Text“ formatieren und neu schreiben.")
    if isinstance(cell, float):
        # A postcode that a spreadsheet took for a number.
        return (str(int(cell)), "") if cell.is_integer() and abs(cell) < 1e15 else ("", _("Das ist eine Kommazahl. Bitte Text schreiben."))
    text = " ".join(str(cell).split()) if "\n" not in str(cell).strip() else str(cell).strip()
    if FORMULA.match(text):
        return "", _("Das ist eine Formel. Bitte den Wert selbst schreiben (in Excel: „Inhalte einfügen, Werte“).")
    if text.startswith("#") and text.endswith(("!", "?", "A", "FEHLT")):
        return "", _("Hier steht ein Fehler der Tabelle. Bitte den Wert selbst schreiben.")
    return text, ""


def _text_lines(data: bytes) -> Iterator[Line]:
    if data.startswith(OLD_OFFICE):
        raise BrokenFileError(
            _("Das ist eine alte oder mit Kennwort geschützte Excel-Datei. Bitte als „Excel-Arbeitsmappe (.xlsx)“ ohne Kennwort speichern.")
        )
    text = _decoded(data)
    if "\0" in text or text.lstrip()[:5].lower() in ("%pdf-", "<html", "<?xml", "<!doc"):
        raise BrokenFileError(_("Das ist keine Tabelle. Bitte als .xlsx oder „CSV“ speichern."))
    heading = text.lstrip("\r\n ").split("\n", 1)[0]
    delimiter = max(";,\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, list(cells[: MOST_COLUMNS + 1])
            line = reader.line_num + 1
    except csv.Error as error:
        message = _("Ein Anführungszeichen steht allein (ab Zeile %d). Bitte ergänzen oder im Text verdoppeln.") % line
        raise BrokenFileError(message) from error


def _decoded(data: bytes) -> str:
    """Excel saves "CSV UTF-8" with a mark, "CSV" in the Windows code page and "Unicode-Text" in UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _workbook(data: bytes) -> tuple[list[Line], list[tuple[str, int]]]:
    """The first sheet's lines, and where its cells are merged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not any(name.startswith("xl/") for name in archive.namelist()):
                raise BrokenFileError(_("Das ist keine Excel-Datei. Bitte als „Excel-Arbeitsmappe (.xlsx)“ oder „CSV“ speichern."))
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise BrokenFileError(_("Die Datei ist entpackt zu groß. Bitte nur die Tabelle in eine neue Datei kopieren."))
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            try:
                sheet = book.worksheets[0]
                sheet.reset_dimensions()
                lines = []
                # One line more than allowed, to say where it ends; empty lines in between count.
                for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), 1):
                    lines.append((number, list(cells)))
                    if number > 20 * MOST_ROWS:
                        break
                found = MERGED.findall(archive.read(sheet._worksheet_path))
            finally:
                book.close()
    except BrokenFileError:
        raise
    except Exception as error:
        # openpyxl raises whatever its parts raise: KeyError, ValueError, ParseError, BadZipFile and more.
        message = _("Die Datei ist beschädigt oder keine Excel-Datei. Bitte öffnen und neu als .xlsx speichern.")
        raise BrokenFileError(message) from error
    return lines, [(column.decode(), int(line)) for column, line in found]
