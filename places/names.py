"""Spellings of place names, pure: what counts as the same name, and how far two names are apart.

A name becomes words (lower case, no accents, abbreviations written out), and the words without gaps become its key:
"St. Goarshausen", "SANKT-GOARSHAUSEN" and "sankt goarshausen" all have the key "sanktgoarshausen".
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from places.kinds import PlaceKind

Words = tuple[str, ...]

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
WORD = re.compile(r"[^\W_]+")

ABBREVIATIONS = {"st": "sankt", "skt": "sankt", "b": "bei", "kr": "kreis", "krs": "kreis"}
PAIRS = {"a d": ("an", "der"), "v d": ("vor", "der"), "v g": ("vg",)}

# The word after which a name only says where it lies: Limburg an der Lahn, Bingen am Rhein.
CONNECTORS = frozenset({"an", "am", "a", "auf", "bei", "im", "in", "ob", "unter", "vor"})
# Words before a name that say nothing about which place is meant.
FILLERS = frozenset({"in", "bei", "nahe", "raum", "ort", "plz"})

KIND_WORDS: dict[str, frozenset[str]] = {
    "vg": frozenset({PlaceKind.ASSOCIATION}),
    "verbandsgemeinde": frozenset({PlaceKind.ASSOCIATION}),
    "stadt": frozenset({PlaceKind.TOWN}),
    "gemeinde": frozenset({PlaceKind.TOWN, PlaceKind.VILLAGE}),
    "ortsgemeinde": frozenset({PlaceKind.TOWN, PlaceKind.VILLAGE}),
    "og": frozenset({PlaceKind.TOWN, PlaceKind.VILLAGE}),
    "ortsteil": frozenset({PlaceKind.QUARTER}),
    "stadtteil": frozenset({PlaceKind.QUARTER}),
    "kreis": frozenset({PlaceKind.DISTRICT}),
    "landkreis": frozenset({PlaceKind.DISTRICT}),
    "lk": frozenset({PlaceKind.DISTRICT}),
}


def is_readable(text: str, longest: int) -> bool:
    """Whether a text can be a name at all: not too long, no control characters but blanks."""
    return len(text) <= longest and not any(unicodedata.category(character) == "Cc" and not character.isspace() for character in text)


def western_digits(text: str) -> str:
    """Digits of any script as 0 to 9: Arabic and Persian keyboards write a postcode their way."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(character)) if character.isdecimal() else character for character in text)


def split_words(text: str, *, umlauts: bool = True, expand: bool = True) -> Words:
    """The words of a name. With `umlauts` ä becomes ae; without, it becomes a, as on keyboards that have no umlauts."""
    folded = text.casefold() if text.isascii() else _fold(text, umlauts)
    words = tuple(WORD.findall(folded))
    return _written_out(words) if expand else words


def key(words: Sequence[str]) -> str:
    return "".join(words)


def spellings(text: str) -> tuple[Words, ...]:
    """The words of a name in one or two ways of folding, the more faithful first."""
    faithful = split_words(text)
    if text.isascii():
        return (faithful,)
    plain = split_words(text, umlauts=False)
    return (faithful,) if plain == faithful else (faithful, plain)


def without_kind(words: Words) -> tuple[frozenset[str], Words]:
    """The kinds that a word like "VG" before or after the name allows, and the name alone; no kinds where there is none."""
    if len(words) > 1 and words[0] in KIND_WORDS:
        return KIND_WORDS[words[0]], words[1:]
    if len(words) > 1 and words[-1] in KIND_WORDS:
        return KIND_WORDS[words[-1]], words[:-1]
    return frozenset(), words


def without_situation(words: Words) -> Words:
    """The name without where it lies: ("limburg",) of Limburg an der Lahn. The same words where nothing is to cut."""
    for position, word in enumerate(words[1:], start=1):
        if word in CONNECTORS and position + 1 < len(words):
            return words[:position]
    return words


def short_forms(name: str) -> Iterator[Words]:
    """What people say instead of a long official name: without river, region or state."""
    head = re.split(r"[(,/]", name, maxsplit=1)[0]
    for words in spellings(head):
        yield without_situation(words)
        if head != name:
            yield words


def edits(first: str, second: str, most: int) -> int:
    """Damerau-Levenshtein distance (optimal string alignment): letters missed, added, changed, or two swapped.

    Anything above `most` is answered as `most + 1`.
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    previous = list(range(len(second) + 1))
    for row, letter in enumerate(first, start=1):
        current = [row]
        for column, other in enumerate(second, start=1):
            cost = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, previous = previous, current
    return min(previous[-1], most + 1)


def _fold(text: str, umlauts: bool) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    # Invisible marks (soft hyphen, zero width space) come along when people copy from a website.
    folded = "".join(character for character in folded if unicodedata.category(character) != "Cf")
    if umlauts:
        folded = folded.translate(UMLAUTS)
    return "".join(character for character in unicodedata.normalize("NFD", folded) if not unicodedata.combining(character))


def _written_out(words: Words) -> Words:
    result: list[str] = []
    position = 0
    while position < len(words):
        pair = PAIRS.get(" ".join(words[position : position + 2]))
        if pair:
            result.extend(pair)
            position += 2
        else:
            result.append(ABBREVIATIONS.get(words[position], words[position]))
            position += 1
    return tuple(result)
