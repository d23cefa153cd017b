"""What a family says is wrong with an offer. It holds nothing of the person: no name, no address, not even the time of the day."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from offers.models.offer import OfferPage


class ReportTopic(models.TextChoices):
    """What it is about, by one tap."""

    TIME = "time", _("Tag oder Uhrzeit")
    PLACE = "place", _("Ort")
    PHONE = "phone", _("Telefon oder E-Mail")
    ENDED = "ended", _("Findet nicht mehr statt")
    OTHER = "other", _("Etwas anderes")


class ReportState(models.TextChoices):
    NEW = "new", _("Neu")
    IN_WORK = "in_work", _("In Arbeit")
    DONE = "done", _("Erledigt")
    NOT_RIGHT = "not_right", _("Stimmt doch")


OPEN = (ReportState.NEW, ReportState.IN_WORK)


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def unanswered_since(self, day: date) -> Self:
        """Those that nobody has touched since they came in on this day or before."""
        return self.filter(state=ReportState.NEW, reported_on__lte=day)

    def not_mailed(self) -> Self:
        """Open ones that no mail has told of."""
        return self.open().filter(mailed_on=None)


class Report(models.Model):
    """One detail of one offer. `times`: how many said the same, a network once a day."""

    offer = models.ForeignKey(OfferPage, models.CASCADE, related_name="reports", verbose_name=_("Angebot"))
    topic = models.CharField(_("Worum es geht"), max_length=10, choices=ReportTopic, default=ReportTopic.OTHER)
    text = models.CharField(_("Was nicht stimmt"), max_length=500, blank=True)
    times = models.PositiveIntegerField(_("Wie oft"), default=1)
    state = models.CharField(_("Stand"), max_length=10, choices=ReportState, default=ReportState.NEW)
    reported_on = models.DateField(_("Gemeldet am"))
    last_reported_on = models.DateField(_("Zuletzt gemeldet am"))
    mailed_on = models.DateField(_("Mail am"), null=True)
    answered_on = models.DateField(_("Erste Antwort am"), null=True)
    # A change that went online after the report: what it said may be put right by now.
    changed_on = models.DateField(_("Angebot geändert am"), null=True)
    closed_on = models.DateField(_("Abgeschlossen am"), null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("Hinweis")
        verbose_name_plural = _("Hinweise")
        default_permissions = ()
        ordering: ClassVar[list[str]] = ["reported_on", "pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "reported_on"], name="report_by_state")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(last_reported_on__gte=F("reported_on")), name="report_not_before_the_first"),
        ]

    def __str__(self) -> str:
        return f"{self.offer}: {self.get_topic_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
