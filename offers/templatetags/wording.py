"""The words of `offers.wording` in templates, for offers, cards of the search and dates."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from offers import wording

register = template.Library()

register.filter("distance", wording.distance)
register.filter("languages", wording.languages)
register.filter("audience", wording.audience)
register.filter("long_day", wording.long_day)
register.filter("cancellation", wording.cancellation)


@register.filter
def ages(offer: Any) -> str:
    """Of an offer or a card: "0 bis 12 Monate"."""
    return wording.age_range(offer.min_age_months, offer.max_age_months)


@register.filter
def cost(offer: Any) -> str:
    """Of an offer or a card: "3 Euro je Treffen"."""
    return wording.cost(offer.cost, offer.cost_note)


@register.filter
def next_date(occurrence: Any, now: datetime | None = None) -> str:
    """ "heute, 9:30 Uhr" """
    return wording.next_date(occurrence.start, now or timezone.now())


@register.filter
def long_date(occurrence: Any, now: datetime | None = None) -> str:
    """ "Mittwoch, 25. November, 9:30 bis 11 Uhr" """
    return wording.long_date(occurrence.start, occurrence.end, now or timezone.now())
