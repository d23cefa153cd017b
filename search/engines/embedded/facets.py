"""How many offers each value of a filter would give: the value's own condition left out, all others held."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from tantivy import Query

from search.contract import DAYS, TIMES, FacetValue, SearchRequest
from search.engines.embedded.asking import Asking
from search.engines.embedded.conditions import EVERYWHERE, all_of, areas, conditions, when_tokens
from search.engines.embedded.schema import COMBINED_FIELDS, MORE_TOPICS, NO_VALUE, TOPIC_COLUMNS
from search.engines.embedded.storage import Snapshot
from search.engines.shared.facets import MOST_VALUES, OWN, YES_OR_NO, facet

Counts = Counter[str]


@dataclass(frozen=True)
class Tally:
    """How many offers a request finds: in each part of `areas`, and by the values of the filters."""

    totals: tuple[int, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]


def tally(snapshot: Snapshot, request: SearchRequest, asked: Asking) -> Tally:
    """Worked out once for the conditions and state of the index."""
    return snapshot.counts.get(_asked(request), partial(_tally, snapshot, request, asked))


def _tally(snapshot: Snapshot, request: SearchRequest, asked: Asking) -> Tally:
    totals: list[int] = []
    found: dict[str, Counts] = {name: Counter() for name in request.facets}
    for area in areas(snapshot, request):
        make = partial(_counted, snapshot, request, asked, area)
        # What reaches everywhere is the same for every place: worked out once for the other conditions.
        key = ("everywhere", _asked(replace(request, circle=None)))
        number, counts = snapshot.counts.get(key, make) if area is EVERYWHERE else make()
        totals.append(number)
        for name, values in counts.items():
            found[name].update(values)
    return Tally(tuple(totals), {name: facet(name, values) for name, values in found.items()} if request.facets else {})


def _asked(request: SearchRequest) -> SearchRequest:
    """The request without what changes neither totals nor counts."""
    return replace(request, page=1, page_size=20, sort="relevanz", now=datetime.min)


def _counted(snapshot: Snapshot, request: SearchRequest, asked: Asking, area: Query | None) -> tuple[int, dict[str, Counts]]:
    """The total, and documents by value for every facet."""

    def query(of: SearchRequest) -> Query:
        rest = conditions(of) + ([asked.match] if asked.match is not None else [])
        return all_of(rest if area is None else [area, *rest])

    if not request.facets:
        return snapshot.total(query(request)), {}
    # Facets whose own condition is not set are counted together; the others each without its own.
    own = {name: replace(request, **OWN[name]) for name in request.facets}
    found: dict[str, Counts] = {}
    together: dict[str, SearchRequest] = {name: own[name] for name in ("day", "time") if name in own and _together(own[name], name)}
    if together:
        # A walk through all offers takes longer than ten times two lists.
        found |= _counted_dates(snapshot, query, together) if area is None else _dates(snapshot, query, together)
    shared = [name for name, without in own.items() if without == request and name not in found]
    number, counts = _terms(snapshot, query(request), {_field(name, request) for name in shared})
    for name, without in own.items():
        if name not in found:
            field = _field(name, without)
            of = counts if name in shared else _terms(snapshot, query(without), {field})[1]
            found[name] = _named(name, without, of[field])
    return number, found


def _terms(snapshot: Snapshot, query: Query, fields: set[str]) -> tuple[int, dict[str, Counts]]:
    """The total, and documents by value for each field."""
    wanted: dict[str, Any] = {"": {"value_count": {"field": "page_id"}}}
    columns = {column: field for field in fields for column in _columns(field)}
    for column in columns:
        wanted[column] = {"terms": {"field": column, "size": MOST_VALUES, "segment_size": 20 * MOST_VALUES}}
    result = snapshot.searcher.aggregate(query, wanted)
    counts: dict[str, Counts] = {field: Counter() for field in fields}
    for column, field in columns.items():
        values_of = counts[field]
        for bucket in result[column]["buckets"]:
            number = bucket["doc_count"]
            for value in bucket["key"].split(NO_VALUE):
                if value:
                    values_of[value] += number
    return int(result[""]["value"]), counts


def _columns(field: str) -> tuple[str, ...]:
    """The columns in which a field is counted."""
    if field == "topic":
        return (*TOPIC_COLUMNS, MORE_TOPICS)
    return (f"{field}_all",) if field in COMBINED_FIELDS else (field,)


def _field(name: str, without: SearchRequest) -> str:
    """The field that holds a facet's values. Day and time of one date are counted together."""
    if name in YES_OR_NO:
        return "extra"
    return "slot" if (name == "day" and without.time) or (name == "time" and without.days) else name


def _named(name: str, without: SearchRequest, counts: Counts) -> Counts:
    """The facet's own values among those of its field."""
    if name in YES_OR_NO:
        return Counter({"1": counts[name]})
    if name == "day" and without.time:
        return Counter({day: counts[f"{day}-{without.time}"] for day in DAYS})
    if name == "time" and without.days:
        return Counter({time: counts[f"{without.days[0]}-{time}"] for time in TIMES})
    return counts


def _together(without: SearchRequest, name: str) -> bool:
    """Whether another condition must hold for the same date in a way that no field tells."""
    return bool(without.date_from or without.date_to or (name == "time" and len(without.days) > 1))


def _counted_dates(snapshot: Snapshot, query: Callable[[SearchRequest], Query], together: Mapping[str, SearchRequest]) -> dict[str, Counts]:
    """Days and times of day, each asked for by itself."""
    found: dict[str, Counts] = {}
    for name, without in together.items():
        found[name] = Counter({value: snapshot.total(query(each)) for value, each in _each(name, without).items()})
    return found


def _each(name: str, without: SearchRequest) -> dict[str, SearchRequest]:
    """The request with each value of the facet."""
    if name == "day":
        return {day: replace(without, days=(day,)) for day in DAYS}
    return {time: replace(without, time=time) for time in TIMES}


def _dates(snapshot: Snapshot, query: Callable[[SearchRequest], Query], together: Mapping[str, SearchRequest]) -> dict[str, Counts]:
    """The same in one walk through what the other conditions let through."""
    wanted: dict[str, Any] = {}
    for name, without in together.items():
        for value, each in _each(name, without).items():
            field, tokens = when_tokens(each) or ("", ())
            if tokens:
                wanted[f"{name} {value}"] = {"filter": " OR ".join(f'{field}:"{token}"' for token in tokens)}
    # Dates come last: they are the longest lists.
    common = replace(next(iter(together.values())), days=(), time="")
    found: dict[str, Counts] = {name: Counter() for name in together}
    for key, result in snapshot.searcher.aggregate(query(common), wanted).items() if wanted else ():
        name, _blank, value = key.partition(" ")
        found[name][value] = result["doc_count"]
    return found
