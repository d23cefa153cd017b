"""The front door, plain pages of text, and what the district says about itself on every page."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField

from cms.models import BasePage


class HomePage(BasePage):
    """The sentence a parent would say, the search, topics, what is on, news."""

    headline = models.CharField(_("Überschrift"), max_length=120, default=_("Gut, dass Sie fragen."))
    introduction = models.CharField(_("Satz darunter"), max_length=300, blank=True)
    examples = models.CharField(
        _("Beispiele unter dem Suchfeld"),
        max_length=200,
        blank=True,
        help_text=_("Durch Komma getrennt. Jedes Beispiel wird ein Knopf, der danach sucht."),
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("introduction"),
        FieldPanel("examples"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("Startseite")
        verbose_name_plural = _("Startseiten")

    @property
    def meta_description(self) -> str:
        return self.search_description or self.introduction

    @property
    def example_searches(self) -> list[str]:
        return [example.strip() for example in self.examples.split(",") if example.strip()]


class StandardPage(BasePage):
    """A page of text: imprint, privacy, accessibility."""

    introduction = models.TextField(_("Einleitung"), blank=True)
    body = RichTextField(_("Text"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"])

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]

    class Meta:
        verbose_name = _("Textseite")
        verbose_name_plural = _("Textseiten")

    @property
    def meta_description(self) -> str:
        return self.search_description or self.introduction[:155]


@register_setting(icon="site")
class DistrictSettings(BaseSiteSetting):
    """What makes the site this district's. Another district fills in its own."""

    district_name = models.CharField(_("Name des Kreises"), max_length=80, default="Rhein-Lahn-Kreis")
    site_title = models.CharField(_("Name der Seite"), max_length=80, default=_("Familien im Rhein-Lahn-Kreis"))
    operator = models.CharField(_("Herausgeber"), max_length=160, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    leave_url = models.URLField(
        _("Ziel von „Seite schnell verlassen“"),
        default="https://www.wetter.de/",
        help_text=_("Wohin der Knopf auf heiklen Seiten führt: etwas Alltägliches."),
    )
    center_latitude = models.FloatField(_("Kartenmitte, Breite"), default=50.27)
    center_longitude = models.FloatField(_("Kartenmitte, Länge"), default=7.83)
    center_zoom = models.PositiveSmallIntegerField(_("Kartenmaßstab"), default=10)

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("district_name"), FieldPanel("site_title"), FieldPanel("operator")], heading=_("Name")),
        MultiFieldPanel([FieldRowPanel([FieldPanel("phone"), FieldPanel("email")])], heading=_("Erreichbar")),
        FieldPanel("leave_url"),
        FieldRowPanel([FieldPanel("center_latitude"), FieldPanel("center_longitude"), FieldPanel("center_zoom")]),
    ]

    class Meta:
        verbose_name = _("Kreis und Seite")
