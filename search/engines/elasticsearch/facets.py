"""How many offers each value of a filter would give: the value's own condition left out, all others held. Pure.

Conditions of facets that are counted stand in `post_filter`, so that one request finds the hits and counts every facet without its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search.contract import DAYS, TIMES, FacetValue, SearchRequest
from search.engines.elasticsearch.conditions import Query, all_of, at_time, conditions, on_days
from search.engines.shared.facets import MOST_MUNICIPALITIES, MOST_VALUES, YES_OR_NO, facet

# Each shard names more than are wanted, so that what is rare on one and frequent on another is counted whole.
MORE_A_SHARD = 20
# The condition that a facet leaves out; day and time of day are one condition, as they hold for the same date.
_OWN = {"day": "when", "time": "when"}


@dataclass(frozen=True)
class Counting:
    """How a request is asked: `always` decides what is counted and found, `afterwards` what is found."""

    always: list[Query]
    afterwards: list[Query]
    aggregations: dict[str, Any]
    groups: tuple[tuple[str, ...], ...]  # the facets of each aggregation

    def read(self, found: Mapping[str, Any], request: SearchRequest) -> dict[str, tuple[FacetValue, ...]]:
        """The facets from the answer's aggregations; none where there is no index."""
        facets: dict[str, tuple[FacetValue, ...]] = dict.fromkeys(request.facets, ())
        for number, names in enumerate(self.groups):
            group = found.get(f"group{number}", {})
            facets.update({name: _values(name, group[name]["buckets"]) for name in names if name in group})
        return facets


def counting(request: SearchRequest) -> Counting:
    wanted = conditions(request)
    owned = {_OWN.get(name, name) for name in request.facets} & wanted.keys()
    afterwards = {name: wanted[name] for name in wanted if name in owned}
    # Facets that leave out nothing share one aggregation, and each of the others has its own.
    grouped: dict[str, list[str]] = {}
    for name in request.facets:
        own = _OWN.get(name, name)
        grouped.setdefault(own if own in owned else "", []).append(name)
    aggregations = {}
    for number, (own, names) in enumerate(grouped.items()):
        others = [query for name, query in afterwards.items() if name != own]
        aggregations[f"group{number}"] = {"filter": all_of(others), "aggs": {name: _counted(request, name) for name in names}}
    return Counting(
        always=[query for name, query in wanted.items() if name not in owned],
        afterwards=list(afterwards.values()),
        aggregations=aggregations,
        groups=tuple(map(tuple, grouped.values())),
    )


def _counted(request: SearchRequest, name: str) -> dict[str, Any]:
    if name in YES_OR_NO:
        return {"filters": {"filters": {"1": {"term": {"extra": name}}}}}
    if name == "day" and (request.time or request.date_from or request.date_to):
        return {"filters": {"filters": {day: on_days(request, day) for day in DAYS}}}
    if name == "time" and (request.days or request.date_from or request.date_to):
        return {"filters": {"filters": {time: at_time(request, time) for time in TIMES}}}
    size = MOST_MUNICIPALITIES if name == "municipality" else MOST_VALUES
    return {"terms": {"field": name, "size": size, "shard_size": MORE_A_SHARD * size}}


def _values(name: str, buckets: Any) -> tuple[FacetValue, ...]:
    rows = buckets.items() if isinstance(buckets, dict) else ((each["key"], each) for each in buckets)
    return facet(name, {value: int(bucket["doc_count"]) for value, bucket in rows})
