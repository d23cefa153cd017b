"""Which offers stand on the page that was asked for, in exact and repeatable order.

Orders end with `by_date`, one number of next date and page id that no two documents share: no hit comes twice, none is missing.
"""

from dataclasses import dataclass

import tantivy
from tantivy import Occur, Order, Query

from search.contract import Circle, SearchRequest
from search.engines.embedded.conditions import LOCATED, all_of, areas, around, conditions, points
from search.engines.embedded.storage import Snapshot
from search.engines.embedded.wording import Plan
from search.geometry import distances_km

# So many more hits than the page shows are fetched at once, since hits of one score must be put in order together.
TIED = 40
# Up to so many offers are simply measured, instead of looking for the nearest in growing circles.
FEW = 300
FIRST_RADIUS_KM, LAST_RADIUS_KM = 1.0, 3000.0


@dataclass(frozen=True, slots=True)
class Place:
    """A hit before its document is read."""

    address: tantivy.DocAddress
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranked:
    total: int
    places: tuple[Place, ...]


def rank(snapshot: Snapshot, request: SearchRequest, plan: Plan) -> Ranked:
    """The total and the hits of the request's page."""
    matches = matching(snapshot, request, plan)
    number = sum(snapshot.total(each) for each in matches)
    start = (request.page - 1) * request.page_size
    end = min(start + request.page_size, number)
    if start >= number:
        return Ranked(number, ())
    by_words = plan.score is not None and request.sort == "relevanz"
    if by_words:
        places = _by_score(snapshot, [_weighed(plan, match) for match in matches], end)[start:]
    elif request.sort == "datum" or request.circle is None:
        places = _by_date(snapshot, matches, end)[start:]
    else:
        places = _by_distance(snapshot, matches, request.circle, start, end)
    return Ranked(number, tuple(places))


def matching(snapshot: Snapshot, request: SearchRequest, plan: Plan) -> list[Query]:
    """Queries that share no document and together find what the request asks for."""
    rest = conditions(request) + ([plan.match] if plan.match is not None else [])
    return [all_of(rest if area is None else [area, *rest]) for area in areas(snapshot, request)]


def _weighed(plan: Plan, match: Query) -> Query:
    """Conditions decide only; the score is that of the words."""
    assert plan.score is not None
    return Query.boolean_query([(Occur.Must, plan.score), (Occur.Must, Query.const_score_query(match, 0.0))])


def _by_date(snapshot: Snapshot, matches: list[Query], end: int) -> list[Place]:
    found = [
        hit
        for match in matches
        for hit in snapshot.searcher.search(match, limit=end, count=False, order_by_field="by_date", order=Order.Asc).hits
    ]
    return [Place(address) for _date, address in sorted(found, key=lambda hit: hit[0])[:end]]


def _by_score(snapshot: Snapshot, queries: list[Query], end: int) -> list[Place]:
    hits = [hit for query in queries for hit in _best_scores(snapshot, query, end)]
    dates = snapshot.column("by_date", [address for _score, address in hits])
    ordered = sorted(zip(hits, dates, strict=True), key=lambda each: (-each[0][0], each[1]))
    return [Place(address, score) for (score, address), _date in ordered[:end]]


def _best_scores(snapshot: Snapshot, query: Query, end: int) -> list[tuple[float, tantivy.DocAddress]]:
    """At least the `end` best, and all that share the score of the last of them."""
    limit = end + TIED
    while True:
        hits = snapshot.searcher.search(query, limit=limit, count=False).hits
        if len(hits) < limit or hits[-1][0] < hits[end - 1][0]:
            return hits
        limit *= 4


def _by_distance(snapshot: Snapshot, matches: list[Query], circle: Circle, start: int, end: int) -> list[Place]:
    """Offers with a point, near first; then those without one by date."""
    if circle.radius_km is None:
        (match,) = matches
        inside = all_of([match, LOCATED])
        others = Query.boolean_query([(Occur.Must, match), (Occur.MustNot, LOCATED)])
    else:
        inside, others = matches
    number = snapshot.total(inside)
    places = _nearest(snapshot, inside, number, circle, end)[start:end] if start < number else []
    if end > number:
        places += _by_date(snapshot, [others], end - number)[max(0, start - number) :]
    return places


def _nearest(snapshot: Snapshot, near: Query, number: int, circle: Circle, wanted: int) -> list[Place]:
    """At least the `wanted` nearest, in order. Circles grow until one holds enough of them."""
    wanted = min(wanted, number)
    if number <= max(FEW, wanted):
        return [Place(address) for _distance, address in _measured(snapshot, near, number, circle)]
    radius = FIRST_RADIUS_KM
    while radius < LAST_RADIUS_KM:
        query = all_of([near, around(circle.latitude, circle.longitude, radius)])
        found = snapshot.total(query)
        if found >= wanted:
            ordered = _measured(snapshot, query, found, circle)
            # The tiles reach beyond the circle, but not everywhere equally far: only what the circle holds is in order.
            certain = [Place(address) for distance, address in ordered if distance <= radius]
            if len(certain) >= wanted:
                return certain
        radius *= 2
    return [Place(address) for _distance, address in _measured(snapshot, near, number, circle)]


def _measured(snapshot: Snapshot, query: Query, number: int, circle: Circle) -> list[tuple[float, tantivy.DocAddress]]:
    """All documents of the query with their distance, near first."""
    if not number:
        return []
    addresses = snapshot.addresses(query, number)
    distances = distances_km(circle.latitude, circle.longitude, points(snapshot, addresses))
    dates = snapshot.column("by_date", addresses)
    rows = sorted(zip(distances, dates, addresses, strict=True), key=lambda row: row[:2])
    return [(distance, address) for distance, _date, address in rows]
