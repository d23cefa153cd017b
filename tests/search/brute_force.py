"""The conditions of a request, said once more in plain Python: what engines are compared with."""

from dataclasses import replace

from search.contract import DAYS, OfferDocument, SearchRequest
from search.geometry import distance_km

OWN = {
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


def point_of(document: OfferDocument):
    card = document.card
    return None if document.reaches_everywhere or card.latitude is None else (card.latitude, card.longitude)


def distance_of(document: OfferDocument, request: SearchRequest) -> float | None:
    point = point_of(document)
    return distance_km(request.circle.latitude, request.circle.longitude, *point) if request.circle and point else None


def matches(document: OfferDocument, request: SearchRequest) -> bool:
    card = document.card
    circle = request.circle
    if circle and circle.radius_km is not None and not document.reaches_everywhere:
        distance = distance_of(document, request)
        if distance is None or distance > circle.radius_km:
            return False
    return all(
        (
            not request.municipality or document.municipality == request.municipality,
            not request.kinds or card.kind in request.kinds,
            not request.topics or set(card.topics) & set(request.topics),
            not request.languages or set(card.languages) & set(request.languages),
            not request.form or card.form == request.form,
            not request.free or card.cost == "kostenfrei",
            not request.without_registration or card.registration == "keine",
            not request.accessible or "rollstuhl" in card.accessibility,
            not request.provider or card.provider_key == request.provider,
            request.age_months is None
            or (card.min_age_months or 0) <= request.age_months <= (999 if card.max_age_months is None else card.max_age_months),
            _takes_place(document, request),
        )
    )


def _takes_place(document: OfferDocument, request: SearchRequest) -> bool:
    if not (request.days or request.time or request.date_from or request.date_to):
        return True
    return any(
        (not request.days or DAYS[day.weekday()] in request.days)
        and (not request.time or time == request.time)
        and (not request.date_from or day >= request.date_from)
        and (not request.date_to or day <= request.date_to)
        for day, time in document.occurrences
    )


def by_date(document: OfferDocument):
    dates = document.card.occurrences
    return (0, dates[0].start.timestamp(), document.card.page_id) if dates else (1, 0.0, document.card.page_id)


def in_order(documents: list[OfferDocument], request: SearchRequest) -> list[int]:
    """Page ids of all that match, sorted by distance or date."""
    found = [each for each in documents if matches(each, request)]
    if request.sort == "datum" or request.circle is None:
        return [each.card.page_id for each in sorted(found, key=by_date)]

    def by_distance(document: OfferDocument):
        distance = distance_of(document, request)
        return (distance is None, distance or 0.0, by_date(document))

    return [each.card.page_id for each in sorted(found, key=by_distance)]


def facet(documents: list[OfferDocument], request: SearchRequest, name: str) -> dict[str, int]:
    """What choosing each value would give."""
    without = replace(request, **OWN[name])
    values: dict[str, int] = {}
    for document in documents:
        if matches(document, without):
            for value in _values(document, without, name):
                values[value] = values.get(value, 0) + 1
    return values


def _values(document: OfferDocument, without: SearchRequest, name: str) -> set[str]:
    card = document.card
    if name == "day":
        return {day for day in DAYS if _takes_place(document, replace(without, days=(day,)))}
    if name == "time":
        return {time for time in ("vormittag", "nachmittag", "abend") if _takes_place(document, replace(without, time=time))}
    return {
        "kind": {card.kind},
        "topic": set(card.topics),
        "language": set(card.languages),
        "form": {card.form},
        "free": {"1"} if card.cost == "kostenfrei" else set(),
        "without_registration": {"1"} if card.registration == "keine" else set(),
        "accessible": {"1"} if "rollstuhl" in card.accessibility else set(),
        "municipality": {document.municipality} if document.municipality else set(),
    }[name]
