"""Offers and providers as schema.org JSON-LD, for search engines. Dicts only; the template tag serialises them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from offers.calendar import rules_of
from offers.choices import Cost, Form, Language, ProviderKind, VenueKind
from offers.models import OfferPage, ProviderPage
from offers.models.address import Address
from offers.recurrence import LOCAL, Occurrence, Rule

CONTEXT = "https://schema.org"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
AHEAD = timedelta(days=400)
MOST_DATES = 6

Thing = dict[str, Any]


def of_offer(offer: OfferPage, request: HttpRequest | None, now: datetime) -> Thing:
    """An Event or EventSeries with its next dates, or a Service where nothing is fixed (by arrangement, or over)."""
    today = now.astimezone(LOCAL).date()
    dates = [each for each in offer.occurrences(today, today + AHEAD, with_cancelled=True) if each.end > now]
    common = {
        "@context": CONTEXT,
        "name": offer.title,
        "description": offer.summary,
        "url": offer.get_full_url(request),
        "inLanguage": offer.languages or [str(Language.GERMAN)],
        "isAccessibleForFree": offer.cost == Cost.FREE,
        "audience": _audience(offer),
    }
    if not any(not each.cancelled for each in dates):
        service = {"@type": "Service", "serviceType": str(offer.get_kind_display()), "provider": _organizer(offer, request)}
        del common["inLanguage"], common["isAccessibleForFree"]  # a Service has neither
        return _without_gaps(common | service | {"areaServed": offer.provider.town})
    return _without_gaps(common | _event(offer, dates, request))


def of_provider(provider: ProviderPage, request: HttpRequest | None) -> Thing:
    """A ChildCare (a place) or an Organization with a place."""
    address, geo = _address(provider), _geo(provider)
    thing: Thing = {
        "@context": CONTEXT,
        "@type": "ChildCare" if provider.kind == ProviderKind.KITA else "Organization",
        "name": provider.title,
        "description": provider.description,
        "url": provider.get_full_url(request),
        "telephone": provider.phone,
        "email": provider.email,
        "sameAs": provider.website,
        "address": address,
        "parentOrganization": {"@type": "Organization", "name": provider.carrier} if provider.carrier else None,
    }
    if provider.kind == ProviderKind.KITA:
        return _without_gaps(thing | {"geo": geo})
    place = {"@type": "Place", "name": provider.title, "address": address, "geo": geo}
    return _without_gaps(thing | {"location": _without_gaps(place) if address or geo else None})


def _event(offer: OfferPage, dates: list[Occurrence], request: HttpRequest | None) -> Thing:
    rules = rules_of(offer)
    coming = next(each for each in dates if not each.cancelled)
    series = len(dates) > 1 or any(rule.frequency != "once" for rule in rules)
    online = offer.form in (Form.ONLINE, Form.TELEPHONE)
    return {
        "@type": "EventSeries" if series else "Event",
        "startDate": coming.start.isoformat(),
        "endDate": coming.end.isoformat(),
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "eventAttendanceMode": f"{CONTEXT}/{'Online' if online else 'Offline'}EventAttendanceMode",
        "location": _location(offer, request),
        "organizer": _organizer(offer, request),
        "offers": {"@type": "Offer", "price": 0, "priceCurrency": "EUR"} if offer.cost == Cost.FREE else None,
        "eventSchedule": [_schedule(offer, rule, dates) for rule in rules if _can_be_said(rule)],
        "subEvent": [_sub_event(offer, each, request) for each in dates[:MOST_DATES]] if series else None,
    }


def _can_be_said(rule: Rule) -> bool:
    """A Schedule has weeks and months; it has no word for the last week of a month."""
    return rule.weekday is not None and (rule.frequency == "weekly" or (rule.frequency == "monthly" and rule.week_of_month != -1))


def _schedule(offer: OfferPage, rule: Rule, dates: Iterable[Occurrence]) -> Thing:
    return _without_gaps(
        {
            "@type": "Schedule",
            "repeatFrequency": f"P{rule.interval}W" if rule.frequency == "weekly" else "P1M",
            "byDay": f"{CONTEXT}/{DAYS[rule.weekday or 0]}",
            "byMonthWeek": rule.week_of_month if rule.frequency == "monthly" else None,
            "startTime": f"{rule.start_time:%H:%M:%S}",
            "endTime": f"{rule.end_time:%H:%M:%S}",
            "startDate": offer.starts_on.isoformat() if offer.starts_on else None,
            "endDate": offer.ends_on.isoformat() if offer.ends_on else None,
            "exceptDate": [each.start.isoformat() for each in dates if each.cancelled and each.start.weekday() == rule.weekday],
            "scheduleTimezone": LOCAL.key,
        }
    )


def _sub_event(offer: OfferPage, occurrence: Occurrence, request: HttpRequest | None) -> Thing:
    moved = occurrence.planned is not None and occurrence.planned != occurrence.start
    status = "EventCancelled" if occurrence.cancelled else "EventRescheduled" if moved else "EventScheduled"
    return _without_gaps(
        {
            "@type": "Event",
            "name": offer.title,
            "startDate": occurrence.start.isoformat(),
            "endDate": occurrence.end.isoformat(),
            "eventStatus": f"{CONTEXT}/{status}",
            "previousStartDate": occurrence.planned.isoformat() if moved and occurrence.planned else None,
            "location": _location(offer, request),
        }
    )


def _location(offer: OfferPage, request: HttpRequest | None) -> Thing:
    place = offer.location
    if place is None:
        return {"@type": "VirtualLocation", "url": offer.get_full_url(request)}
    name = offer.venue_name if offer.venue == VenueKind.OWN else offer.provider.title
    return _without_gaps({"@type": "Place", "name": name or place.town, "address": _address(place), "geo": _geo(place)})


def _organizer(offer: OfferPage, request: HttpRequest | None) -> Thing:
    provider = offer.provider
    return {"@type": "Organization", "name": provider.title, "url": provider.get_full_url(request)}


def _audience(offer: OfferPage) -> Thing | None:
    """The child's age in years, as schema.org counts."""
    low, high = offer.min_age_months, offer.max_age_months
    if low is None and high is None:
        return None
    ages = {
        "suggestedMinAge": round(low / 12, 2) if low is not None else None,
        "suggestedMaxAge": round(high / 12, 2) if high is not None else None,
    }
    return _without_gaps({"@type": "PeopleAudience"} | ages)


def _address(place: Address) -> Thing | None:
    if not place.has_address:
        return None
    parts = {"streetAddress": place.street, "postalCode": place.postal_code, "addressLocality": place.town}
    return _without_gaps({"@type": "PostalAddress"} | parts | {"addressCountry": "DE"})


def _geo(place: Address) -> Thing | None:
    point = place.point
    return {"@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude} if point else None


def _without_gaps(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}
