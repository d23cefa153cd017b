"""Which offers stand on the page that was asked for, in exact and repeatable order.

Orders end with `by_date`, one number of next date and page id that no two documents share: no hit comes twice, none is missing.
"""

from dataclasses import dataclass

import tantivy
from tantivy import Occur, Order, Query

from search.contract import Circle, SearchRequest
from search.engines.embedded.conditions import all_of, around, conditions, points, term
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
    filters = conditions(snapshot, request)
    match = all_of([*filters, *([plan.match] if plan.match is not None else [])])
    start = (request.page - 1) * request.page_size
    end = start + request.page_size
    if request.sort == "datum":
        return _by_date(snapshot, match, start, end)
    if request.sort == "entfernung" or plan.score is None:
        return _by_distance(snapshot, match, request.circle, start, end) if request.circle else _by_date(snapshot, match, start, end)
    # Filters decide only; the score is that of the words.
    weighed = [(Occur.Must, plan.score), *((Occur.Must, Query.const_score_query(each, 0.0)) for each in filters)]
    return _by_score(snapshot, Query.boolean_query(weighed) if filters else plan.score, start, end)


def total(snapshot: Snapshot, query: Query) -> int:
    return snapshot.searcher.search(query, limit=1, count=True).count or 0


def _by_date(snapshot: Snapshot, match: Query, start: int, end: int) -> Ranked:
    found = snapshot.searcher.search(match, limit=end - start, offset=start, count=True, order_by_field="by_date", order=Order.Asc)
    return Ranked(found.count or 0, tuple(Place(address) for _date, address in found.hits))


def _by_score(snapshot: Snapshot, query: Query, start: int, end: int) -> Ranked:
    limit = end + TIED
    while True:
        found = snapshot.searcher.search(query, limit=limit, count=True)
        hits = found.hits
        # The last hits fetched may share their score with others that were not.
        if len(hits) < limit or len(hits) < end or hits[-1][0] < hits[end - 1][0]:
            break
        limit *= 4
    dates = snapshot.searcher.fast_field_values("by_date", [address for _score, address in hits])
    ordered = sorted(zip(hits, dates, strict=True), key=lambda each: (-each[0][0], each[1]))
    return Ranked(found.count or 0, tuple(Place(address, score) for (score, address), _date in ordered[start:end]))


def _by_distance(snapshot: Snapshot, match: Query, circle: Circle, start: int, end: int) -> Ranked:
    """Offers with a point, near first; then those without one by date."""
    everything = total(snapshot, match)
    if start >= everything:
        return Ranked(everything, ())
    near = all_of([match, term("flag", "located")])
    number = total(snapshot, near)
    places = _nearest(snapshot, near, number, circle, end)[start:end] if start < number else []
    if end > number:
        far = Query.boolean_query([(Occur.Must, match), (Occur.MustNot, term("flag", "located"))])
        places += _by_date(snapshot, far, max(0, start - number), end - number).places
    return Ranked(everything, tuple(places))


def _nearest(snapshot: Snapshot, near: Query, number: int, circle: Circle, wanted: int) -> list[Place]:
    """At least the `wanted` nearest, in order. Circles grow until one holds enough of them."""
    wanted = min(wanted, number)
    if number <= max(FEW, wanted):
        return [Place(address) for _distance, address in _measured(snapshot, near, number, circle)]
    radius = FIRST_RADIUS_KM
    while radius < LAST_RADIUS_KM:
        query = all_of([near, around(circle.latitude, circle.longitude, radius)])
        found = total(snapshot, query)
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
    hits = snapshot.searcher.search(query, limit=number, count=False).hits
    addresses = [address for _score, address in hits]
    distances = distances_km(circle.latitude, circle.longitude, points(snapshot, addresses))
    dates = snapshot.searcher.fast_field_values("by_date", addresses)
    rows = sorted(zip(distances, dates, addresses, strict=True), key=lambda row: row[:2])
    return [(distance, address) for distance, _date, address in rows]
