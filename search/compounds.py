"""German compounds taken apart by a list of their constituents: Erziehungsberatung is Erziehung and Beratung.

Pure. Works on words in their base form (see `base`); the list is part of search/vocabulary/, and editors add to it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from search import vocabulary

LONGEST_WORD = 60
LONGEST_CONSTITUENT = 24
# What may follow the last constituent: endings of nouns and verbs.
ENDINGS = ("", "n", "en", "e", "s", "er", "es", "ern", "em", "in", "innen", "st", "t")
# How much of a word may be unknown beside a constituent with a star.
SHORTEST_REST = 3

_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "ø": "o", "œ": "o", "ı": "i", "ł": "l"})
# "ae", "oe" and "ue" are written umlauts, unless the u belongs to what precedes it: quer, Feuer, Bauer.
_TYPED_UMLAUT = re.compile(r"(?<![aeq])ue|(?<!a)[ao]e")


def base(word: str) -> str:
    """The word without case, accents and umlauts, however they were typed: Mütter, Muetter and MUTTER become "mutter"."""
    plain = without_accents(word.casefold().translate(_UMLAUTS))
    return _TYPED_UMLAUT.sub(lambda found: found.group()[0], plain)


def without_accents(word: str) -> str:
    """Café as Cafe; letters of other scripts lose their points too."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


@dataclass(frozen=True, slots=True)
class Constituents:
    """Written forms and the word that they are forms of, by where in a compound they may stand."""

    inside: dict[str, str]
    ends: dict[str, str]
    starred: frozenset[str]  # words that also stand beside something unknown
    opaque: frozenset[str]  # words that are never split


@cache
def constituents() -> Constituents:
    inside: dict[str, str] = {}
    ends: dict[str, str] = {}
    starred: set[str] = set()
    opaque: set[str] = set()
    for line in vocabulary.current().constituents:
        word, *links = line.split()
        bare = word.lstrip("=*")
        signs, plain = word.removesuffix(bare), base(bare)
        if "=" in signs:
            opaque.add(plain)
        if "*" in signs:
            starred.add(plain)
        for ending in ENDINGS:
            ends.setdefault(plain + ending, plain)
        for link in ("", *links):
            inside.setdefault(plain + link, plain)
        inside[plain] = ends[plain] = plain
    return Constituents(inside, ends, frozenset(starred), frozenset(opaque))


@lru_cache(maxsize=8192)
def split(word: str) -> tuple[tuple[str, ...], bool]:
    """The constituents of a word in base form, and whether they make up all of it.

    ("erziehung", "beratung"), True; ("treff",), False where only the end or the beginning is known; (), False for all others.
    """
    if not 6 <= len(word) <= LONGEST_WORD or not word.isalpha():
        return (), False
    known = constituents()
    if known.ends.get(word) in known.opaque:
        return (), False
    parts = _fewest(word, known)
    if parts:
        leaves = [leaf for part in parts for leaf in (split(part)[0] if split(part)[1] else (part,))]
        return tuple(dict.fromkeys(leaves)), True
    if word in known.ends:
        return (), False
    for start in range(SHORTEST_REST, len(word) - 2):
        if known.ends.get(word[start:]) in known.starred:
            return (known.ends[word[start:]],), False
    for end in range(len(word) - SHORTEST_REST, 4, -1):
        if known.inside.get(word[:end]) in known.starred:
            return (known.inside[word[:end]],), False
    return (), False


def _fewest(word: str, known: Constituents) -> tuple[str, ...]:
    """The way to write the word with the fewest constituents, at least two; () where there is none."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for start in range(len(word) - 2):
        before = best[start]
        # Few letters begin a constituent: only where one has ended.
        if before is None:
            continue
        for end in range(start + 3, min(start + LONGEST_CONSTITUENT, len(word)) + 1):
            part = (known.ends if end == len(word) else known.inside).get(word[start:end])
            if part is None or end - start == len(word):
                continue
            other = best[end]
            if other is None or len(before) + 1 < len(other):
                best[end] = (*before, part)
    return best[-1] or ()


for _remembered in (constituents, split):
    vocabulary.when_tokens_change(_remembered.cache_clear)
