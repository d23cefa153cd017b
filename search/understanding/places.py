"""The place that a question names. Pure; which names there are is told by the caller.

Precision comes first: a name that is also a word, or that belongs to a person or a provider, counts only where a preposition
or a postcode says that it is a place.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from places.areas import Area, Resolution
from search import vocabulary
from search.analysis import stop_words
from search.understanding.providers import ProviderNames
from search.understanding.tokens import Line, fold, word_set

Named = Callable[[str], Area | None]
IsWord = Callable[[str], bool]
Resolve = Callable[[str], Resolution]

MOST_WORDS = 5
SHORTEST_CORRECTED = 5

_PREPOSITIONS = word_set(
    "in bei nahe naehe um aus nach near around from raum umgebung umkreis region w kolo в у біля из возле near la lângă yakin"
)
# Only after these a town elsewhere in Germany, or a name with a typing error, is meant.
_FIRM = frozenset({"in", "bei", "nahe", "near"})
# What may stand before the preposition and belongs to it: "in der Nähe von", "rund um", "im Raum".
_BEFORE_NAMES = """
in der naehe von
in der nahe von
in der umgebung von
im umkreis von
in der region
in der vg
in und um
aus dem raum
bei uns in
naehe von
nahe von
nahe bei
rund um
im raum
in der
aus der
raum
region
umgebung
naehe
nahe
plz
postleitzahl
ort
im
aus
in
bei
um
nach
near
around
from
d
de
w
в
у
из
""".strip()
_LEADING = [tuple(phrase.split()) for phrase in _BEFORE_NAMES.splitlines()]
_BY_LENGTH = sorted(_LEADING, key=len, reverse=True)
# A village by the name of a word needs more than these: "im Buch", "in der Linde".
_WEAK_LEADING = {("im",), ("in", "der"), ("aus", "der"), ("d",), ("de",), ("w",), ("в",), ("у",), ("из",)}
_SURROUNDINGS = word_set("umgebung drumherum umland umkreis naehe")
_KINDS = word_set("vg verbandsgemeinde ortsgemeinde stadt ortsteil stadtteil")
_PERSONS = word_set("frau herr herrn familie fam dr doktor praxis dres mrs mr")
_TURKISH_CASE = word_set("de da te ta den dan ten tan e a ye ya")

# Places here or elsewhere in Germany whose names are words, or names of people.
_WORDS = word_set(
    "ahorn allein alpen alt anger ast au aue auel aull berg berge bergen berne biere binnen binz bitz bogen brake brand "
    "brunn buch buchen bücken bunde burg büren damme damp ehr eich engen enger esch essen feld felde fell feucht flacht "
    "floss forst frücht füssen giesen gleichen grube haar hagen halbe halle hamm hardt hasel hatten hausen heere heide "
    "heiden herold hilden hille hof hohn holm hude jade kamen kamp kehl kenn kist kirchen klink klötze korb korn kuchen "
    "lachen lage lahn lam langen lauf laufen lauter leck leer lehre leimen lich lichte linda linden lingen list lohn lohne "
    "loose lotte mantel march mauer mauern meine melle moos much mücke müden müssen nagel nahe nebel nest neuland norden "
    "nusse osten otter pausa pausen perl petting plate pohl pracht rain recke rees regen reichenberg reiser rest ried "
    "rieden rohr roth rust saal sand sande scheer schleife schönborn senden siegen singen sinn sonnen sonneberg sorge spalt "
    "stade stegen stelle strüth süden süssen train treuen twist ulmen vogt wald wangen wehr weich weiden weil weiler weisel "
    "welle wenden werben weste westen wetter weyer wiesen winden windeln winter winzer wissen witten wolfen worms wurzen "
    "zell ems scheidt"
) - {"ems", "worms", "siegen", "hagen"}


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """Words first to after - 1 name the area, in all with what introduces it."""

    area: Area
    first: int
    after: int
    strong: bool
    corrected: bool = False


def find_place(
    line: Line, taken: list[bool], *, named: Named, is_word: IsWord, providers: ProviderNames, resolve: Resolve | None
) -> list[PlaceFound]:
    """The place of the question first, then mentions of what lies around it or is the same; other places stay words."""
    found = _mentions(line, taken, named=named, is_word=is_word, providers=providers, resolve=resolve)
    if not found:
        return []
    best = max(found, key=lambda each: (each.strong, each.first))
    # "Diez, Rhein-Lahn-Kreis": the narrower is meant.
    inside = [each for each in found if _lies_in(each.area, best.area)]
    chosen = max(inside, key=lambda each: (each.strong, each.first)) if inside else best
    return [chosen, *(each for each in found if each is not chosen and (_same(each.area, chosen.area) or _lies_in(chosen.area, each.area)))]


def same_place(first: Area, second: Area) -> bool:
    """Whether two areas are one, or one lies in the other."""
    return _same(first, second) or _lies_in(first, second) or _lies_in(second, first)


def _same(first: Area, second: Area) -> bool:
    if first.municipality_ids and first.municipality_ids == second.municipality_ids:
        return True
    return (first.label, first.kind, first.place_id) == (second.label, second.kind, second.place_id)


def _lies_in(inner: Area, outer: Area) -> bool:
    return bool(inner.municipality_ids) and inner.municipality_ids < outer.municipality_ids


def _mentions(
    line: Line, taken: list[bool], *, named: Named, is_word: IsWord, providers: ProviderNames, resolve: Resolve | None
) -> list[PlaceFound]:
    found: list[PlaceFound] = []
    position = 0
    while position < len(line):
        place = None if taken[position] else _place_at(line, position, taken, named, is_word, providers, resolve)
        if place:
            found.append(place)
        position = place.after if place else position + 1
    return found


def _place_at(
    line: Line, first: int, taken: list[bool], named: Named, is_word: IsWord, providers: ProviderNames, resolve: Resolve | None
) -> PlaceFound | None:
    if line.glued[first] and not _after_country_code(line, first):
        return None
    if _is_postcode(line, first):
        return _postcode(line, first, taken, named)
    if line.words[first][0].isdigit() or line.words[first] in stop_words():
        return None
    leading = _introduced(line, first, taken)
    introduced = leading < first and tuple(line.words[leading:first]) not in _WEAK_LEADING
    for after in range(min(len(line), first + MOST_WORDS), first, -1):
        if any(taken[first:after]) or not line.is_one_name(first, after):
            continue
        end = _with_case(line, after)
        if end is None or not (area := _name(line, first, after, named)):
            continue
        if (
            end < len(line)
            and _is_postcode(line, end)
            and not taken[end]
            and (both := named(f"{line.words[end]} {line.written(first, end)}"))
        ):
            return PlaceFound(both, leading, end + 1, strong=True)
        strong = introduced or (after - first > 1 and line.words[first] in _KINDS)
        if not strong and _misleads(line, first, after, is_word, providers):
            return None
        return PlaceFound(area, leading, _with_surroundings(line, end), strong)
    return _far_or_misspelt(line, first, leading, taken, named, is_word, resolve)


def _name(line: Line, first: int, after: int, named: Named) -> Area | None:
    if any(word[0].isdigit() for word in line.words[first:after]):
        return None
    if after - first > 1 and (
        line.words[after - 1] in _KINDS or line.words[first] in {"gemeinde", "kreis", "landkreis", "raum", "ort", "plz", "nahe", "lk", "og"}
    ):
        return None
    return named(line.written(first, after))


def _misleads(line: Line, first: int, after: int, is_word: IsWord, providers: ProviderNames) -> bool:
    """Whether a name without a preposition is rather a word, a person, or part of a provider's name."""
    word = line.words[first]
    if after - first == 1 and (is_ordinary(word) or is_word(word)):
        return True
    if line.before(first) in _PERSONS or (line.before(first) in {"am", "im", "auf", "der", "dem", "das", "ein", "eine"} and len(word) < 6):
        return True
    return providers.is_part(line, first, after)


