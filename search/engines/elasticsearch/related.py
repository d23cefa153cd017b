"""Offers named by the beginning of a word, and offers like another one. Pure."""

from typing import Any

from search.analysis import LONGEST_QUESTION, question_words, words
from search.contract import Circle, OfferCard
from search.engines.elasticsearch.conditions import EVERYWHERE, Query, all_of, any_of, either, near
from search.engines.elasticsearch.hits import POINT
from search.engines.elasticsearch.queries import BY_DATE

# What counts as near for a family without asking.
NEAR_KM = 15.0
# So many more titles than asked for are read, to put those first that begin with the words.
MORE_TITLES = 5


def completing(prefix: str, limit: int) -> dict[str, Any] | None:
    """Titles with all the words, the last of which may be only begun, soonest first. None where there is no word."""
    asked = words(prefix[:LONGEST_QUESTION])[:6]
    if not asked or limit < 1 or not asked[-1].exact.isalnum():
        return None
    complete = [any_of("title", [f"={each.exact}", f"#{each.stem}"]) for each in asked[:-1]]
    query = all_of([*complete, {"prefix": {"title": f"={asked[-1].exact}"}}])
    return {"query": query, "size": limit * MORE_TITLES, "sort": [BY_DATE], "_source": ["card"], "track_total_hits": False}


def around(card: OfferCard, circle: Circle | None) -> Circle | None:
    """Where distances count from: the circle asked for, or the offer's own place."""
    if circle is None and card.latitude is not None and card.longitude is not None:
        return Circle(card.latitude, card.longitude)
    return circle


def alike(card: OfferCard, circle: Circle | None, limit: int) -> list[dict[str, Any]]:
    """Offers of other providers with the same topics and words: those near, and, where there is a place, those farther away."""
    query: Query = {"bool": {"must": _alike(card), "must_not": [{"term": {"key": card.key}}, {"term": {"provider": card.provider_key}}]}}
    here = around(card, circle)
    if here is None:
        return [_best(query, limit)]
    radius = circle.radius_km if circle and circle.radius_km else NEAR_KM
    close = either([near(Circle(here.latitude, here.longitude, radius)), EVERYWHERE])
    return [
        _best({"bool": {"must": query, "filter": close}}, limit),
        _best({"bool": {"must": query, "must_not": close}}, limit),
    ]


def _alike(card: OfferCard) -> Query:
    """Topics weigh most, as the providers have chosen them; then the words of the title, then the kind."""
    kind: Query = {"term": {"kind": card.kind}}
    wishes: list[Query] = [{"term": {"topic": {"value": topic, "boost": 2.0}}} for topic in card.topics]
    wishes += [{"term": {"focus": token}} for each in question_words(card.title) for token in each.plain]
    liked = either(wishes) if wishes else kind
    return {"bool": {"must": liked, "should": {"term": {"kind": {"value": card.kind, "boost": 0.5}}}}}


def _best(query: Query, limit: int) -> dict[str, Any]:
    return {
        "query": query,
        "size": limit,
        "sort": [{"_score": "desc"}, BY_DATE],
        "_source": ["card"],
        "docvalue_fields": POINT,
        "track_total_hits": False,
    }
