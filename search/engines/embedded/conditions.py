"""From the conditions of a request to queries; words are in `wording`."""

from collections.abc import Iterable
from datetime import date

import tantivy
from tantivy import FieldType, Occur, Query

from search.contract import Box, Circle, SearchRequest
from search.engines.embedded.schema import HIGHEST_CELL, LOWEST_CELL, cell_token
from search.engines.embedded.storage import SCHEMA, Snapshot
from search.engines.embedded.when import span_tokens
from search.geometry import box_around, cover_circle, distances_km, level_for, tiles_over

# No offer has dates farther away; it keeps a span that somebody types from asking for millions of days.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
# Tiles along the radius of a circle, and how many listings on its border are measured one by one before the tiles become smaller.
TILES_A_RADIUS, MOST_MEASURED = 6, 2500


def term(name: str, value: str | int) -> Query:
    return Query.term_query(SCHEMA, name, value, index_option="basic")


def any_of(name: str, values: Iterable[str | int]) -> Query:
    """Documents with one of the values. Few values are merged as they are read, many are looked up at once."""
    wanted = list(values)
    if not wanted:
        return Query.empty_query()
    if len(wanted) == 1:
        return term(name, wanted[0])
    if len(wanted) <= 8:
        return Query.boolean_query([(Occur.Should, term(name, value)) for value in wanted])
    return Query.term_set_query(SCHEMA, name, wanted)


def all_of(queries: list[Query]) -> Query:
    if not queries:
        return Query.all_query()
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, each) for each in queries])


def conditions(snapshot: Snapshot, request: SearchRequest) -> list[Query]:
    """Everything that a request asks for but its words; each must hold."""
    found = []
    if request.circle is not None and request.circle.radius_km is not None:
        found.append(in_circle(snapshot, request.circle))
    if request.municipality:
        found.append(term("municipality", request.municipality))
    if request.provider:
        found.append(term("provider", request.provider))
    for name, values in (("kind", request.kinds), ("topic", request.topics), ("language", request.languages)):
        if values:
            found.append(any_of("facet", [f"{name}:{value}" for value in values]))
    if request.form:
        found.append(term("facet", f"form:{request.form}"))
    switches = ("free", "without_registration", "accessible")
    found += [term("facet", f"{name}:1") for name in switches if getattr(request, name)]
    if request.age_months is not None:
        found.append(Query.range_query(SCHEMA, "min_age", FieldType.Integer, upper_bound=request.age_months))
        found.append(Query.range_query(SCHEMA, "max_age", FieldType.Integer, lower_bound=request.age_months))
    if when := _when(request):
        found.append(when)
    return found


def _when(request: SearchRequest) -> Query | None:
    """Days, time of day and dates must hold for the same date."""
    if request.date_from or request.date_to:
        first, last = max(request.date_from or EARLIEST, EARLIEST), min(request.date_to or LATEST, LATEST)
        return any_of("date", span_tokens(first, last, request.days, request.time))
    if request.days:
        return any_of("facet", [f"when:{day}-{request.time}" if request.time else f"when:{day}" for day in request.days])
    return term("facet", f"when:{request.time}") if request.time else None


def in_circle(snapshot: Snapshot, circle: Circle) -> Query:
    """Exactly the offers in the circle, and those that reach everywhere. Worked out once for a place and radius."""
    return snapshot.circles.get(circle, lambda: _in_circle(snapshot, circle))


def _in_circle(snapshot: Snapshot, circle: Circle) -> Query:
    """Tiles that lie wholly inside stand for their offers; offers in tiles on the border are measured one by one."""
    latitude, longitude, radius = circle.latitude, circle.longitude, circle.radius_km or 0.0
    width = max(radius, 0.2) / TILES_A_RADIUS
    while True:
        finest = level_for(width, latitude, LOWEST_CELL, HIGHEST_CELL)
        inside, border = cover_circle(latitude, longitude, radius, LOWEST_CELL, finest)
        measured = in_tiles(border)
        number = snapshot.searcher.search(measured, limit=1, count=True).count or 0
        if number <= MOST_MEASURED or finest == HIGHEST_CELL:
            break
        width /= 4
    parts = [(Occur.Should, term("flag", "everywhere")), (Occur.Should, in_tiles(inside))]
    if number:
        hits = snapshot.searcher.search(measured, limit=number, count=False).hits
        addresses = [address for _score, address in hits]
        near = distances_km(latitude, longitude, points(snapshot, addresses))
        page_ids = snapshot.searcher.fast_field_values("page_id", addresses)
        kept = [page_id for page_id, distance in zip(page_ids, near, strict=True) if distance <= radius]
        parts.append((Occur.Should, any_of("page_id", kept)))
    return Query.boolean_query(parts)


def points(snapshot: Snapshot, addresses: list[tantivy.DocAddress]) -> Iterable[tuple[float, float]]:
    """Latitude and longitude of each address, in order."""
    latitudes = snapshot.searcher.fast_field_values("latitude", addresses)
    longitudes = snapshot.searcher.fast_field_values("longitude", addresses)
    return zip(latitudes, longitudes, strict=True)


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
