"""How one cell reads and is written. Pure; `parse` raises CellError, and what `format` has written it reads again.

A cell's text has no spaces around it and no formula escape any more: `plain` and `safe` see to that.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Protocol

from django.utils.translation import gettext as _

from offers.interchange.faults import CellError

# A spreadsheet takes cells that begin so for formulas (OWASP, "CSV Injection").
FORMULA = re.compile(r"'*[=+\-@\t]")
# Longer cells come from a quote that nobody closed; the longest honest text is far shorter.
MOST_CHARACTERS = 20_000
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def plain(raw: str) -> str:
    """The text that is meant by a raw cell: without spaces around it, with simple line ends, without the formula escape."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def safe(text: str) -> str:
    """The raw cell for a text: one that a spreadsheet would calculate gets an apostrophe, which `plain` takes away again."""
    return f"'{text}" if FORMULA.match(text) else text


class Cell(Protocol):
    def parse(self, text: str) -> Any: ...

    def format(self, value: Any) -> str: ...


@dataclass(frozen=True, slots=True)
class Text:
    lines: bool = False  # whether the text may have several lines

    def parse(self, text: str) -> str:
        if CONTROL_CHARACTER.search(text):
            raise CellError(_("Die Zelle enthält ein unsichtbares Steuerzeichen. Bitte den Text neu eintippen."))
        if len(text) > MOST_CHARACTERS:
            raise CellError(_("Die Zelle ist länger als %d Zeichen. Fehlt ein Anführungszeichen am Ende?") % MOST_CHARACTERS)
        if not self.lines and "\n" in text:
            raise CellError(_("Die Zelle enthält einen Zeilenumbruch. Bitte in eine Zeile schreiben."))
        return text

    def format(self, value: str | None) -> str:
        return (value or "").replace("\r\n", "\n").replace("\r", "\n").strip()


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `lowest` to `highest`, or empty."""

    lowest: int
    highest: int

    def parse(self, text: str) -> int | None:
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and self.lowest <= int(text) <= self.highest):
            raise CellError(
                _("„%(text)s“ ist keine Zahl von %(lowest)d bis %(highest)d. Bitte eine ganze Zahl schreiben oder leer lassen.")
                % {"text": short(text), "lowest": self.lowest, "highest": self.highest}
            )
        return int(text)

    def format(self, value: int | None) -> str:
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Degrees:
    """Decimal degrees with a point, from -`most` to `most`, or empty."""

    most: int

    def parse(self, text: str) -> float | None:
        if not text:
            return None
        if re.fullmatch(r"-?\d+,\d+", text):
            raise CellError(_("Bitte mit Punkt statt Komma schreiben: %(text)s.") % {"text": short(text.replace(",", "."))})
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,15})?", text):
            raise CellError(_("„%(text)s“ ist keine Gradzahl. Bitte so schreiben: 50.31812.") % {"text": short(text)})
        if abs(float(text)) > self.most:
            raise CellError(
                _("%(text)s liegt nicht zwischen -%(most)d und %(most)d. Sind Breite und Länge vertauscht?")
                % {"text": text, "most": self.most}
            )
        return float(text) + 0.0  # no negative zero

    def format(self, value: float | None) -> str:
        if value is None:
            return ""
        # Five digits are a metre; more are written only where an editor has typed them, and none that mean nothing on a map.
        whole, _point, digits = f"{round(value, 9) + 0.0:.9f}".partition(".")
        return f"{whole}.{digits.rstrip('0').ljust(5, '0')}"


@dataclass(frozen=True, slots=True)
class Day:
    def parse(self, text: str) -> date | None:
        return day(text) if text else None

    def format(self, value: date | None) -> str:
        return value.isoformat() if value else ""


@dataclass(frozen=True, slots=True)
class YesNo:
    def parse(self, text: str) -> bool:
        if text not in ("ja", "nein"):
            raise CellError(_("Bitte „ja“ oder „nein“ schreiben."))
        return text == "ja"

    def format(self, value: bool) -> str:
        return "ja" if value else "nein"


@dataclass(frozen=True, slots=True)
class Choice:
    codes: Sequence[str]

    def parse(self, text: str) -> str:
        if text not in self.codes:
            raise CellError(unknown([text], self.codes))
        return text

    def format(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class Codes:
    """Several codes, separated by a comma; kept in the order of `codes`."""

    codes: Collection[str]

    def parse(self, text: str) -> list[str]:
        found = {part.strip() for part in text.split(",") if part.strip()}
        if strange := sorted(found - set(self.codes)):
            raise CellError(unknown(strange, self.codes))
        return [code for code in self.codes if code in found]

    def format(self, value: Iterable[str]) -> str:
        return ", ".join(value)


def day(text: str) -> date:
    """A date written as 2026-12-03 that the calendar has."""
    try:
        if re.fullmatch(r"[12]\d{3}-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise CellError(_("„%(text)s“ ist kein Tag des Kalenders. Bitte so schreiben: 2026-12-03.") % {"text": short(text)})


def unknown(codes: Sequence[str], known: Iterable[str]) -> str:
    """What is not in the list, what it may have meant, and the list."""
    known = list(known)
    parts = [_("Unbekannt: %(codes)s.") % {"codes": ", ".join(short(code) or _("(leer)") for code in codes)}]
    if close := [match for code in codes for match in get_close_matches(code[:60], known, n=1)]:
        parts.append(_("Meinten Sie %(codes)s?") % {"codes": ", ".join(close)})
    parts.append(_("Möglich sind: %(codes)s.") % {"codes": ", ".join(known)})
    return " ".join(parts)


def short(text: str) -> str:
    """A piece of a cell for a message: no control characters, not a whole page of it."""
    visible = CONTROL_CHARACTER.sub("·", text).replace("\n", " ")
    return visible if len(visible) <= 60 else f"{visible[:57]}…"
