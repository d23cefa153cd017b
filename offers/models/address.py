"""Where something is: an address that a person reads, and a point that a map needs."""

from typing import NamedTuple

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from places.models import Place
from places.resolver import resolve


class Point(NamedTuple):
    """Decimal degrees, WGS 84."""

    latitude: float
    longitude: float


class Address(models.Model):
    """Street, postcode and town as people write them; coordinates only where an editor has set them."""

    street = models.CharField(_("Straße und Hausnummer"), max_length=120, blank=True)
    postal_code = models.CharField(
        _("Postleitzahl"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}$", _("Eine Postleitzahl hat fünf Ziffern, zum Beispiel 56130."))],
    )
    town = models.CharField(_("Ort"), max_length=120, blank=True)
    latitude = models.FloatField(
        _("Breite"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("Länge"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    municipality = models.ForeignKey(
        Place, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("Gemeinde")
    )

    class Meta:
        abstract = True

    def locate(self) -> None:
        """Derive the municipality from town and postcode. The point stays as the editor left it."""
        found = resolve(f"{self.postal_code} {self.town}".strip())
        self.municipality_id = found.municipality_id if found else None

    @property
    def point(self) -> Point | None:
        """The editor's point, or the middle of the municipality, or None where nothing is known."""
        if self.latitude is not None and self.longitude is not None:
            return Point(self.latitude, self.longitude)
        place = self.municipality
        if place and place.latitude is not None and place.longitude is not None:
            return Point(place.latitude, place.longitude)
        return None

    @property
    def has_address(self) -> bool:
        return bool(self.street or self.postal_code or self.town)
