"""Who works here: teams of a provider, and the district's own."""

from typing import Any, ClassVar

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection


class RoleName(models.TextChoices):
    """What a team is there for. Who is in several provider teams is a network worker; administrators have no team."""

    PROVIDER = "provider", _("Redaktion eines Anbieters")
    ADVISER = "adviser", _("Beratung, liest alles")
    PRESS = "press", _("Pressestelle")
    DISTRICT = "district", _("Kreisverwaltung")


class Team(models.Model):
    """A group with a role. What it may do follows from the role (people/roles.py), not from what somebody has ticked.

    A provider's team has the provider's page and a folder of its own for pictures and documents.
    """

    group = models.OneToOneField(Group, models.CASCADE, related_name="team", verbose_name=_("Gruppe"))
    role = models.CharField(_("Rolle"), max_length=20, choices=RoleName)
    provider = models.OneToOneField(
        "offers.ProviderPage", models.SET_NULL, null=True, blank=True, related_name="team", verbose_name=_("Anbieter")
    )
    collection = models.OneToOneField(
        Collection, models.SET_NULL, null=True, blank=True, related_name="team", verbose_name=_("Ordner für Bilder und Dokumente")
    )

    class Meta:
        verbose_name = _("Team")
        verbose_name_plural = _("Teams")
        permissions: ClassVar[list[Any]] = [("read_offers", _("Alle Angebote lesen, auch was nicht online ist"))]

    def __str__(self) -> str:
        return self.group.name
