"""From what people type to a place, pure: a gazetteer is built once from records and then only read, by any number of threads.

The order in which a text is understood: a postcode narrows a name; a name counts as written, then without what only says where
it lies, then as a place anywhere in Germany, and last with a typing error.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from places import names
from places.areas import Area, AreaMaker, PlaceRecord, PostcodeRecord, Resolution
from places.geometry import kilometres
from places.kinds import PlaceKind
from places.names import Words
from places.questions import LONGEST, Question, read
from places.suggestions import Suggestions

NOTHING = Resolution()
# A postcode and a name belong together when they lie this near, even where no table says so.
NEAR_KM = 15.0
# Postcodes with the same town's name belong to one town when they lie this near to each other.
SAME_TOWN_KM = 40.0
MOST_ALTERNATIVES = 5
CACHED_QUESTIONS = 4096
SHORTEST_CORRECTED = 4

Areas = tuple[Area, ...]


class Gazetteer:
    """All places that can be named. `resolve` and `suggest` never raise, whatever the text."""

    def __init__(self, places: Iterable[PlaceRecord], postcodes: Iterable[PostcodeRecord]) -> None:
        self._postcodes = {postcode.code: postcode for postcode in postcodes}
        self._maker = AreaMaker(tuple(places), self._postcodes)
        self._areas = dict(self._maker.areas)
        self._exact: dict[str, list[int]] = {}
        self._of_kind: dict[str, list[tuple[frozenset[str], int]]] = {}
        self._index_places()
        self._elsewhere = self._index_elsewhere()
        self._typed = [(spelling, frozenset(spelling)) for spelling in self._exact if len(spelling) >= SHORTEST_CORRECTED]
        self._suggestions = Suggestions(self._maker, self._areas, self._postcodes, self.postcode_area)
        self._name_queries()
        self._cached: Callable[[str], Resolution] = lru_cache(CACHED_QUESTIONS)(self._resolve)
        self._named_once: Callable[[str], Areas] = lru_cache(CACHED_QUESTIONS)(self._named_exactly)

    def resolve(self, text: str) -> Resolution:
        """The place a text means, other places it may mean, and whether a typing error was put right."""
        return self._cached(text) if names.is_readable(text, LONGEST) else NOTHING

    def named(self, text: str) -> Areas:
        """What exactly this names: places here, or a postcode, with or without its town's name. No typing errors, nothing left over."""
        return self._named_once(text) if names.is_readable(text, LONGEST) else ()

    def suggest(self, prefix: str, limit: int = 8) -> Areas:
        """Places with a word, and postcodes, that begin as the text does; towns with many people first."""
        if limit < 1 or not names.is_readable(prefix, LONGEST):
            return ()
        found = self._suggestions.beginning(prefix, limit)
        if not found and (resolution := self.resolve(prefix)).found:
            found = tuple(area for area in (resolution.found, *resolution.alternatives) if area and not area.outside)
        return found[:limit]

    def postcode_area(self, code: str) -> Area | None:
        """The area of a postcode, or None where Germany has no such postcode."""
        postcode = self._postcodes.get(code)
        return self._maker.of_postcode(postcode) if postcode else None

    # Building

    def _index_places(self) -> None:
        """Fill the tables of names. A place's own name comes before an alias, an alias before a short form."""
        ranked: dict[str, dict[int, tuple[bool, int, tuple[int, int, str, int]]]] = {}
        for place in self._maker.places:
            for rank, words in self._spellings_of(place):
                if not words:
                    continue
                order = (place.kind == PlaceKind.NEIGHBOUR, rank, self._maker.order(place))
                ranked.setdefault(names.key(words), {}).setdefault(place.id, order)
                kinds, rest = names.without_kind(words)
                if kinds:
                    self._of_kind.setdefault(names.key(rest), []).append((kinds, place.id))
        for spelling, orders in ranked.items():
            self._exact[spelling] = sorted(orders, key=orders.__getitem__)

    def _spellings_of(self, place: PlaceRecord) -> Iterable[tuple[int, Words]]:
        for words in names.spellings(place.name):
            yield 0, words
            parent = self._maker.by_id.get(place.parent_id or 0)
            if parent and place.kind == PlaceKind.QUARTER:
                yield 1, (*names.split_words(parent.name), *words)
        for alias in place.aliases:
            for words in names.spellings(alias):
                yield 1, words
        for words in names.short_forms(place.name):
            yield 2, words

    def _index_elsewhere(self) -> Mapping[str, tuple[str, ...]]:
        """Postcodes by the name of their town, for towns that are no places here: which town is meant comes first."""
        codes: dict[str, list[PostcodeRecord]] = defaultdict(list)
        for postcode in self._postcodes.values():
            if self._maker.is_elsewhere(postcode):
                for spelling in _spellings_of_town(postcode.name):
                    codes[spelling].append(postcode)
        return {spelling: self._towns(same) for spelling, same in codes.items() if spelling}

    def _towns(self, postcodes: Sequence[PostcodeRecord]) -> tuple[str, ...]:
        """One postcode a town, the town with most postcodes first, of equals the nearest."""
        if len(postcodes) == 1:
            return (postcodes[0].code,)
        towns: list[list[PostcodeRecord]] = []
        for postcode in postcodes:
            near = (town for town in towns if kilometres(town[0].point, postcode.point) < SAME_TOWN_KM)
            town = next(near, None)
            if town is None:
                towns.append([postcode])
            else:
                town.append(postcode)
        centre = self._maker.centre
        towns.sort(key=lambda town: (-len(town), kilometres(centre, town[0].point) if centre else 0))
        return tuple(town[0].code for town in towns)

    def _name_queries(self) -> None:
        """Give every area the shortest text that leads back to it."""
        for place in self._maker.places:
            area = self._areas[place.id]
            wishes = self._maker.queries(place)
            query = next((wish for wish in wishes if self._meant_first(wish) == place.id), wishes[0])
            self._areas[place.id] = replace(area, query=query)

    def _meant_first(self, text: str) -> int | None:
        found = self._resolve(text).found
        return found.place_id if found else None

    # Understanding

    def _resolve(self, text: str) -> Resolution:
        question = read(text)
        postcode = next((self._postcodes[code] for code in question.postcodes if code in self._postcodes), None)
        if postcode:
            return self._within(postcode, question)
        named = self._named(question)
        if not named:
            return self._misspelt(question)
        if named[0].place_id is None:
            # One letter turns many a village here into one elsewhere in Germany.
            return _resolution([named[0], *self._closest(question), *named[1:]])
        return _resolution(named)

    def _within(self, postcode: PostcodeRecord, question: Question) -> Resolution:
        """A postcode, mostly with a name. Where they contradict each other the name wins, if only one place has it."""
        area = self._maker.of_postcode(postcode)
        named = self._named(question)
        if fitting := [each for each in named if self._fits(each, postcode)]:
            return _resolution([*fitting, *named])
        if self._maker.is_elsewhere(postcode) and names.key(names.split_words(postcode.name)) in question.spellings():
            return _resolution([area if area.outside else self._maker.elsewhere(postcode, with_code=True), *named])
        if named and named[0].place_id is None:
            # A village elsewhere in Germany often has the name of an Ortsteil here that nobody has entered.
            return _resolution([area, *named])
        if named:
            near = [each for each in named if kilometres(each.point, postcode.point) < NEAR_KM]
            unique = len(near) == 1 or self._is_one_place(named)
            return _resolution([*near, *named, area] if unique else [area, *named])
        members = [*postcode.place_ids]
        if beginning := self._beginning(question, members):
            return _resolution([beginning, area])
        corrected = self._closest(question, members, patient=True)
        return _resolution([*corrected, area], corrected=True) if len(corrected) == 1 else _resolution([area])

    def _fits(self, area: Area, postcode: PostcodeRecord) -> bool:
        if area.place_id in postcode.place_ids:
            return True
        members = self._maker.of_postcode(postcode).municipality_ids
        return bool(area.municipality_ids & members) and area.kind not in {PlaceKind.QUARTER, *names.KIND_WORDS["gemeinde"]}

    def _is_one_place(self, named: Areas) -> bool:
        """Whether all other readings are only what the first lies in, as the Verbandsgemeinde of the same name."""
        above = self._maker.ancestors.get(named[0].place_id or 0, frozenset())
        return all(area.place_id in above or area.kind == PlaceKind.NEIGHBOUR for area in named[1:])

    def _beginning(self, question: Question, members: Sequence[int]) -> Area | None:
        """A member with whose name a part begins, as in "Bad Ems Römerstraße 5"."""
        for words in question.words():
            for length in range(len(words) - 1, 0, -1):
                for place_id in self._exact.get(names.key(words[:length]), ()):
                    if place_id in members:
                        return self._areas[place_id]
        return None

    def _named(self, question: Question) -> Areas:
        """What a text names: the whole of it, or of its parts the one that lies within most of the others."""
        if len(question.parts) > 1:
            for words in question.whole:
                kinds, rest = names.without_kind(words)
                if found := self._places(words) or (self._places(rest, kinds) if kinds else ()) or self._elsewhere_area(words):
                    return found
        readings = [found for part in question.parts if (found := self._part(part))]
        if len(readings) < 2:
            return readings[0] if readings else ()
        ranked = [(-self._parts_around(area, readings), position, area) for position, reading in enumerate(readings) for area in reading]
        best, part, _area = min(ranked, key=lambda each: each[:2])
        first = [area for score, position, area in ranked if score == best and position == part]
        return tuple(dict.fromkeys([*first, *readings[part]]))

    def _parts_around(self, area: Area, readings: Sequence[Areas]) -> int:
        above = self._maker.ancestors.get(area.place_id or 0, frozenset())
        return sum(any(each.place_id in above for each in reading) for reading in readings)

    def _part(self, part: Sequence[Words]) -> Areas:
        """What one part of a text names, by the first way of reading it that names something."""
        for words in part:
            kinds, rest = names.without_kind(words)
            for found in (self._places(words), self._places(rest, kinds) if kinds else (), self._around(words)):
                if found:
                    return found
            bare = rest[1:] if len(rest) > 1 and rest[0] in names.FILLERS else rest
            if found := self._elsewhere_area(words) or self._elsewhere_area(bare) or self._places(bare):
                return found
            if (short := names.without_situation(bare)) != bare and (found := self._places(short) or self._elsewhere_area(short)):
                return found
        return ()

    def _places(self, words: Words, kinds: frozenset[str] = frozenset()) -> Areas:
        spelling = names.key(words)
        found = self._exact.get(spelling, [])
        if kinds:
            called = [place_id for of, place_id in self._of_kind.get(spelling, ()) if of & kinds]
            found = [*[each for each in found if self._maker.by_id[each].kind in kinds], *called] or found
        return tuple(self._areas[place_id] for place_id in dict.fromkeys(found))

    def _around(self, words: Words) -> Areas:
        """A name followed by what it lies in, without a comma: "Diez Rhein-Lahn-Kreis"."""
        for length in range(len(words) - 1, 0, -1):
            around = {area.place_id for area in self._places(words[length:])}
            if around:
                inside = self._places(words[:length])
                if found := tuple(area for area in inside if self._maker.ancestors[area.place_id or 0] & around):
                    return found
        return ()

    def _elsewhere_area(self, words: Words) -> Areas:
        codes = self._elsewhere.get(names.key(words), ())[:MOST_ALTERNATIVES]
        if not codes:
            return ()
        others = [self._maker.of_postcode(self._postcodes[code]) for code in codes[1:]]
        return (self._maker.elsewhere(self._postcodes[codes[0]]), *others)

    def _named_exactly(self, text: str) -> Areas:
        question = read(text)
        if question.postcodes:
            found = self._resolve(text)
            known = any(code in self._postcodes for code in question.postcodes)
            return tuple(area for area in (found.found, *found.alternatives) if area) if known and not found.corrected else ()
        for words in question.whole:
            kinds, rest = names.without_kind(words)
            called = tuple(area for area in self._places(rest, kinds) if area.kind in kinds) if kinds else ()
            if found_here := self._places(words) or called:
                return found_here
        return ()

    # Typing errors

    def _misspelt(self, question: Question) -> Resolution:
        closest = self._closest(question)
        if len(closest) == 1 or (closest and self._is_one_place(closest)):
            return _resolution(closest, corrected=True)
        if closest:
            return Resolution(alternatives=closest[:MOST_ALTERNATIVES])
        begun = [
            area
            for words in question.words()
            if len(names.key(words)) >= SHORTEST_CORRECTED
            for area in self._suggestions.beginning(" ".join(words), MOST_ALTERNATIVES)
        ]
        return Resolution(alternatives=tuple(dict.fromkeys(begun))[:MOST_ALTERNATIVES])

    def _closest(self, question: Question, members: Sequence[int] = (), *, patient: bool = False) -> Areas:
        """Places whose name is nearest to a part of the text; several only where equally near. `patient`: a postcode vouches."""
        rated: dict[tuple[int, bool], list[int]] = defaultdict(list)
        for words in question.words():
            kinds, rest = names.without_kind(words)
            typed = names.key(rest)
            for spelling, rating in self._near(typed, _errors_allowed(len(typed), patient)):
                places = [each for each in self._exact[spelling] if not members or each in members]
                rated[rating] += [each for each in places if self._maker.by_id[each].kind in kinds] or places
        best = min((rating for rating, places in rated.items() if places), default=None)
        return tuple(self._areas[place_id] for place_id in dict.fromkeys(rated[best])) if best else ()

    def _near(self, typed: str, most: int) -> Iterator[tuple[str, tuple[int, bool]]]:
        """Known spellings with at most so many typing errors, each with (errors, whether the first letter is another)."""
        letters = frozenset(typed)
        for spelling, others in self._typed if most else ():
            if abs(len(spelling) - len(typed)) > most or len(letters ^ others) > 2 * most:
                continue
            errors = names.edits(typed, spelling, most)
            other_first = typed[0] != spelling[0]
            # Hardly anyone mistypes the first letter; with a second error it is another name.
            if errors <= most and not (errors > 1 and other_first):
                yield spelling, (errors, other_first)


@lru_cache(16_384)
def _spellings_of_town(name: str) -> frozenset[str]:
    """Kept between two gazetteers of a process: Germany's towns stay the same when a place here changes."""
    return frozenset(names.key(words) for words in (*names.spellings(name), *names.short_forms(name)))


def _errors_allowed(length: int, patient: bool) -> int:
    """Typing errors that a name of so many letters may have: in short names every error makes another name."""
    if patient:
        return 0 if length < 4 else 1 if length < 7 else 2
    return 0 if length < 5 else 1 if length < 9 else 2


def _resolution(areas: Iterable[Area], corrected: bool = False) -> Resolution:
    different: dict[tuple[str, str, int | None], Area] = {}
    for area in areas:
        different.setdefault((area.label, area.kind, area.place_id), area)
    found, *others = different.values()
    return Resolution(found, tuple(others[:MOST_ALTERNATIVES]), corrected)
