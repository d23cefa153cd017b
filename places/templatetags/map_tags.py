"""What the map's template asks settings and data for."""

import json

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

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


@register.simple_tag
def map_texts(label: str) -> str:
    """What the map's script says, as JSON for a data attribute. `{count}` stands for the number of offers in a cluster."""
    texts = {
        "label": str(label),
        "cluster": _("{count} Angebote, vergrößern"),
        "here": _("{count} Angebote an dieser Stelle"),
        "toList": _("In der Liste zeigen"),
        "nearer": _("Näher heran"),
        "farther": _("Weiter weg"),
        "close": _("Schließen"),
        "full": _("Große Karte"),
        "leaveFull": _("Große Karte schließen"),
    }
    return json.dumps(texts, ensure_ascii=False)


@register.simple_tag
def position_url() -> str:
    """Where the picker asks for a point: with a geocoder behind the editors' sign-in, else the public places."""
    return reverse("map_address" if settings.GEOCODER_URL else "map_place")


@register.simple_tag
def position_texts() -> str:
    """What the editors' position picker says, as JSON for a data attribute."""
    texts = {
        "label": _("Karte für den Punkt"),
        "marker": _("Punkt. Ziehen Sie ihn, oder bewegen Sie ihn mit den Pfeiltasten um 25 Meter."),
        "hint": _("Ziehen Sie den Punkt auf die Eingangstür, oder klicken Sie auf die Karte."),
        "nearer": _("Näher heran"),
        "farther": _("Weiter weg"),
        "noTown": _("Bitte tragen Sie zuerst Postleitzahl oder Ort ein."),
        "unknown": _("Diesen Ort kennen wir nicht. Bitte prüfen Sie Postleitzahl und Ort, oder klicken Sie auf die Karte."),
        "taken": _("Der Punkt steht in der Mitte von {place}. Ziehen Sie ihn auf die Eingangstür."),
        "exact": _("Der Punkt steht bei {place}. Bitte prüfen Sie, ob er stimmt."),
        "removed": _("Kein Punkt gesetzt. Familien sehen die Ortsmitte."),
        "failed": _("Das hat nicht geklappt. Bitte versuchen Sie es noch einmal."),
        "numbers": _("Bitte geben Sie Zahlen wie 50,3128 und 7,8018 ein."),
    }
    return json.dumps(texts, ensure_ascii=False)
