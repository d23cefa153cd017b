"""What pages of other apps show of the search: cards, and addresses of searches."""

from datetime import timedelta
from typing import Any

from django import template
from django.utils import timezone

from offers.models import OfferPage, ProviderPage
from search.addresses import search_url
from search.contract import Circle, SearchRequest
from search.presentation import CardView, present
from search.reading import get_reader

register = template.Library()


@register.simple_tag(takes_context=True)
def search_with(context: template.Context, **changes: Any) -> str:
    """The address of the search on this page with some parameters changed."""
    return search_url(context.get("data") or {}, **changes)


@register.simple_tag(takes_context=True)
def search_beside(context: template.Context, name: str) -> str:
    """The address of something beside the search on this page: "termine.ics" or "feed.atom"."""
    return search_url(context.get("data") or {}, seite=None).replace("/suche/", f"/suche/{name}", 1)


@register.simple_tag
def search_for(**parameters: Any) -> str:
    """The address of a new search."""
    return search_url({}, **parameters)


@register.simple_tag
def offers_of(provider: ProviderPage, without: OfferPage | None = None, limit: int = 100) -> list[CardView]:
    """A provider's offers, soon first; from the index, so without a query."""
    wish = SearchRequest(provider=provider.key, sort="datum", page_size=limit + 1, facets=(), now=timezone.localtime())
    cards = _cards(wish)
    return [view for view in cards if without is None or view.card.key != without.key][:limit]


@register.simple_tag
def offers_soon(days: int = 7, limit: int = 6) -> list[CardView]:
    """What is on in the next days."""
    now = timezone.localtime()
    until = now.date() + timedelta(days=days)
    return _cards(SearchRequest(date_from=now.date(), date_to=until, form="vor_ort", sort="datum", page_size=limit, facets=(), now=now))


@register.simple_tag
def offers_like(offer: OfferPage, limit: int = 4) -> list[CardView]:
    """Offers of others like this one, near first."""
    point, now = offer.location_point, timezone.localtime()
    circle = Circle(point.latitude, point.longitude) if point else None
    return [present(hit, now) for hit in get_reader().similar(offer.key, circle, now, limit)]


def _cards(wish: SearchRequest) -> list[CardView]:
    return [present(hit, wish.now) for hit in get_reader().search(wish).hits]


@register.simple_tag
def week_url() -> str:
    """The search for the next seven days."""
    today = timezone.localdate()
    return search_url({}, von=today, bis=today + timedelta(days=7), sortierung="datum")
