"""From published offers to the documents that engines index. Reads the database, writes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from itertools import islice
from typing import Any

import orjson
from django.conf import settings
from django.utils import timezone, translation

from offers import calendar, wording
from offers.choices import Audience, Form, Language, OfferKind
from offers.models import OfferPage, ProviderPage, Topic
from offers.recurrence import LOCAL
from offers.recurrence import Occurrence as OfferOccurrence
from search.contract import Occurrence, OfferCard, OfferDocument, time_of_day
from search.semantics import kept

CHUNK = 200
# How far ahead an offer is found by its dates. The horizon moves on every so many days, for each page on another day: so a document
# stays the same between two dates, and the whole index is not made again in one night.
HORIZON_DAYS = 400
HORIZON_STEP_DAYS = 28
MOST_DATES_ON_CARD = 12


def documents(page_ids: Iterable[int] | None = None, now: datetime | None = None) -> Iterator[OfferDocument]:
    """Documents of these pages, or of all, in no particular order. A constant number of queries for every CHUNK of pages.

    Only what the public may see: live, without view restrictions, the provider live too. Ids of other pages give nothing.
    """
    now = now or timezone.now()
    if page_ids is None:
        # Ids first: a cursor that stays open for minutes would hold back a writer of the database.
        page_ids = list(OfferPage.objects.live().order_by("pk").values_list("pk", flat=True))
    waiting = iter(page_ids)
    while chunk := list(islice(waiting, CHUNK)):
        with translation.override(settings.LANGUAGE_CODE):
            made = build(public_offers(chunk), now)
        yield from made


def public_offers(page_ids: Sequence[int]) -> list[OfferPage]:
    """Those of these offers that the public may see, with their providers."""
    offers = list(OfferPage.objects.live().public().filter(pk__in=page_ids).select_related("municipality"))
    paths = {offer.path[: -offer.steplen] for offer in offers}
    providers = {each.path: each for each in ProviderPage.objects.live().select_related("municipality").filter(path__in=paths)}
    shown = [offer for offer in offers if offer.path[: -offer.steplen] in providers]
    for offer in shown:
        offer.provider = providers[offer.path[: -offer.steplen]]
    return shown


def build(offers: Sequence[OfferPage], now: datetime) -> list[OfferDocument]:
    """Documents of these offers, whose providers are attached."""
    if not offers:
        return []
    today = now.astimezone(LOCAL).date()
    # From yesterday, since what began before midnight may still go on.
    dates = calendar.occurrences_of(offers, today - timedelta(days=1), today + timedelta(days=HORIZON_DAYS))
    page_ids = [offer.pk for offer in offers]
    topics = _topics(page_ids)
    lowered = set(OfferPage.objects.lowered().filter(pk__in=page_ids).values_list("pk", flat=True))
    meanings = kept.vectors([kept.passage(offer.title, offer.summary, offer.description) for offer in offers])
    made = []
    for offer, vector in zip(offers, meanings, strict=True):
        horizon, next_step = _horizon(offer.pk, today)
        upcoming = [each for each in dates[offer.pk] if each.end > now and each.start.date() <= horizon]
        made.append(_document(offer, topics[offer.pk], upcoming, next_step, vector, offer.pk in lowered))
    return made


def _topics(page_ids: Sequence[int]) -> dict[int, list[Topic]]:
    """Topics by page, by name. Two queries."""
    known = {topic.pk: topic for topic in Topic.objects.all()}
    found: dict[int, list[Topic]] = defaultdict(list)
    for page_id, topic_id in OfferPage.topics.through.objects.filter(offerpage_id__in=page_ids).values_list("offerpage_id", "topic_id"):
        found[page_id].append(known[topic_id])
    for topics in found.values():
        topics.sort(key=lambda topic: (topic.name, topic.pk))
    return found


def _horizon(page_id: int, today: date) -> tuple[date, date]:
    """The last day that counts, and the day on which the horizon moves on."""
    began = today.toordinal() - (today.toordinal() - page_id) % HORIZON_STEP_DAYS
    return date.fromordinal(began + HORIZON_DAYS - HORIZON_STEP_DAYS), date.fromordinal(began + HORIZON_STEP_DAYS)


def _document(
    offer: OfferPage, topics: list[Topic], upcoming: list[OfferOccurrence], next_step: date, vector: bytes, lowered: bool
) -> OfferDocument:
    place = offer.location
    languages = offer.languages or [Language.GERMAN.value]
    labels = [
        *(topic.name for topic in topics),
        OfferKind(offer.kind).label,
        Form(offer.form).label if offer.form != Form.ON_SITE else "",
        *(Audience(code).label for code in offer.audience),
        *(Language(code).label for code in languages if code != Language.GERMAN),
    ]
    values: dict[str, Any] = {
        "card": _card(offer, topics, upcoming, tuple(languages), lowered),
        "description": offer.description,
        "words": tuple(str(label) for label in labels if label),
        "municipality": place.municipality.slug if place and place.municipality else "",
        "reaches_everywhere": offer.form in (Form.ONLINE, Form.TELEPHONE),
        "occurrences": tuple(dict.fromkeys((each.start.date(), time_of_day(each.start)) for each in upcoming)),
        "stale_at": _stale_at(offer, upcoming, next_step),
        "vector": vector,
    }
    return OfferDocument(**values, digest=digest(values))


def _card(offer: OfferPage, topics: list[Topic], upcoming: list[OfferOccurrence], languages: tuple[str, ...], lowered: bool) -> OfferCard:
    provider, place, point = offer.provider, offer.location, offer.location_point
    return OfferCard(
        page_id=offer.pk,
        key=offer.key,
        url=_path(offer),
        title=offer.title,
        kind=offer.kind,
        summary=offer.summary,
        topics=tuple(topic.slug for topic in topics),
        provider_key=provider.key,
        provider_name=provider.title,
        provider_url=_path(provider),
        venue_name=offer.venue_name,
        town=place.town if place else "",
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        form=offer.form,
        min_age_months=offer.min_age_months,
        max_age_months=offer.max_age_months,
        audience=tuple(offer.audience),
        languages=languages,
        cost=offer.cost,
        cost_note=offer.cost_note,
        registration=offer.registration,
        accessibility=tuple(offer.accessibility),
        sensitive=offer.sensitive,
        rhythm=wording.rhythm(calendar.rules_of(offer)),
        occurrences=tuple(Occurrence(each.start, each.end, each.note) for each in upcoming[:MOST_DATES_ON_CARD]),
        lowered=lowered,
    )


def _path(page: OfferPage | ProviderPage) -> str:
    parts = page.get_url_parts()
    return parts[2] if parts and parts[2] else ""


def _stale_at(offer: OfferPage, upcoming: list[OfferOccurrence], next_step: date) -> datetime | None:
    """When the next date is over, or the horizon moves on; never for an offer without rules."""
    if not offer.schedules.all():
        return None
    moves = datetime.combine(next_step, time(), LOCAL)
    return min(upcoming[0].end, moves) if upcoming else moves


def digest(values: dict[str, Any]) -> str:
    """Equal for equal contents, in every process and on every day."""
    plain = {**values, "card": asdict(values["card"]), "vector": values["vector"].hex()}
    return blake2b(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()
