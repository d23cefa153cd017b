"""Which dates of a page go into a family's own calendar, and what is said there."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from offers import calendar
from offers.ical import Entry
from offers.models import OfferPage, ProviderPage
from offers.models.address import Address
from offers.recurrence import Occurrence

AHEAD = timedelta(days=365)


def entries(page: OfferPage | ProviderPage, today: date, request: HttpRequest) -> list[Entry]:
    """The dates of an offer, or of all published offers of a provider, for the next year. Cancelled ones too: a calendar that
    has them already must learn it. A constant number of queries."""
    return entries_of([page] if isinstance(page, OfferPage) else list(OfferPage.objects.live().public().of_provider(page)), today, request)


def entries_of(offers: Sequence[OfferPage], today: date, request: HttpRequest) -> list[Entry]:
    """The same for any offers that families may see."""
    found = calendar.occurrences_of(offers, today, today + AHEAD, with_cancelled=True)
    return sorted(_entries(offers, found, request), key=lambda entry: (entry.start, entry.uid))


def _entries(offers: Sequence[OfferPage], found: dict[int, list[Occurrence]], request: HttpRequest) -> Iterable[Entry]:
    for offer in offers:
        place = offer.location
        stamp = offer.last_published_at or offer.latest_revision_created_at
        for occurrence in found[offer.pk]:
            yield Entry(
                uid=f"{offer.key}-{(occurrence.planned or occurrence.start):%Y%m%dT%H%M}@{request.get_host()}",
                # Others look at a family's calendar: a sensitive page does not give itself away there.
                title=_("Termin") if offer.sensitive else offer.title,
                start=occurrence.start,
                end=occurrence.end,
                stamp=stamp or datetime.combine(occurrence.start.date(), datetime.min.time(), occurrence.start.tzinfo),
                cancelled=occurrence.cancelled,
                place=_place(offer, place),
                point=place.point if place else None,
                text="" if offer.sensitive else "\n\n".join(part for part in (occurrence.note, offer.summary) if part),
                url="" if offer.sensitive else offer.get_full_url(request),
            )


def _place(offer: OfferPage, place: Address | None) -> str:
    """ "Bürgerhaus, Schulweg 2, 56132 Dausenau" """
    if place is None:
        return str(offer.get_form_display())
    name = offer.venue_name if place is offer else "" if offer.sensitive else offer.provider.title
    return ", ".join(part for part in (name, place.street, f"{place.postal_code} {place.town}".strip()) if part)
