"""Phrases that say a condition, from phrases.txt, found by words. Pure."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from search.understanding.tokens import Line, fold

FILE = Path(__file__).with_name("phrases.txt")
Meaning = tuple[tuple[str, str], ...]
"""Names and values, as "tag=sa + zeit=abend" has two."""

DAYS = {
    "mo": "montag", "di": "dienstag", "mi": "mittwoch", "do": "donnerstag", "fr": "freitag", "sa": "samstag", "so": "sonntag",
}  # fmt: skip
ENGLISH_DAYS = {
    "mo": "monday", "di": "tuesday", "mi": "wednesday", "do": "thursday", "fr": "friday", "sa": "saturday", "so": "sunday",
}  # fmt: skip
ENGLISH_TIMES = {"vormittag": "morning", "nachmittag": "afternoon", "abend": "evening"}
# "Samstagabend", "samstags abends", "Samstag früh"
TIMES = {
    "vormittag": ("vormittag", "morgen", "früh"),
    "nachmittag": ("nachmittag",),
    "abend": ("abend",),
}


@dataclass(slots=True)
class Node:
    next: dict[str, "Node"] = field(default_factory=dict)
    meaning: Meaning = ()


@dataclass(frozen=True, slots=True)
class Found:
    first: int
    after: int
    meaning: Meaning


@cache
def phrases() -> Node:
    """All phrases, word by word."""
    root = Node()
    for meaning, phrase in itertools.chain(_of_file(), _days_with_times()):
        for form in forms(phrase):
            node = root
            for word in (fold(each) for each in re.findall(r"[^\W_]+", form)):
                node = node.next.setdefault(word, Node())
            node.meaning = node.meaning or meaning
    return root


def longest(line: Line, position: int) -> Found | None:
    """The longest phrase that begins at this word, if it hangs on no other word."""
    node: Node | None = phrases()
    found = None
    for after in range(position, len(line)):
        node = node.next.get(line.words[after]) if node else None
        if node is None:
            break
        if node.meaning and line.stands_alone(position, after + 1):
            found = Found(position, after + 1, node.meaning)
    return found


def _of_file() -> Iterator[tuple[Meaning, str]]:
    for row in FILE.read_text(encoding="utf-8").splitlines():
        if not row.strip() or row.startswith("#"):
            continue
        says, _colon, written = row.partition(":")
        meaning = tuple((name.strip(), value.strip()) for name, _equals, value in (each.partition("=") for each in says.split("+")))
        for phrase in written.split("|"):
            yield meaning, phrase.strip()


def _days_with_times() -> Iterator[tuple[Meaning, str]]:
    names = [*DAYS.items(), ("sa", "sonnabend")]
    for day, name in names:
        for time, words in TIMES.items():
            for word in words:
                yield (("tag", day), ("zeit", time)), f"{name}{{,s}} {word}{{,s}}"
                yield (("tag", day), ("zeit", time)), f"{name}{word}{{,s}}"
                # "so früh" is no Sunday.
                if name != "sonnabend" and day != "so":
                    yield (("tag", day), ("zeit", time)), f"{day} {word}{{,s}}"

    for day, name in ENGLISH_DAYS.items():
        for time, word in ENGLISH_TIMES.items():
            yield (("tag", day), ("zeit", time)), f"{name}{{,s}} {word}{{,s}}"


def forms(phrase: str) -> Iterable[str]:
    """ "kostenlos{,e,er}" is three phrases; a word with an umlaut is typed without its dots too."""
    pieces = re.split(r"\{([^}]*)\}", phrase)
    choices = [piece.split(",") if number % 2 else [piece] for number, piece in enumerate(pieces)]
    for chosen in itertools.product(*choices):
        form = "".join(chosen)
        yield form
        if plain := form.translate(str.maketrans("äöüÄÖÜ", "aouAOU")):
            yield plain
