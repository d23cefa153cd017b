"""Releases on pages of other apps."""

from django import template

from news.models import PressReleasePage

register = template.Library()


@register.simple_tag
def latest_releases(limit: int = 1) -> list[PressReleasePage]:
    """The newest published releases. One query."""
    return list(PressReleasePage.objects.published()[:limit])
