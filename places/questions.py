"""A text about a place, taken apart: postcodes, and names with all their spellings. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from places.names import FILLERS, Words, key, spellings, western_digits

# The longest official name of a German municipality has fewer than 60 letters; an address line fits, an article does not.
LONGEST = 160
MOST_PARTS = 8

POSTCODE = re.compile(r"(?:\bDE?\s*-?\s*)?(?<!\d)(\d{5})(?!\d)", re.IGNORECASE)
SEPARATOR = re.compile(r"[,;/()|\n\r\t·]|\s[-–]\s")

Part = tuple[Words, ...]
"""The words of a name in each of its spellings."""


@dataclass(frozen=True, slots=True)
class Question:
    postcodes: tuple[str, ...]
    parts: tuple[Part, ...]
    whole: Part  # all parts read as one name

    def words(self) -> Iterator[Words]:
        for part in self.parts:
            yield from part

    def spellings(self) -> set[str]:
        return {key(words) for words in self.words()}


def read(text: str) -> Question:
    """Take a text apart: "D-56130 Bad Ems (Lahn)" has a postcode and two parts."""
    text = western_digits(text)
    together = re.sub(r"\s", "", text)
    if re.fullmatch(r"\d{5}", together):
        return Question((together,), (), ())
    pieces = [piece for piece in SEPARATOR.split(POSTCODE.sub(",", text)) if piece.strip()][:MOST_PARTS]
    parts = tuple(part for piece in pieces if (part := spellings(piece))[0])
    telling = tuple(part for part in parts if not set(part[0]) <= FILLERS)
    if telling or POSTCODE.search(text):
        parts = telling
    whole = parts[0] if len(parts) == 1 else spellings(" ".join(pieces))
    return Question(tuple(POSTCODE.findall(text)), parts, whole)
