"""Places as the district and its families know them: municipalities, their parts, postcodes, Sozialräume."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from places.querysets import PlaceQuerySet


class PlaceKind(models.TextChoices):
    DISTRICT = "landkreis", _("Landkreis")
    ASSOCIATION = "verbandsgemeinde", _("Verbandsgemeinde")
    TOWN = "stadt", _("Stadt")
    VILLAGE = "ortsgemeinde", _("Ortsgemeinde")
    QUARTER = "ortsteil", _("Ortsteil")
    NEIGHBOUR = "nachbarort", _("Ort außerhalb des Kreises")


class Place(models.Model):
    """One place that a family can name. Its parent is what it belongs to: Ortsteil, Gemeinde, Verbandsgemeinde, Kreis."""

    name = models.CharField(_("Name"), max_length=120)
    slug = models.SlugField(_("Adresse"), max_length=120, unique=True, help_text=_("Teil der Internetadresse, zum Beispiel „bad-ems“."))
    kind = models.CharField(_("Art"), max_length=20, choices=PlaceKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("gehört zu"))
    code = models.CharField(_("Amtlicher Schlüssel"), max_length=12, blank=True, help_text=_("AGS der Gemeinde oder ARS der Verbandsgemeinde."))
    latitude = models.FloatField(_("Breite"), null=True, blank=True)
    longitude = models.FloatField(_("Länge"), null=True, blank=True)
    population = models.PositiveIntegerField(_("Einwohner"), null=True, blank=True)
    aliases = models.TextField(_("Andere Namen"), blank=True, help_text=_("Ein Name je Zeile, so wie Familien ihn schreiben."))
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Ort")
        verbose_name_plural = _("Orte")
        ordering: ClassVar[list[str]] = ["name", "kind"]

    def __str__(self) -> str:
        return f"VG {self.name}" if self.kind == PlaceKind.ASSOCIATION else self.name


class Boundary(models.Model):
    """The outline of a place. Apart from it, since only maps ask for it."""

    place = models.OneToOneField(Place, models.CASCADE, primary_key=True, related_name="boundary", verbose_name=_("Ort"))
    geometry = models.JSONField(_("Umriss"), help_text=_("GeoJSON-Geometrie, Länge vor Breite, WGS 84."))


class Postcode(models.Model):
    """A postcode and the places that share it; a postcode of the countryside has up to thirty."""

    code = models.CharField(_("Postleitzahl"), max_length=5, unique=True)
    name = models.CharField(_("Hauptort"), max_length=120)
    latitude = models.FloatField(_("Breite"))
    longitude = models.FloatField(_("Länge"))
    places = models.ManyToManyField(Place, blank=True, related_name="postcodes", verbose_name=_("Orte"))

    class Meta:
        verbose_name = _("Postleitzahl")
        verbose_name_plural = _("Postleitzahlen")
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class SocialSpace(models.Model):
    """A Sozialraum: the district's unit of planning, made of places. Its Sozialraumbudget pays for many offers."""

    name = models.CharField(_("Name"), max_length=120, unique=True)
    description = models.TextField(_("Beschreibung"), blank=True)
    places = models.ManyToManyField(Place, blank=True, related_name="social_spaces", verbose_name=_("Orte"))

    class Meta:
        verbose_name = _("Sozialraum")
        verbose_name_plural = _("Sozialräume")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name
