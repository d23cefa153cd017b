"""An offer: what families look for."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from cms.models import BasePage, KeyedPage, User
from offers import calendar, panels, wording
from offers.choices import Accessibility, Audience, Cost, Form, Language, OfferKind, Registration, VenueKind
from offers.fields import CodeListField
from offers.models.address import Address, Point
from offers.models.provider import ProviderPage
from offers.models.topic import Topic
from offers.permissions import OfferPermissionTester
from offers.querysets import OfferManager
from offers.recurrence import Occurrence


class OfferPage(KeyedPage, Address, BasePage):
    """A service (HSDS) of the provider above it in the tree. Ages are months; times are local wall time.

    The address fields are those of a venue of its own and stay empty where the offer is at the provider's.
    """

    kind = models.CharField(_("Art"), max_length=20, choices=OfferKind, default=OfferKind.GROUP)
    topics = ParentalManyToManyField(Topic, blank=True, related_name="offers", verbose_name=_("Themen"))
    summary = models.CharField(_("Kurz gesagt"), max_length=300)
    description = models.TextField(_("Beschreibung"), blank=True)
    picture = models.ForeignKey("cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Bild"))
    picture_alt = models.CharField(_("Was ist auf dem Bild zu sehen"), max_length=200, blank=True)

    form = models.CharField(_("Wie findet es statt"), max_length=20, choices=Form, default=Form.ON_SITE)
    venue = models.CharField(_("Wo"), max_length=20, choices=VenueKind, default=VenueKind.PROVIDER)
    venue_name = models.CharField(_("Name des Treffpunkts"), max_length=160, blank=True)

    min_age_months = models.PositiveSmallIntegerField(_("Alter von (Monate)"), null=True, blank=True, validators=[MaxValueValidator(216)])
    max_age_months = models.PositiveSmallIntegerField(_("Alter bis (Monate)"), null=True, blank=True, validators=[MaxValueValidator(216)])
    audience = CodeListField(_("Für wen"), codes=Audience)
    languages = CodeListField(_("Sprachen"), codes=Language)
    accessibility = CodeListField(_("Barrierefreiheit"), codes=Accessibility)

    cost = models.CharField(_("Kosten"), max_length=20, choices=Cost, default=Cost.FREE)
    cost_note = models.CharField(_("Kosten in Worten"), max_length=200, blank=True)
    registration = models.CharField(_("Anmeldung"), max_length=20, choices=Registration, default=Registration.NONE)
    registration_note = models.CharField(_("So melden sich Familien an"), max_length=200, blank=True)
    contact_name = models.CharField(_("Ansprechperson"), max_length=120, blank=True)
    contact_phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    contact_email = models.EmailField(_("E-Mail"), blank=True)

    starts_on = models.DateField(_("Die Reihe beginnt am"), null=True, blank=True)
    ends_on = models.DateField(_("Die Reihe endet am"), null=True, blank=True)
    pauses_in_school_holidays = models.BooleanField(_("Pause in den Schulferien"), default=True)
    pauses_on_public_holidays = models.BooleanField(_("Pause an Feiertagen"), default=True)
    pauses_at_closures = models.BooleanField(_("Pause, wenn das Haus geschlossen ist"), default=True)

    funded = models.BooleanField(_("Aus dem Sozialraumbudget bezahlt"), default=False)
    sensitive = models.BooleanField(_("Heikles Thema"), default=False)
    confirmed_at = models.DateField(_("Zuletzt bestätigt am"), null=True, blank=True, editable=False)
    confirm_every_months = models.PositiveSmallIntegerField(_("Bestätigen alle … Monate"), default=6, validators=[MaxValueValidator(24)])

    objects = OfferManager()

    edit_handler = panels.offer_form()
    parent_page_types: ClassVar[list[str]] = ["offers.ProviderPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Angebot")
        verbose_name_plural = _("Angebote")

    def permissions_for_user(self, user: User) -> OfferPermissionTester:
        return OfferPermissionTester(user, self)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        super().full_clean(*args, **kwargs)
        # Wagtail makes the slug in full_clean; the key is its first value.
        self.ensure_key(self.slug)
        self.locate()

    def clean(self) -> None:
        super().clean()
        low, high = self.min_age_months, self.max_age_months
        if low is not None and high is not None and high < low:
            raise ValidationError({"max_age_months": _("Das Höchstalter liegt unter dem Mindestalter.")})
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("Die Reihe endet, bevor sie beginnt.")})

    def with_content_json(self, content: dict[str, Any]) -> "OfferPage":
        """The page as a revision has it. A confirmation since then holds, whichever draft is published."""
        page: OfferPage = super().with_content_json(content)
        page.confirmed_at = max((day for day in (page.confirmed_at, self.confirmed_at) if day), default=None)
        return page

    @property
    def provider(self) -> ProviderPage:
        """The page above, fetched once."""
        if not hasattr(self, "_provider"):
            self._provider = ProviderPage.objects.select_related("municipality").get(pk=self.get_parent().pk)
        return self._provider

    @provider.setter
    def provider(self, provider: ProviderPage) -> None:
        """Lists of offers set it, so that they need no query an offer."""
        self._provider = provider

    @property
    def location(self) -> Address | None:
        """Where families go: the own venue, the provider's house, or None."""
        if self.venue == VenueKind.OWN:
            return self
        return self.provider if self.venue == VenueKind.PROVIDER else None

    @property
    def location_point(self) -> Point | None:
        return self.location.point if self.location else None

    @property
    def picture_text(self) -> str:
        """What can be seen on the picture: as this offer says it, or as whoever uploaded the picture did."""
        return self.picture_alt or (self.picture.description if self.picture else "")

    @property
    def meta_description(self) -> str:
        return self.search_description or self.summary

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        calendar.prepare(self)
        return super().get_context(request, *args, **kwargs)

    @property
    def rhythm(self) -> str:
        """ "jede Woche", "am 1. Dienstag im Monat"; "" for single dates."""
        return wording.rhythm(calendar.rules_of(self))

    def upcoming(self, now: datetime, limit: int = 12) -> list[Occurrence]:
        """The next dates that have not ended, local time. For many offers ask `calendar.upcoming_of`."""
        return calendar.upcoming_of_one(self, now, limit)

    def occurrences(self, first: date, last: date, *, with_cancelled: bool = False) -> list[Occurrence]:
        """The dates from `first` to `last`, both included. For many offers ask `calendar.occurrences_of`."""
        return calendar.occurrences_of_one(self, first, last, with_cancelled=with_cancelled)
