"""A page by date or distance, whole: hits in their order, totals and counts in one search. Pure; by relevance see `relevance`."""

from typing import Any

from search.contract import SearchRequest
from search.engines.elasticsearch.asking import Asking
from search.engines.elasticsearch.conditions import Query, all_of, area, by_distance, conditions
from search.engines.elasticsearch.facets import Counting
from search.engines.elasticsearch.hits import POINT
from search.engines.elasticsearch.mapping import MOST_HITS

BY_DATE: Query = {"by_date": "asc"}


def is_by_relevance(request: SearchRequest, asked: Asking) -> bool:
    return asked.match is not None and request.sort != "datum" and (request.sort == "relevanz" or request.circle is None)


def found(request: SearchRequest, asked: Asking, others: list[Query]) -> list[Query]:
    """What the question finds, within its circle and other conditions; all must hold."""
    return [*([] if asked.match is None else [asked.match]), *area(request.circle), *others]


def everything(request: SearchRequest, asked: Asking) -> Query:
    """All that the request finds."""
    return all_of(found(request, asked, list(conditions(request).values())))


def in_order(request: SearchRequest, filters: list[Query]) -> dict[str, Any]:
    """The page of the request, near or soon first."""
    by_date = request.sort == "datum" or request.circle is None
    start = (request.page - 1) * request.page_size
    size = max(0, min(request.page_size, MOST_HITS - start))
    return {
        "query": all_of(filters),
        "from": start if size else 0,
        "size": size,
        "sort": [BY_DATE] if by_date or request.circle is None else [by_distance(request.circle), BY_DATE],
        "_source": ["card"],
        "docvalue_fields": POINT,
        "track_total_hits": True,
    }


def counted(body: dict[str, Any], counting: Counting) -> dict[str, Any]:
    """The search that also counts; conditions of counted facets hold for the hits only."""
    if counting.afterwards:
        body = {**body, "post_filter": all_of(counting.afterwards)}
    return {**body, "aggs": counting.aggregations} if counting.aggregations else body
