"""When an offer takes place: rules, and single dates that are different."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from offers.choices import Frequency, Weekday, WeekOfMonth

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Schedule(Orderable):
    """One rule in local wall time: every n weeks, an n-th weekday of the month, or one date."""

    offer = ParentalKey("offers.OfferPage", on_delete=models.CASCADE, related_name="schedules")
    frequency = models.CharField(_("Wie oft"), max_length=10, choices=Frequency, default=Frequency.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("Wochentag"), choices=Weekday, null=True, blank=True)
    interval = models.PositiveSmallIntegerField(
        _("alle … Wochen"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("1: jede Woche, 2: alle zwei Wochen. Gezählt wird ab dem ersten Termin der Reihe."),
    )
    week_of_month = models.SmallIntegerField(_("am … im Monat"), choices=WeekOfMonth, null=True, blank=True)
    date = models.DateField(_("Tag"), null=True, blank=True)
    # Null only in drafts: what is published has passed full_clean, which asks for both.
    start_time = models.TimeField(_("von"), null=True)
    end_time = models.TimeField(_("bis"), null=True)

    # A draft's form sets it: what is still missing is then no fault yet.
    unfinished = False

    class Meta(Orderable.Meta):
        verbose_name = _("Termin")
        verbose_name_plural = _("Termine")

    def clean(self) -> None:
        super().clean()
        faults: dict[str, StrOrPromise] = {} if self.unfinished else self.gaps()
        if self.start_time and self.end_time and self.end_time <= self.start_time:
            faults["end_time"] = _("Das Ende liegt vor dem Anfang.")
        if faults:
            raise ValidationError(faults)

    def gaps(self) -> "dict[str, StrOrPromise]":
        """What the rule's frequency needs and does not have."""
        faults: dict[str, StrOrPromise] = {}
        if self.frequency == Frequency.ONCE and not self.date:
            faults["date"] = _("Bitte den Tag eintragen.")
        if self.frequency != Frequency.ONCE and self.weekday is None:
            faults["weekday"] = _("Bitte den Wochentag wählen.")
        if self.frequency == Frequency.MONTHLY and self.week_of_month is None:
            faults["week_of_month"] = _("Bitte wählen: der erste, zweite … oder letzte im Monat.")
        return faults


class ScheduleException(Orderable):
    """One date of a series that is cancelled or moved."""

    class Change(models.TextChoices):
        CANCELLED = "cancelled", _("fällt aus")
        MOVED = "moved", _("ist verlegt")

    offer = ParentalKey("offers.OfferPage", on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField(_("Der Termin am"))
    change = models.CharField(_("was ist damit"), max_length=10, choices=Change, default=Change.CANCELLED)
    new_date = models.DateField(_("neuer Tag"), null=True, blank=True)
    new_start_time = models.TimeField(_("neu von"), null=True, blank=True)
    new_end_time = models.TimeField(_("neu bis"), null=True, blank=True)
    note = models.CharField(_("Hinweis für Familien"), max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("Abweichung")
        verbose_name_plural = _("Ausfälle und Verlegungen")

    def clean(self) -> None:
        super().clean()
        if self.change == self.Change.MOVED and not (self.new_date or self.new_start_time):
            raise ValidationError({"new_date": _("Bitte den neuen Tag oder die neue Uhrzeit eintragen.")})
        if bool(self.new_start_time) != bool(self.new_end_time):
            raise ValidationError({"new_end_time": _("Bitte Anfang und Ende eintragen.")})
