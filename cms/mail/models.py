"""What waits to be sent, and what became of it."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def waiting(self) -> "OutgoingMailQuerySet":
        return self.filter(next_try_at__isnull=False)

    def due(self, now: datetime) -> "OutgoingMailQuerySet":
        """In the order in which they were written."""
        return self.filter(next_try_at__lte=now).order_by("queued_at", "pk")

    def given_up(self) -> "OutgoingMailQuerySet":
        return self.filter(given_up_at__isnull=False)


class OutgoingMail(models.Model):
    """One mail to one address, as bytes that a mail server takes. Its contents go some days after it was sent: they hold links."""

    sender = models.CharField(_("Absender"), max_length=320)
    recipient = models.CharField(_("An"), max_length=320)
    subject = models.CharField(_("Betreff"), max_length=250, blank=True)
    contents = models.BinaryField(_("Inhalt"), editable=False)
    queued_at = models.DateTimeField(_("Geschrieben"))
    # When to try next; none where nothing is left to do.
    next_try_at = models.DateTimeField(_("Nächster Versuch"), null=True, db_index=True)
    tries = models.PositiveIntegerField(_("Versuche"), default=0)
    sent_at = models.DateTimeField(_("Gesendet"), null=True)
    given_up_at = models.DateTimeField(_("Aufgegeben"), null=True)
    last_error = models.TextField(_("Letzter Fehler"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        app_label = "cms"
        verbose_name = _("E-Mail")
        verbose_name_plural = _("E-Mails")
        # Nobody writes or deletes one by hand; "change" is to try again.
        default_permissions = ("view", "change")
        ordering: ClassVar[list[str]] = ["-queued_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject} ({self.recipient})"