@lru_cache(maxsize=1)
def _constituents(holding: vocabulary.Vocabulary) -> frozenset[str]:
    return frozenset(fold(row.split()[0].lstrip("*=")) for row in holding.constituents if row.split())


def is_ordinary(word: str) -> bool:
    """Whether a folded word means something else than a place to most people."""
    return word in _WORDS or word in _constituents(vocabulary.current()) or word in stop_words() or len(word) < 3


def _introduced(line: Line, first: int, taken: list[bool]) -> int:
    """Where the preposition before a name begins; `first` where there is none."""
    for words in _BY_LENGTH:
        start = first - len(words)
        if start >= 0 and tuple(line.words[start:first]) == words and not any(taken[start:first]) and not line.glued[start]:
            return start
    return first


def _with_case(line: Line, after: int) -> int | None:
    """Where the name ends with a Turkish case ("Diez'de"); None where it hangs on another word."""
    if not line.glued[after]:
        return after
    gap = line.text[line.tokens[after - 1].end : line.tokens[after].start]
    fits = gap in {"'", "’", "ʼ"} and line.words[after] in _TURKISH_CASE and not line.glued[after + 1]
    return after + 1 if fits else None


def _with_surroundings(line: Line, after: int) -> int:
    """ "Diez und Umgebung" is what a search around Diez means anyway."""
    return after + 2 if line.after(after) in {"und", "u"} and line.after(after + 1) in _SURROUNDINGS else after


