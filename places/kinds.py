"""What a place can be. Apart from the models, so that names are looked up without the database."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceKind(TextChoices):
    DISTRICT = "landkreis", _("Landkreis")
    ASSOCIATION = "verbandsgemeinde", _("Verbandsgemeinde")
    TOWN = "stadt", _("Stadt")
    VILLAGE = "ortsgemeinde", _("Ortsgemeinde")
    QUARTER = "ortsteil", _("Ortsteil")
    NEIGHBOUR = "nachbarort", _("Ort außerhalb des Kreises")


# Towns and villages: what has a mayor, a postcode and a page of its own.
MUNICIPALITIES = frozenset({PlaceKind.TOWN, PlaceKind.VILLAGE})
# The kind of an area that is no place but a postcode.
POSTCODE = "postleitzahl"

# What a place of a kind may lie in. A municipality has a wider parent, so nobody can put two places into each other.
PARENTS: dict[str, frozenset[str]] = {
    PlaceKind.ASSOCIATION: frozenset({PlaceKind.DISTRICT}),
    PlaceKind.TOWN: frozenset({PlaceKind.ASSOCIATION, PlaceKind.DISTRICT}),
    PlaceKind.VILLAGE: frozenset({PlaceKind.ASSOCIATION, PlaceKind.DISTRICT}),
    PlaceKind.QUARTER: frozenset({PlaceKind.TOWN, PlaceKind.VILLAGE, PlaceKind.NEIGHBOUR}),
}
