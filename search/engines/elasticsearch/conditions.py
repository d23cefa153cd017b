"""From the conditions of a request to queries; words are in `wording`. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from math import cos, radians
from typing import Any

from search.contract import Box, Circle, SearchRequest
from search.engines.shared.when import span_tokens
from search.geometry import EARTH_RADIUS_KM

Query = dict[str, Any]

ALL: Query = {"match_all": {}}
NONE: Query = {"match_none": {}}
# No offer has dates farther away; it keeps a span that somebody types from asking for millions of days.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
# Where days of the week are asked for in a span, each day is a term: no index knows dates farther ahead.
FARTHEST = timedelta(days=1500)
# No two points are farther apart.
HALF_ROUND_KM = 20_016.0
# A geo_point is rounded, and the server's own distance is quicker than it is exact: so much on both sides of a circle is measured again.
ROUGH_KM, ROUGH_SHARE = 0.005, 1e-5

EVERYWHERE: Query = {"term": {"flag": "everywhere"}}
LOCATED: Query = {"term": {"flag": "located"}}

_HAVERSINE = """
double there = Math.toRadians(doc['latitude'].value);
double north = Math.sin((there - params.here) / 2);
double east = Math.sin(Math.toRadians(doc['longitude'].value - params.longitude) / 2);
double chord = north * north + params.cosine * Math.cos(there) * east * east;
double distance = params.twice * Math.asin(Math.min(1.0, Math.sqrt(chord)));
"""
_WITHIN = f"if (doc['latitude'].size() == 0) return false; {_HAVERSINE} return distance <= params.radius;"
_DISTANCE = f"if (doc['latitude'].size() == 0) return 1e9; {_HAVERSINE} return distance;"


def any_of(name: str, values: Iterable[str | int]) -> Query:
    wanted = list(values)
    return {"term": {name: wanted[0]}} if len(wanted) == 1 else {"terms": {name: wanted}}


def either(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries}}


def all_of(queries: list[Query]) -> Query:
    """All must hold; nothing of it is scored."""
    return {"bool": {"filter": queries}} if queries else ALL


def conditions(request: SearchRequest) -> dict[str, Query]:
    """Everything that a request asks for but its words and its circle, by name; each must hold."""
    found: dict[str, Query] = {}
    for name in ("municipality", "provider", "form"):
        if value := getattr(request, name):
            found[name] = {"term": {name: value}}
    for name, values in (("kind", request.kinds), ("topic", request.topics), ("language", request.languages)):
        if values:
            found[name] = any_of(name, values)
    for name in ("free", "without_registration", "accessible"):
        if getattr(request, name):
            found[name] = {"term": {"extra": name}}
    if request.age_months is not None:
        months = request.age_months
        found["age"] = all_of([{"range": {"min_age": {"lte": months}}}, {"range": {"max_age": {"gte": months}}}])
    if when := takes_place(request):
        found["when"] = when
    return found


def takes_place(request: SearchRequest) -> Query | None:
    """Days, time of day and dates must hold for the same date."""
    if request.date_from or request.date_to:
        first, last = max(request.date_from or EARLIEST, EARLIEST), min(request.date_to or LATEST, LATEST)
        if request.days:
            today = request.now.date()
            first, last = max(first, today - FARTHEST), min(last, today + FARTHEST)
        tokens = span_tokens(first, last, request.days, request.time)
        return any_of("date", map(str, tokens)) if tokens else NONE
    if request.days and request.time:
        return any_of("slot", [f"{day}-{request.time}" for day in request.days])
    if request.days:
        return any_of("day", request.days)
    return {"term": {"time": request.time}} if request.time else None


def on_days(request: SearchRequest, *days: str) -> Query:
    """As `takes_place` on these days instead."""
    return takes_place(replace(request, days=days)) or ALL


def at_time(request: SearchRequest, time: str) -> Query:
    """As `takes_place` at this time of day instead."""
    return takes_place(replace(request, time=time)) or ALL


def area(circle: Circle | None) -> list[Query]:
    """What a circle lets through: those inside, and those that reach everywhere."""
    return [] if circle is None or circle.radius_km is None else [either([near(circle), EVERYWHERE])]


def near(circle: Circle) -> Query:
    """Exactly the offers with a point in the circle."""
    radius = circle.radius_km or 0.0
    outer, inner = radius * (1 + ROUGH_SHARE) + ROUGH_KM, radius * (1 - ROUGH_SHARE) - ROUGH_KM
    if outer >= HALF_ROUND_KM:
        return LOCATED
    measured: Query = {"script": {"script": {"source": _WITHIN, "params": {**_params(circle), "radius": radius}}}}
    certain = [_around(circle, inner)] if inner > 0 else []
    return all_of([_around(circle, outer), either([*certain, measured])])


def by_distance(circle: Circle) -> Query:
    """To sort by: near first, what has no point last."""
    return {"_script": {"type": "number", "script": {"source": _DISTANCE, "params": _params(circle)}, "order": "asc"}}


def in_box(box: Box) -> list[Query]:
    """Located offers in a map's window; one across the date line is taken as two."""
    sides = ((box.west, 180.0), (-180.0, box.east)) if box.west > box.east else ((box.west, box.east),)
    west_east: list[Query] = [{"range": {"longitude": {"gte": west, "lte": east}}} for west, east in sides]
    return [{"range": {"latitude": {"gte": box.south, "lte": box.north}}}, either(west_east)]


def _around(circle: Circle, radius_km: float) -> Query:
    point = {"lat": circle.latitude, "lon": circle.longitude}
    return {"geo_distance": {"distance": f"{radius_km:.6f}km", "point": point}}


def _params(circle: Circle) -> dict[str, float]:
    here = radians(circle.latitude)
    return {"here": here, "cosine": cos(here), "longitude": circle.longitude, "twice": 2 * EARTH_RADIUS_KM}
