"""What the pages of offers and providers show."""

from typing import Any

from django import template

from offers.facts import Facts, facts
from offers.models import OfferPage, Point

register = template.Library()


@register.simple_tag
def offer_facts(offer: OfferPage) -> Facts:
    """The offer in the words that a family reads."""
    return facts(offer)


@register.simple_tag
def route_url(point: Point) -> str:
    """A route planner that opens at the place; a click only, nothing is asked of it before."""
    return f"https://www.openstreetmap.org/directions?to={point.latitude:.5f}%2C{point.longitude:.5f}"


@register.inclusion_tag("components/page_map.html", takes_context=True)
def offer_map(context: template.Context, page: Any) -> dict[str, Any]:
    """The small map of an offer or a provider."""
    point = page.location_point if isinstance(page, OfferPage) else page.point
    return {
        "point": point,
        "kind": getattr(page, "kind", ""),
        "page": page,
        "request": context.get("request"),
        "csp_nonce": context.get("csp_nonce"),
    }
