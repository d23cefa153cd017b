"""The conditions of a request, held against one listing at a time. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from search.contract import DAYS, TIMES, FacetValue, OfferDocument, SearchRequest
from search.engines.shared.facets import OWN, YES_OR_NO, facet, yes_or_no
from search.geometry import distance_km


def distance_of(document: OfferDocument, request: SearchRequest) -> float | None:
    """Kilometres from the middle of the request's circle; None without one, or for an offer without a point of its own."""
    card, circle = document.card, request.circle
    if circle is None or document.reaches_everywhere or card.latitude is None or card.longitude is None:
        return None
    return distance_km(circle.latitude, circle.longitude, card.latitude, card.longitude)


def holds(document: OfferDocument, request: SearchRequest) -> bool:
    """Everything that the request asks for but its words."""
    return _is_near(document, request) and _fits(document, request) and _takes_place(document, request)


def _is_near(document: OfferDocument, request: SearchRequest) -> bool:
    if request.circle is None or request.circle.radius_km is None or document.reaches_everywhere:
        return True
    distance = distance_of(document, request)
    return distance is not None and distance <= request.circle.radius_km


def _fits(document: OfferDocument, request: SearchRequest) -> bool:
    card, months = document.card, request.age_months
    return (
        (not request.municipality or document.municipality == request.municipality)
        and (not request.provider or card.provider_key == request.provider)
        and (not request.kinds or card.kind in request.kinds)
        and (not request.form or card.form == request.form)
        and (not request.topics or not {*request.topics}.isdisjoint(card.topics))
        and (not request.languages or not {*request.languages}.isdisjoint(card.languages))
        and all(holds for name, holds in yes_or_no(card).items() if getattr(request, name))
        and (months is None or ((card.min_age_months or 0) <= months and (card.max_age_months is None or months <= card.max_age_months)))
    )


def _takes_place(document: OfferDocument, request: SearchRequest) -> bool:
    """Days, time of day and dates must hold for the same date."""
    if not (request.days or request.time or request.date_from or request.date_to):
        return True
    return any(
        (not request.days or DAYS[day.weekday()] in request.days)
        and (not request.time or time == request.time)
        and (not request.date_from or request.date_from <= day)
        and (not request.date_to or day <= request.date_to)
        for day, time in document.occurrences
    )


def facets(documents: Iterable[OfferDocument], request: SearchRequest) -> dict[str, tuple[FacetValue, ...]]:
    """What choosing each value would give, as far as these documents go."""
    known = list(documents)
    return {name: _facet(known, replace(request, **OWN[name]), name) for name in request.facets}


def _facet(documents: list[OfferDocument], without: SearchRequest, name: str) -> tuple[FacetValue, ...]:
    counts = Counter(value for each in documents if holds(each, without) for value in _values(each, without, name))
    return facet(name, counts)


def _values(document: OfferDocument, without: SearchRequest, name: str) -> Iterable[str]:
    card = document.card
    if name == "day":
        return [day for day in DAYS if _takes_place(document, replace(without, days=(day,)))]
    if name == "time":
        return [time for time in TIMES if _takes_place(document, replace(without, time=time))]
    if name in YES_OR_NO:
        return ["1"] if yes_or_no(card)[name] else []
    values = {"kind": (card.kind,), "topic": card.topics, "language": card.languages, "form": (card.form,)}
    return values[name] if name in values else filter(None, [document.municipality])
