"""Places while somebody types, pure: every word of a name is a beginning."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice

from places.areas import Area, AreaMaker, PlaceRecord
from places.kinds import PlaceKind
from places.names import key, split_words, western_digits, without_kind

STARTS_WITH_DIGITS = re.compile(r"\s*(\d{1,5})(?!\d)(.*)", re.DOTALL)
# From so many digits on, postcodes outside of the district are worth a line.
DIGITS_FOR_ELSEWHERE = 3


class Suggestions:
    """Reads the areas of a gazetteer; built with it and never changed."""

    def __init__(
        self, maker: AreaMaker, areas: Mapping[int, Area], codes: Iterable[str], postcode_area: Callable[[str], Area | None]
    ) -> None:
        self._maker = maker
        self._areas = areas
        self._postcode_area = postcode_area
        self._codes = sorted(codes)
        self._codes_here = sorted(set(chain.from_iterable(maker.codes.values())))
        ordered = sorted(maker.places, key=lambda place: (place.kind == PlaceKind.NEIGHBOUR, *maker.order(place)))
        self._starts = [(place, tuple(_starts_of(place))) for place in ordered]

    def beginning(self, prefix: str, limit: int) -> tuple[Area, ...]:
        """At most `limit` areas that begin so. Within the district first, then names before later words, then by people."""
        if not prefix.strip():
            return ()
        digits = STARTS_WITH_DIGITS.match(western_digits(prefix))
        if digits:
            return self._with_postcode(digits[1], digits[2], limit)
        found = self._places(prefix)
        return tuple(self._areas[place.id] for place in islice(found, limit))

    def _with_postcode(self, digits: str, rest: str, limit: int) -> tuple[Area, ...]:
        """Postcodes that begin so; after a whole one its places, those alone that go on as the text does."""
        members = [place for place in self._places(rest) if digits in self._maker.codes.get(place.id, ())]
        towns = [self._areas[place.id] for place in members]
        if rest.strip():
            return tuple(towns[:limit])
        codes = [code for code in self._codes_here if code.startswith(digits)]
        if len(digits) >= DIGITS_FOR_ELSEWHERE:
            codes += [code for code in _beginning_so(self._codes, digits, limit) if code not in codes]
        areas = [area for code in codes[:limit] if (area := self._postcode_area(code))]
        return tuple([*areas, *(towns if len(towns) > 1 else ())][:limit])

    def _places(self, prefix: str) -> Iterator[PlaceRecord]:
        """Places with a word that begins so, in the order of `beginning`; all places for an empty text."""
        ways = ((umlauts, expand) for umlauts in (True, False) for expand in (True, False))
        typed = {split_words(prefix, umlauts=umlauts, expand=expand) for umlauts, expand in ways}
        if () in typed and prefix.strip():
            return iter(())
        kinds, _name = without_kind(next(iter(typed)))
        beginnings = tuple({key(words) for words in typed} | {key(without_kind(words)[1]) for words in typed})
        by_rank: tuple[list[PlaceRecord], ...] = ([], [], [], [])
        for place, starts in self._starts:
            ranks = [rank for rank, start in starts if start.startswith(beginnings)]
            if ranks and (not kinds or place.kind in kinds):
                by_rank[2 * (place.kind == PlaceKind.NEIGHBOUR) + min(ranks)].append(place)
        return chain.from_iterable(by_rank)


def _starts_of(place: PlaceRecord) -> Iterator[tuple[int, str]]:
    """What a text may begin with to mean a place: 0 for the whole name, 1 from a later word on."""
    called = [place.name, *place.aliases]
    if place.kind == PlaceKind.ASSOCIATION:
        called += [f"VG {place.name}", f"Verbandsgemeinde {place.name}"]
    for name in called:
        for umlauts in (True, False):
            words = split_words(name, umlauts=umlauts)
            for position in range(len(words)):
                yield min(position, 1), key(words[position:])


def _beginning_so(codes: list[str], digits: str, limit: int) -> list[str]:
    start = bisect_left(codes, digits)
    return [code for code in codes[start : start + limit] if code.startswith(digits)]
