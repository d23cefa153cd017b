"""German compounds taken apart by a list of their constituents: Erziehungsberatung is Erziehung and Beratung.

Pure. Works on words in their base form (see `base`); the lists lie in search/vocabulary/, where people add to them.
"""

import re
import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

VOCABULARY = Path(__file__).parent / "vocabulary"
LONGEST_WORD = 60
# What may follow the last constituent: endings of nouns and verbs.
ENDINGS = ("", "n", "en", "e", "s", "er", "es", "ern", "em", "in", "innen", "st", "t")
# A known end makes an unknown word a compound when it is this long ("Schnuffeltreff" is a Treff), a known beginning likewise.
SHORTEST_TAIL, SHORTEST_HEAD, SHORTEST_REST = 5, 6, 3

_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "ø": "o", "œ": "o"})
# "ae", "oe" and "ue" are written umlauts, unless the u belongs to what precedes it: quer, Feuer, Bauer.
_TYPED_UMLAUT = re.compile(r"(?<![aeq])ue|(?<!a)[ao]e")


def base(word: str) -> str:
    """The word without case, accents and umlauts, however they were typed: Mütter, Muetter and MUTTER become "mutter"."""
    plain = word.casefold().translate(_UMLAUTS)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        # Umlauts may come as a letter and two dots; letters of other scripts only lose their points.
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
    return _TYPED_UMLAUT.sub(lambda found: found.group()[0], plain)


def lines(name: str) -> list[str]:
    """The entries of a list of the vocabulary, without comments and empty lines."""
    text = (VOCABULARY / name).read_text(encoding="utf-8")
    return [line for raw in text.splitlines() if (line := raw.partition("#")[0].strip())]


@cache
def fingerprint() -> str:
    """Eight characters that change when a list changes: what was indexed with other lists must be indexed again."""
    digest = blake2b(digest_size=4)
    for path in sorted(VOCABULARY.glob("*.txt")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _constituents() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """What may stand inside a compound, what may stand at its end (both: written form to word), and what is never split."""
    inside: dict[str, str] = {}
    ends: dict[str, str] = {}
    whole: set[str] = set()
    for line in lines("constituents.txt"):
        if line.startswith("="):
            whole.add(base(line[1:].strip()))
            continue
        word, *links = line.split()
        plain = base(word)
        for ending in ENDINGS:
            ends.setdefault(plain + ending, plain)
        ends[plain] = plain
        if links == ["-"]:
            continue
        for link in ("", *links):
            inside.setdefault(plain + link, plain)
        inside[plain] = plain
    return inside, ends, frozenset(whole)


@lru_cache(maxsize=65536)
def split(word: str) -> tuple[tuple[str, ...], bool]:
    """The constituents of a word in base form, and whether they make up all of it.

    ("erziehung", "beratung"), True; for a word with a known end or beginning only that, and False; for all others ().
    """
    inside, ends, whole = _constituents()
    if not 6 <= len(word) <= LONGEST_WORD or not word.isalpha():
        return (), False
    for ending in ENDINGS:
        stem = word[: len(word) - len(ending)] if word.endswith(ending) else ""
        if stem in whole or (stem and stem == ends.get(stem) and _best(stem, inside, ends) == (stem,)):
            return (), False
    parts = _best(word, inside, ends)
    if len(parts) > 1:
        return parts, True
    if len(parts) == 1:
        return (), False
    for start in range(SHORTEST_REST, len(word) - SHORTEST_TAIL + 1):
        if (tail := ends.get(word[start:])) and len(tail) >= SHORTEST_TAIL:
            return (tail,), False
    for end in range(len(word) - SHORTEST_REST, SHORTEST_HEAD - 1, -1):
        if head := inside.get(word[:end]):
            return (head,), False
    return (), False


def _best(word: str, inside: dict[str, str], ends: dict[str, str]) -> tuple[str, ...]:
    """The way to write the word with the fewest constituents, the longest ones first; () where there is none."""
    best: list[tuple[str, ...] | None] = [None] * (len(word) + 1)
    best[0] = ()
    for end in range(3, len(word) + 1):
        forms = ends if end == len(word) else inside
        for start in range(max(0, end - 24), end - 2):
            before = best[start]
            if before is None or (part := forms.get(word[start:end])) is None:
                continue
            found = best[end]
            if found is None or len(before) + 1 < len(found):
                best[end] = (*before, part)
    return best[-1] or ()
