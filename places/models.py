"""Places as the district and its families know them: municipalities, their parts, postcodes, Sozialräume."""

from typing import Any, ClassVar
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from places.kinds import PARENTS, PlaceKind
from places.querysets import PlaceQuerySet


class Place(models.Model):
    """One place that a family can name. Its parent is what it belongs to: Ortsteil, Gemeinde, Verbandsgemeinde, Kreis."""

    name = models.CharField(_("Name"), max_length=120)
    slug = models.SlugField(_("Adresse"), max_length=120, unique=True, help_text=_("Teil der Internetadresse, zum Beispiel „bad-ems“."))
    kind = models.CharField(_("Art"), max_length=20, choices=PlaceKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("gehört zu"))
    code = models.CharField(
        _("Amtlicher Schlüssel"), max_length=12, blank=True, help_text=_("AGS der Gemeinde oder ARS der Verbandsgemeinde.")
    )
    latitude = models.FloatField(_("Breite"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(_("Länge"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])
    population = models.PositiveIntegerField(_("Einwohner"), null=True, blank=True)
    aliases = models.TextField(_("Andere Namen"), blank=True, help_text=_("Ein Name je Zeile, so wie Familien ihn schreiben."))
    # What the files said when they were last loaded: tells the staff's changes from old facts. See places/loading.py.
    loaded = models.JSONField(default=dict, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Ort")
        verbose_name_plural = _("Orte")
        ordering: ClassVar[list[str]] = ["name", "kind"]

    def __str__(self) -> str:
        return f"VG {self.name}" if self.kind == PlaceKind.ASSOCIATION else self.name

    def clean(self) -> None:
        """Both coordinates or none, and a parent that is wider than the place."""
        faults: dict[str, Any] = {}
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            faults[missing] = _("Breite und Länge gehören zusammen: Füllen Sie beide aus oder keine.")
        if self.parent and self.parent.kind not in PARENTS.get(self.kind, ()):
            faults["parent"] = _("%(parent)s kann keinen Ort dieser Art enthalten. Wählen Sie, was den Ort umgibt.") % {
                "parent": self.parent
            }
        if not self.parent and self.kind == PlaceKind.QUARTER:
            faults["parent"] = _("Ein Ortsteil gehört zu einer Stadt oder Ortsgemeinde: Wählen Sie sie hier.")
        if faults:
            raise ValidationError(faults)


class Boundary(models.Model):
    """The outline of a place. Apart from it, since only maps ask for it."""

    place = models.OneToOneField(Place, models.CASCADE, primary_key=True, related_name="boundary", verbose_name=_("Ort"))
    geometry = models.JSONField(_("Umriss"), help_text=_("GeoJSON-Geometrie, Länge vor Breite, WGS 84."))

    def __str__(self) -> str:
        return str(self.place)


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


class PlacesVersion(models.Model):
    """One row that changes with every change of what families can name, so that other processes notice.

    Not the newest `updated_at`: that would miss what is deleted, and what a machine with a slow clock writes.
    """

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token

    @classmethod
    def current(cls) -> str:
        """The version; empty before the first change. One query."""
        return cls.objects.filter(pk=1).values_list("token", flat=True).first() or ""

    @classmethod
    def renew(cls) -> None:
        token = uuid4().hex
        if not cls.objects.filter(pk=1).update(token=token):
            cls.objects.update_or_create(pk=1, defaults={"token": token})
