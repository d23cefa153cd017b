"""What only the front door shows."""

from django import template
from django.templatetags.static import static
from django.utils import timezone

register = template.Library()

SEASONS = {12: "winter", 1: "winter", 2: "winter", 3: "spring", 4: "spring", 5: "spring", 6: "summer", 7: "summer", 8: "summer"}


@register.simple_tag
def valley() -> str:
    """The address of the valley's picture for today's season."""
    return static(f"art/valley-{SEASONS.get(timezone.localdate().month, 'autumn')}.svg")


@register.simple_tag
def topic_art(slug: str) -> str:
    """The address of a topic's drawing."""
    return static(f"art/topics/{slug}.svg")
