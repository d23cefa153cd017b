"""What an offer is about."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """A subject under which families look for help; nine of them are drawn on the home page."""

    slug = models.SlugField(_("Kennung"), unique=True, help_text=_("Teil der Internetadresse und der Einfuhr; ändert sich nicht."))
    name = models.CharField(_("Name"), max_length=80)
    description = models.CharField(_("Ein Satz dazu"), max_length=200, blank=True)
    icon = models.CharField(_("Zeichen"), max_length=40, blank=True, help_text=_("Name eines Zeichens aus dem Zeichensatz der Seite."))
    featured = models.PositiveSmallIntegerField(
        _("Platz auf der Startseite"), null=True, blank=True, help_text=_("1 bis 9; leer: nicht auf der Startseite.")
    )

    class Meta:
        verbose_name = _("Thema")
        verbose_name_plural = _("Themen")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name
