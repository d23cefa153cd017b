"""Topics on pages of other apps."""

from django import template

from offers.models import Topic

register = template.Library()


@register.simple_tag
def featured_topics() -> list[Topic]:
    """The topics drawn on the front door, in their order. One query."""
    return list(Topic.objects.filter(featured__isnull=False).order_by("featured", "name"))
