"""Which offers stand on the page that was asked for, in exact and repeatable order.

Orders end with `by_date`, one number of next date and page id that no two documents share: no hit comes twice, none is missing.
"""

from bisect import bisect_right
from collections.abc import Callable
from math import sqrt

from tantivy import DocAddress, Occur, Order, Query

from search.contract import Circle, SearchRequest
from search.engines.embedded.asking import Asking
from search.engines.embedded.conditions import EVERYWHERE, LOCATED, all_of, areas, around, conditions, points
from search.engines.embedded.places import Place
from search.engines.embedded.relevance import by_relevance
from search.engines.embedded.storage import Snapshot
from search.geometry import distances_km

# Up to so many offers are simply measured, instead of looking for the nearest in growing circles.
FEW = 300
FIRST_RADIUS_KM, LAST_RADIUS_KM = 1.0, 3000.0


def rank(snapshot: Snapshot, request: SearchRequest, asked: Asking, totals: Callable[[], tuple[int, ...]]) -> list[Place]:
    """The hits of the request's page. `totals`: how many offers there are in each part of `matching`; to ask may mean to wait."""
    start = (request.page - 1) * request.page_size
    end = start + request.page_size
    if start:
        end = min(end, sum(totals()))
    if start >= end:
        return []
    if request.sort == "datum" or (request.circle is None and not _by_words(request, asked)):
        return _by_date(snapshot, matching(snapshot, request, asked), start, end)
    if _by_words(request, asked):
        return by_relevance(snapshot, request, asked, _within(snapshot, request), start, end)
    return _by_distance(snapshot, request, asked, totals(), start, end)


def _by_words(request: SearchRequest, asked: Asking) -> bool:
    return asked.match is not None and request.sort != "datum" and (request.sort == "relevanz" or request.circle is None)


def matching(snapshot: Snapshot, request: SearchRequest, asked: Asking) -> list[Query]:
    """Queries that share no document and together find what the request asks for."""
    rest = conditions(request) + ([asked.match] if asked.match is not None else [])
    return [all_of(rest if area is None else [area, *rest]) for area in areas(snapshot, request)]


def _within(snapshot: Snapshot, request: SearchRequest) -> list[Query]:
    """What must hold beside the question. Not in parts: to weigh words takes as long as offers have them, wherever these are."""
    parts = [area for area in areas(snapshot, request) if area is not None]
    either = [Query.boolean_query([(Occur.Should, area) for area in parts])] if parts else []
    return [*either, *conditions(request)]


def _by_date(snapshot: Snapshot, matches: list[Query], start: int, end: int) -> list[Place]:
    """The places from `start` to `end` (exclusive), by date."""
    if len(matches) == 1:
        # What comes before need not be read.
        return [Place(address) for _date, address in _soonest(snapshot, matches[0], end - start, start)]
    found = [hit for match in matches for hit in _soonest(snapshot, match, end)]
    return [Place(address) for _date, address in sorted(found, key=lambda hit: hit[0])[start:end]]


def _soonest(snapshot: Snapshot, match: Query, limit: int, offset: int = 0) -> list[tuple[int, DocAddress]]:
    searcher = snapshot.searcher
    return searcher.search(match, limit=limit, offset=offset, count=False, order_by_field="by_date", order=Order.Asc).hits


def _by_distance(snapshot: Snapshot, request: SearchRequest, asked: Asking, totals: tuple[int, ...], start: int, end: int) -> list[Place]:
    """Offers with a point, near first; then those without one by date."""
    assert request.circle is not None
    end = min(end, sum(totals))
    rest = all_of(conditions(request) + ([asked.match] if asked.match is not None else []))
    if request.circle.radius_km is None:
        number = snapshot.total(all_of([rest, LOCATED]))
        others = Query.boolean_query([(Occur.Must, rest), (Occur.MustNot, LOCATED)])
    else:
        number = totals[0]
        others = all_of([EVERYWHERE, rest])
    places = _nearest(snapshot, rest, number, request.circle, min(end, number))[start:end] if start < number else []
    if end > number:
        places += _by_date(snapshot, [others], max(0, start - number), end - number)
    return places


def _nearest(snapshot: Snapshot, rest: Query, number: int, circle: Circle, wanted: int) -> list[Place]:
    """At least the `wanted` nearest of the `number` offers in the circle, in order.

    Measures what lies around the middle, in circles that grow until one holds enough. That needs no query for the whole circle.
    """
    whole = circle.radius_km
    if whole is None and number <= max(FEW, wanted):
        return _measured(snapshot, all_of([rest, LOCATED]), circle)[1]
    radius = FIRST_RADIUS_KM
    if whole is not None:
        # As if they lay evenly, and a little more.
        radius = whole if number <= max(FEW, wanted) else whole * min(1.0, 1.5 * sqrt(wanted / number))
    while radius < LAST_RADIUS_KM:
        query = all_of([rest, around(circle.latitude, circle.longitude, radius)])
        if radius == whole or snapshot.total(query) >= wanted:
            distances, places = _measured(snapshot, query, circle)
            # Tiles reach beyond the circle, but not everywhere equally far: only what the circle holds is in order.
            certain = bisect_right(distances, radius)
            if certain >= wanted or radius == whole:
                return places[:certain]
        radius = 2 * radius if whole is None else min(2 * radius, whole)
    distances, places = _measured(snapshot, all_of([rest, LOCATED]), circle)
    return places if whole is None else places[: bisect_right(distances, whole)]


def _measured(snapshot: Snapshot, query: Query, circle: Circle) -> tuple[list[float], list[Place]]:
    """Distances of all documents of the query, near first, and where they are."""
    addresses = snapshot.addresses(query, snapshot.total(query))
    distances = distances_km(circle.latitude, circle.longitude, points(snapshot, addresses))
    dates = snapshot.column("by_date", addresses)
    rows = sorted(zip(distances, dates, addresses, strict=True), key=lambda row: row[:2])
    return [distance for distance, _date, _address in rows], [Place(address) for _distance, _date, address in rows]
