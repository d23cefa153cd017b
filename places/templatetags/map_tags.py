"""What the map's template asks settings and data for."""

from django import template
from django.conf import settings
from django.urls import reverse

from places import layers

register = template.Library()


@register.simple_tag
def map_layer_url(name: str) -> str:
    """The address of a base layer with its version, so that browsers keep it for good. No query when warm."""
    return f"{reverse('map_layer', args=[name])}?v={layers.version()}"


@register.simple_tag
def map_tiles_url() -> str:
    """The template of an installation's tile server, empty where the own base layers are all."""
    return str(settings.MAP_TILES_URL)


@register.simple_tag
def map_tiles_attribution() -> str:
    """Whom the tiles are owed to; OpenStreetMap's contributors where the settings do not name somebody else."""
    return str(getattr(settings, "MAP_TILES_ATTRIBUTION", "© OpenStreetMap-Mitwirkende"))
