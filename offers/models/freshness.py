"""What was asked about listings, who wants no reminders, and which listings stand back because nobody answered."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from offers.models.offer import OfferPage
from offers.models.provider import ProviderPage


class MailKind(models.TextChoices):
    FIRST = "first", _("Erste Mail")
    REMINDER = "reminder", _("Erinnerung")
    HIDDEN = "hidden", _("Nicht mehr online")


class ConfirmationMail(models.Model):
    """That a provider was asked about these offers on this day. The daily command reads from it what it need not do again."""

    provider = models.ForeignKey(ProviderPage, models.CASCADE, related_name="confirmation_mails", verbose_name=_("Anbieter"))
    kind = models.CharField(_("Art"), max_length=10, choices=MailKind)
    sent_on = models.DateField(_("Geschrieben am"), db_index=True)
    recipients = models.JSONField(_("An"), default=list)
    offers = models.ManyToManyField(OfferPage, related_name="confirmation_mails", verbose_name=_("Angebote"))

    class Meta:
        verbose_name = _("Bitte um Bestätigung")
        verbose_name_plural = _("Bitten um Bestätigung")
        default_permissions = ()
        ordering: ClassVar[list[str]] = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.sent_on}"


class MailOptOut(models.Model):
    """An address that wants no reminders. Its listings lapse all the same."""

    address = models.EmailField(_("E-Mail"), max_length=320, unique=True)
    since = models.DateField(_("Seit"))

    class Meta:
        verbose_name = _("Keine Erinnerungen")
        verbose_name_plural = _("Keine Erinnerungen")
        default_permissions = ()

    def __str__(self) -> str:
        return self.address


class SetbackKind(models.TextChoices):
    LOWERED = "lowered", _("Weiter hinten in der Suche")
    HIDDEN = "hidden", _("Nicht mehr online")


class Setback(models.Model):
    """An offer that stands back because nobody has confirmed it. Whoever confirms it ends this."""

    offer = models.OneToOneField(OfferPage, models.CASCADE, related_name="setback", verbose_name=_("Angebot"))
    kind = models.CharField(_("Art"), max_length=10, choices=SetbackKind)
    since = models.DateField(_("Seit"))
    # What families saw last, to be shown again as it was.
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("Zurückgestelltes Angebot")
        verbose_name_plural = _("Zurückgestellte Angebote")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.offer}: {self.get_kind_display()}"
