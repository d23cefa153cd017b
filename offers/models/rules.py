"""What the district decides about listings: who looks at them first, and how long they count as true."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


class Approval(models.TextChoices):
    """When somebody of the district reads a listing before families do."""

    NEVER = "never", _("Angebote gehen sofort online")
    FIRST = "first", _("Das erste Angebot eines Anbieters wird freigegeben")
    ALWAYS = "always", _("Jedes Angebot und jede Änderung wird freigegeben")


@register_setting(icon="check")
class ListingRules(BaseSiteSetting):
    """All spans are days; those after the due date count from the day on which the confirmation lapses."""

    approval = models.CharField(_("Freigabe"), max_length=10, choices=Approval, default=Approval.NEVER)

    mail_before = models.PositiveSmallIntegerField(_("Erste Mail so viele Tage vor Ablauf"), default=14)
    remind_every = models.PositiveSmallIntegerField(_("Erinnern alle … Tage"), default=7, validators=[MinValueValidator(1)])
    to_work_list_after = models.PositiveSmallIntegerField(_("In die Arbeitsliste des Kreises nach … Tagen"), default=14)
    lower_after = models.PositiveSmallIntegerField(_("Weiter hinten in der Suche nach … Tagen"), default=30)
    hide_after = models.PositiveSmallIntegerField(_("Nicht mehr online nach … Tagen"), default=60)
    mails_a_day = models.PositiveSmallIntegerField(_("Höchstens … Mails am Tag"), default=200, validators=[MaxValueValidator(5000)])
    paused = models.BooleanField(_("Keine Mails schicken, nichts zurückstufen, nichts verbergen"), default=False)

    panels: ClassVar[list[Any]] = [
        FieldPanel("approval"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("mail_before"), FieldPanel("remind_every")]),
                FieldRowPanel([FieldPanel("to_work_list_after"), FieldPanel("lower_after"), FieldPanel("hide_after")]),
                FieldRowPanel([FieldPanel("mails_a_day"), FieldPanel("paused")]),
            ],
            heading=_("Wie lange ein Angebot als bestätigt gilt"),
        ),
    ]

    class Meta:
        verbose_name = _("Regeln für Angebote")
