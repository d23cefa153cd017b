"""From the conditions of a request to queries; words are in `wording`."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import compress

import tantivy
from tantivy import FieldType, Occur, Query

from search.contract import Box, Circle, SearchRequest
from search.engines.embedded.schema import HIGHEST_CELL, LOWEST_CELL, cell_token
from search.engines.embedded.storage import SCHEMA, Snapshot
from search.engines.shared.when import span_tokens
from search.geometry import box_around, cover_circle, level_for, tiles_over, within_km

# No offer has dates farther away; it keeps a span that somebody types from asking for millions of days.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
# Tiles along the radius of a circle, and how many listings on its border are measured one by one before the tiles become smaller.
TILES_A_RADIUS, MOST_MEASURED = 6, 800
MOST_TERMS = 1500


def term(name: str, value: str | int) -> Query:
    return Query.term_query(SCHEMA, name, value, index_option="basic")


def any_of(name: str, values: Iterable[str | int]) -> Query:
    """Documents with one of the values.

    Measured: a union of terms takes 3 µs a term up to a thousand, and a term set, which walks the whole dictionary, ten times as long.
    """
    wanted = list(values)
    if not wanted:
        return Query.empty_query()
    if len(wanted) == 1:
        return term(name, wanted[0])
    if len(wanted) > MOST_TERMS:
        return Query.term_set_query(SCHEMA, name, wanted)
    union = Query.boolean_query([(Occur.Should, term(name, value)) for value in wanted])
    return Query.const_score_query(union, 0.0)


EVERYWHERE = term("flag", "everywhere")
LOCATED = term("flag", "located")


def all_of(queries: list[Query]) -> Query:
    if not queries:
        return Query.all_query()
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, each) for each in queries])


def conditions(request: SearchRequest) -> list[Query]:
    """Everything that a request asks for but its words and its circle; each must hold."""
    found = []
    if request.municipality:
        found.append(term("municipality", request.municipality))
    if request.provider:
        found.append(term("provider", request.provider))
    for name, values in (("kind", request.kinds), ("topic", request.topics), ("language", request.languages)):
        if values:
            found.append(any_of(name, values))
    if request.form:
        found.append(term("form", request.form))
    switches = ("free", "without_registration", "accessible")
    found += [term("extra", name) for name in switches if getattr(request, name)]
    if request.age_months is not None:
        found.append(Query.range_query(SCHEMA, "min_age", FieldType.Integer, upper_bound=request.age_months))
        found.append(Query.range_query(SCHEMA, "max_age", FieldType.Integer, lower_bound=request.age_months))
    if when := _when(request):
        found.append(when)
    return found


def _when(request: SearchRequest) -> Query | None:
    tokens = when_tokens(request)
    return any_of(*tokens) if tokens else None


def when_tokens(request: SearchRequest) -> tuple[str, Sequence[str | int]] | None:
    """The field and the tokens of which an offer must have one: days, time of day and dates must hold for the same date."""
    if request.date_from or request.date_to:
        first, last = max(request.date_from or EARLIEST, EARLIEST), min(request.date_to or LATEST, LATEST)
        return "date", span_tokens(first, last, request.days, request.time)
    if request.days and request.time:
        return "slot", [f"{day}-{request.time}" for day in request.days]
    if request.days:
        return "day", request.days
    return ("time", [request.time]) if request.time else None


def areas(snapshot: Snapshot, request: SearchRequest) -> list[Query | None]:
    """What a request's circle lets through, in parts that share no offer: those inside, and those that reach everywhere.

    They are asked one by one: the second part is large and the same for every place, so its counts can be kept. None: everything.
    """
    if request.circle is None or request.circle.radius_km is None:
        return [None]
    return [near(snapshot, request.circle), EVERYWHERE]


def near(snapshot: Snapshot, circle: Circle) -> Query:
    """Exactly the offers with a point in the circle. Worked out once for a place and radius."""
    return snapshot.circles.get(circle, lambda: _near(snapshot, circle))


def _near(snapshot: Snapshot, circle: Circle) -> Query:
    """Tiles that lie wholly inside stand for their offers; offers in tiles on the border are measured one by one."""
    latitude, longitude, radius = circle.latitude, circle.longitude, circle.radius_km or 0.0
    width = max(radius, 0.2) / TILES_A_RADIUS
    for attempt in range(3):
        finest = level_for(width / 2**attempt, latitude, LOWEST_CELL, HIGHEST_CELL)
        inside, border = cover_circle(latitude, longitude, radius, LOWEST_CELL, finest)
        measured = in_tiles(border)
        number = snapshot.total(measured)
        if number <= MOST_MEASURED or finest == HIGHEST_CELL:
            break
    parts = [(Occur.Should, in_tiles(inside))] if inside else []
    if number:
        addresses = snapshot.addresses(measured, number)
        close = within_km(latitude, longitude, radius, points(snapshot, addresses))
        kept = list(compress(snapshot.column("page_id", addresses), close))
        parts.append((Occur.Should, any_of("page_id", kept)))
    return Query.boolean_query(parts) if parts else Query.empty_query()


def points(snapshot: Snapshot, addresses: list[tantivy.DocAddress]) -> Iterable[tuple[float, float]]:
    """Latitude and longitude of each address, in order."""
    return zip(snapshot.column("latitude", addresses), snapshot.column("longitude", addresses), strict=True)


def in_tiles(tiles: Iterable[tuple[int, int, int]]) -> Query:
    return any_of("cell", [cell_token(*tile) for tile in tiles])


def around(latitude: float, longitude: float, radius_km: float) -> Query:
    """At least everything within the radius: a few tiles that hold the circle."""
    level = level_for(radius_km, latitude, LOWEST_CELL, HIGHEST_CELL)
    return in_tiles(tiles_over(level, box_around(latitude, longitude, radius_km)))


def in_box(box: Box) -> list[Query]:
    """Located offers in a map's window; one across the date line is taken as two."""
    south_north = Query.range_query(SCHEMA, "latitude", FieldType.Float, lower_bound=box.south, upper_bound=box.north)
    sides = ((box.west, 180.0), (-180.0, box.east)) if box.west > box.east else ((box.west, box.east),)
    west_east = [Query.range_query(SCHEMA, "longitude", FieldType.Float, lower_bound=west, upper_bound=east) for west, east in sides]
    return [south_north, west_east[0] if len(west_east) == 1 else Query.boolean_query([(Occur.Should, each) for each in west_east])]
