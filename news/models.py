"""The newsroom: the district's press releases, numbered by year."""

from typing import Any, ClassVar

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.models import BasePage, User
from cms.permissions import HomeStaysTester
from news.querysets import PressReleaseManager
from offers.models import OfferPage

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class NewsroomPage(BasePage):
    """All releases, newest first, with an archive by year."""

    introduction = models.TextField(_("Einleitung"), blank=True)
    contact = models.TextField(_("Kontakt für Medien"), blank=True)

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("contact")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["news.PressReleasePage"]
    max_count = 1
    page_size = 20

    class Meta:
        verbose_name = _("Presseraum")
        verbose_name_plural = _("Presseräume")

    def permissions_for_user(self, user: User) -> HomeStaysTester:
        return HomeStaysTester(user, self)

    @property
    def meta_description(self) -> str:
        return self.search_description or self.introduction[:155]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        releases = PressReleasePage.objects.child_of(self).published()
        year = request.GET.get("jahr", "")
        chosen = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
        shown = releases.filter(year=chosen) if chosen else releases
        page: ResultPage[PressReleasePage] = Paginator(shown, self.page_size).get_page(request.GET.get("seite"))
        return {
            **super().get_context(request, *args, **kwargs),
            "releases": page,
            "years": list(releases.order_by("-year").values_list("year", flat=True).distinct()),
            "chosen_year": chosen,
        }


class PressReleasePage(BasePage):
    """One release: number and year are its name among editors of newspapers."""

    number = models.PositiveSmallIntegerField(_("Nummer"))
    year = models.PositiveSmallIntegerField(_("Jahr"))
    released_at = models.DateTimeField(_("Herausgegeben am"), default=timezone.now)
    embargo_until = models.DateTimeField(
        _("Sperrfrist bis"), null=True, blank=True, help_text=_("Vorher sieht niemand die Meldung auf der Seite.")
    )
    dateline = models.CharField(_("Ort"), max_length=80, blank=True, help_text=_("Steht am Anfang des Textes: „Bad Ems.“"))
    lead = models.TextField(_("Vorspann"), help_text=_("Zwei Sätze, die auch in der Übersicht stehen."))
    body = RichTextField(_("Text"), features=RICH_TEXT_FEATURES)
    contact = models.TextField(_("Kontakt für Medien"), blank=True, help_text=_("Leer: der Kontakt des Presseraums."))
    # Only what families see: drafts are none of the press office's.
    offers = ParentalManyToManyField(
        OfferPage, blank=True, related_name="releases", limit_choices_to={"live": True}, verbose_name=_("Angebote, um die es geht")
    )

    objects = PressReleaseManager()

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("year")]),
                FieldRowPanel([FieldPanel("released_at"), FieldPanel("embargo_until")]),
            ],
            heading=_("Nummer und Zeit"),
        ),
        FieldPanel("dateline"),
        FieldPanel("lead"),
        FieldPanel("body"),
        InlinePanel("pictures", heading=_("Bilder"), label=_("Bild")),
        FieldPanel("offers"),
        FieldPanel("contact"),
    ]
    parent_page_types: ClassVar[list[str]] = ["news.NewsroomPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Pressemitteilung")
        verbose_name_plural = _("Pressemitteilungen")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["year", "number"],
                name="one_release_a_number",
                violation_error_message=_("Diese Nummer ist in diesem Jahr schon vergeben."),
            )
        ]

    def permissions_for_user(self, user: User) -> HomeStaysTester:
        return HomeStaysTester(user, self)

    @property
    def label(self) -> str:
        """ "Nr. 176/2024", as press offices name it."""
        return f"Nr. {self.number}/{self.year}"

    @property
    def meta_description(self) -> str:
        return self.search_description or self.lead[:155]

    @property
    def live_offers(self) -> list[OfferPage]:
        """The offers it speaks of that families can still see."""
        return [offer for offer in self.offers.all() if offer.live]

    @property
    def contact_text(self) -> str:
        """Its own contact, or the newsroom's."""
        return self.contact or self.get_parent().specific.contact

    @property
    def under_embargo(self) -> bool:
        return self.embargo_until is not None and self.embargo_until > timezone.now()

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        # The address alone would tell the title before its time.
        return [] if self.under_embargo else super().get_sitemap_urls(request)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.under_embargo:
            raise Http404(_("Diese Meldung gibt es noch nicht."))
        return super().serve(request, *args, **kwargs)


class ReleasePicture(Orderable):
    """A picture that newspapers may print, with its credit."""

    release = ParentalKey(PressReleasePage, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey("cms.Picture", models.CASCADE, related_name="+", verbose_name=_("Bild"))
    alternative_text = models.CharField(_("Was ist zu sehen"), max_length=200)
    caption = models.CharField(_("Bildunterschrift"), max_length=300, blank=True)
    credit = models.CharField(_("Bildnachweis"), max_length=120)

    class Meta(Orderable.Meta):
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")
