"""The order by relevance: what words and meaning find is weighed together (`search.fusion`), the rest follows by its words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from search.contract import OfferCard, SearchRequest
from search.engines.elasticsearch.asking import Asking
from search.engines.elasticsearch.conditions import Query, any_of
from search.engines.elasticsearch.hits import POINT, card_of, distance_of
from search.engines.elasticsearch.likeness import along
from search.features import features_of
from search.fusion import MOST_ALIKE, MOST_BY_WORDS, Candidate, fused

BY_SCORE: list[Query] = [{"_score": "desc"}, {"by_date": "asc"}]


def best_by_words(request: SearchRequest, asked: Asking, filters: list[Query]) -> dict[str, Any]:
    """The search for all offers of the question, the best by their words first."""
    return _candidates(request, asked, filters, MOST_BY_WORDS)


def most_alike(request: SearchRequest, asked: Asking, filters: list[Query]) -> list[dict[str, Any]]:
    """The search for what its meaning finds, where it finds anything."""
    return [_candidates(request, asked, [asked.alike, *filters], MOST_ALIKE)] if asked.alike else []


def _candidates(request: SearchRequest, asked: Asking, filters: list[Query], most: int) -> dict[str, Any]:
    body = {
        "query": _scored(asked, filters),
        "size": most,
        "sort": BY_SCORE,
        "_source": ["card"],
        "docvalue_fields": POINT,
        "track_total_hits": True,
    }
    return {**body, "script_fields": along(request.meaning)} if request.meaning else body


def _scored(asked: Asking, filters: list[Query], without: Iterable[int] = ()) -> Query:
    query: Query = {"filter": filters}
    if asked.score:
        query["should"] = [asked.score]
    if left_out := list(without):
        query["must_not"] = any_of("page_id", left_out)
    return {"bool": query}


@dataclass(frozen=True, slots=True)
class Weighed:
    score: float
    card: OfferCard
    distance_km: float | None


def weighed(answers: Iterable[Mapping[str, Any]], request: SearchRequest) -> list[Weighed]:
    """The offers of the two searches together, best first."""
    found = {hit["_id"]: hit for answer in answers for hit in answer["hits"]["hits"]}
    cards = {card.page_id: card for card in map(card_of, found.values())}
    ordered = fused((_candidate(hit, request) for hit in found.values()), request)
    return [Weighed(score, cards[each.offer.page_id], each.distance_km) for score, each in ordered]


def _candidate(hit: Mapping[str, Any], request: SearchRequest) -> Candidate:
    product = hit.get("fields", {}).get("along", [None])[0]
    likeness = None if product is None or request.meaning is None else product - request.meaning.offset
    return Candidate(features_of(card_of(hit)), hit["_score"] or 0.0, likeness, distance_of(hit, request.circle))


def rest(asked: Asking, filters: list[Query], weighed_ids: Iterable[int], start: int, size: int) -> dict[str, Any]:
    """The search for what comes after those that were weighed, by the words alone."""
    return {
        "query": _scored(asked, filters, weighed_ids),
        "from": start,
        "size": size,
        "sort": BY_SCORE,
        "_source": ["card"],
        "docvalue_fields": POINT,
        "track_total_hits": False,
    }