# Postcodes


def _is_postcode(line: Line, position: int) -> bool:
    word = line.words[position]
    return len(word) == 5 and word.isdigit() and not line.glued[position + 1]


def _after_country_code(line: Line, first: int) -> bool:
    return first > 0 and line.words[first - 1] in {"d", "de"} and _is_postcode(line, first)


def _postcode(line: Line, first: int, taken: list[bool], named: Named) -> PlaceFound | None:
    code = line.words[first]
    area = named(code)
    if area is None:
        return None
    leading = _introduced(line, first, taken)
    for after in range(min(len(line), first + 1 + MOST_WORDS), first + 1, -1):
        if any(taken[first:after]) or line.glued[after] or not line.is_one_name(first + 1, after):
            continue
        if _name(line, first + 1, after, named) and (both := named(f"{code} {line.written(first + 1, after)}")):
            return PlaceFound(both, leading, after, strong=True)
    return PlaceFound(area, leading, _with_surroundings(line, first + 1), strong=True)


# Towns elsewhere and typing errors, only after a firm preposition


def _far_or_misspelt(
    line: Line, first: int, leading: int, taken: list[bool], named: Named, is_word: IsWord, resolve: Resolve | None
) -> PlaceFound | None:
    if resolve is None or line.before(first) not in _FIRM | {"von"} or leading == first:
        return None
    for after in range(min(len(line), first + 4), first, -1):
        word = line.words[first]
        if any(taken[first:after]) or line.glued[after] or not line.is_one_name(first, after):
            continue
        if any(each in stop_words() and each not in {"an", "am", "der", "im"} for each in line.words[first:after]):
            continue
        if after - first == 1 and (is_ordinary(word) or is_word(word) or _is_adjective(line, first, named)):
            return None
        resolution = resolve(line.written(first, after))
        if resolution.found is None:
            continue
        if resolution.corrected and not (after - first == 1 and len(word) >= SHORTEST_CORRECTED and re.fullmatch(r"[a-z]+", word)):
            continue
        if resolution.found.outside and after - first > 1 and fold(resolution.found.label.split()[-1]) != line.words[after - 1]:
            continue
        return PlaceFound(resolution.found, leading, after, strong=True, corrected=resolution.corrected)
    return None


def _is_adjective(line: Line, first: int, named: Named) -> bool:
    """ "Nassauer", "Lahnsteiner"."""
    token = line.tokens[first]
    written = line.text[token.start : token.end]
    return any(written.lower().endswith(ending) and named(written[: -len(ending)]) for ending in ("er", "r", "erin", "ern"))
