"""How many offers each value of a filter would give: the value's own condition left out, all others held."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tantivy import Query

from search.contract import DAYS, TIMES, FacetValue, SearchRequest
from search.engines.embedded.conditions import all_of, conditions
from search.engines.embedded.ranking import total
from search.engines.embedded.storage import Snapshot
from search.engines.embedded.wording import Plan

MOST_MUNICIPALITIES = 200
# A facet and the conditions that are its own.
OWN: dict[str, dict[str, Any]] = {
    "kind": {"kinds": ()},
    "topic": {"topics": ()},
    "day": {"days": ()},
    "time": {"time": ""},
    "language": {"languages": ()},
    "form": {"form": ""},
    "free": {"free": False},
    "without_registration": {"without_registration": False},
    "accessible": {"accessible": False},
    "municipality": {"municipality": ""},
}
# All values but those of municipalities; fewer than this for certain.
_VALUES = {"values": {"terms": {"field": "facet", "size": 1000, "segment_size": 1000}}}
_MUNICIPALITIES = {"places": {"terms": {"field": "municipality", "size": MOST_MUNICIPALITIES, "segment_size": 10 * MOST_MUNICIPALITIES}}}

Counts = dict[str, int]


def facets(snapshot: Snapshot, request: SearchRequest, plan: Plan) -> Mapping[str, tuple[FacetValue, ...]]:
    shared = _counted(snapshot, _query(snapshot, request, plan), {**_VALUES, **_MUNICIPALITIES})
    found: dict[str, tuple[FacetValue, ...]] = {}
    for name, own in OWN.items():
        if all(getattr(request, attribute) == empty for attribute, empty in own.items()):
            without, counts = request, shared
        else:
            without = replace(request, **own)
            wanted = _MUNICIPALITIES if name == "municipality" else _VALUES
            # Days and times of one date are counted one by one; nothing else is needed then.
            separate = name in ("day", "time") and _together(without, name)
            counts = {} if separate else _counted(snapshot, _query(snapshot, without, plan), wanted)
        if name in ("day", "time"):
            counts = _when(snapshot, without, plan, name, counts)
        found[name] = _values(name, counts)
    return found


def _query(snapshot: Snapshot, request: SearchRequest, plan: Plan) -> Query:
    return all_of([*conditions(snapshot, request), *([plan.match] if plan.match is not None else [])])


def _counted(snapshot: Snapshot, query: Query, aggregations: dict[str, Any]) -> Counts:
    """Documents by "name:value"."""
    result = snapshot.searcher.aggregate(query, aggregations)
    counts = {bucket["key"]: bucket["doc_count"] for bucket in result.get("values", {}).get("buckets", ())}
    counts.update({f"municipality:{bucket['key']}": bucket["doc_count"] for bucket in result.get("places", {}).get("buckets", ())})
    return counts


def _together(without: SearchRequest, name: str) -> bool:
    """Whether another condition must hold for the same date in a way that no counted token tells."""
    return bool(without.date_from or without.date_to or (name == "time" and len(without.days) > 1))


def _when(snapshot: Snapshot, without: SearchRequest, plan: Plan, name: str, counts: Counts) -> Counts:
    """Counts of days or times of day, where the other conditions hold for the same date."""
    values: Iterable[str] = DAYS if name == "day" else TIMES
    if _together(without, name):
        change = {value: {"days": (value,)} if name == "day" else {"time": value} for value in values}
        return {
            f"{name}:{value}": total(snapshot, _query(snapshot, replace(without, **change[value]), plan))  # type: ignore[arg-type]
            for value in values
        }
    if name == "day":
        tokens = {day: f"{day}-{without.time}" if without.time else day for day in DAYS}
    else:
        tokens = {time: f"{without.days[0]}-{time}" if without.days else time for time in TIMES}
    return {f"{name}:{value}": counts.get(f"when:{token}", 0) for value, token in tokens.items()}


def _values(name: str, counts: Counts) -> tuple[FacetValue, ...]:
    prefix = f"{name}:"
    found = [FacetValue(key[len(prefix) :], count) for key, count in counts.items() if count and key.startswith(prefix)]
    return tuple(sorted(found, key=lambda each: (-each.count, each.value)))
