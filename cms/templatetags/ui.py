"""Small pieces of markup that every page uses."""

from functools import cache, lru_cache
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@cache
def sprite() -> str:
    """The address of all signs, asked for a hundred times a page and the same as long as the process lives."""
    return static("vendor/icons.svg")


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "") -> SafeString:
    """A sign of the sprite, named as in static/icons.txt. Hidden from screen readers unless it has a label of its own."""
    address = f"{sprite()}#icon-{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.simple_tag
def kind_icon(kind: str) -> SafeString:
    """The sign of an offer's kind, the same in list, map and print."""
    return icon(f"kind-{kind}")


@register.simple_tag
def absolute(path: str) -> str:
    """The whole address of a path of this site, the same whatever name the visitor used."""
    return urljoin(settings.WAGTAILADMIN_BASE_URL, path)
