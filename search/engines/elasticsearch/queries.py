"""A page's question to the server, whole: hits in their order, totals and counts in one request. Pure."""

from dataclasses import dataclass
from typing import Any

from search.contract import SearchRequest
from search.engines.elasticsearch.conditions import Query, all_of, area, by_distance, conditions
from search.engines.elasticsearch.facets import Counting, counting
from search.engines.elasticsearch.mapping import MOST_HITS
from search.engines.elasticsearch.wording import Wording

BY_DATE: Query = {"by_date": "asc"}
# Where an offer is; what reaches everywhere is nowhere, whatever its card says.
POINT = ["latitude", "longitude"]
# In every question to the index: one that nobody has written yet is empty.
PARAMETERS: dict[str, Any] = {"ignore_unavailable": True, "allow_partial_search_results": False}


@dataclass(frozen=True, slots=True)
class Page:
    """The body of the search, and how its counts are read."""

    body: dict[str, Any]
    counting: Counting


def page(request: SearchRequest, words: Wording) -> Page:
    counts = counting(request)
    always = [*area(request.circle), *counts.always]
    ranked = words.score is not None and request.sort != "datum" and (request.sort == "relevanz" or request.circle is None)
    if ranked:
        query: Query = {"bool": {"must": words.score, "filter": always}}
        sort: list[Any] = [{"_score": "desc"}, BY_DATE]
    else:
        query = all_of(always if words.match is None else [words.match, *always])
        sort = [BY_DATE] if request.sort == "datum" or request.circle is None else [by_distance(request.circle), BY_DATE]
    start = (request.page - 1) * request.page_size
    size = max(0, min(request.page_size, MOST_HITS - start))
    body = {
        "query": query,
        "from": start if size else 0,
        "size": size,
        "sort": sort,
        "_source": ["card"],
        "docvalue_fields": POINT if request.circle else [],
        "track_total_hits": True,
    }
    if counts.afterwards:
        body["post_filter"] = all_of(counts.afterwards)
    if counts.aggregations:
        body["aggs"] = counts.aggregations
    return Page(body, counts)


def matching(request: SearchRequest, words: Wording) -> Query:
    """Everything that the request finds."""
    found = [*area(request.circle), *conditions(request).values()]
    return all_of(found if words.match is None else [words.match, *found])
