"""Days on which a series pauses: school holidays of the state, closures of one provider."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class DateSpan(models.Model):
    """A named span of days; both days belong to it."""

    name = models.CharField(_("Anlass"), max_length=80)
    first_day = models.DateField(_("erster Tag"))
    last_day = models.DateField(_("letzter Tag"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} {self.first_day:%d.%m.%Y} bis {self.last_day:%d.%m.%Y}"

    def clean(self) -> None:
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("Der letzte Tag liegt vor dem ersten.")})


class SchoolHoliday(DateSpan):
    """School holidays of the federal state, kept by the district's staff."""

    class Meta:
        verbose_name = _("Schulferien")
        verbose_name_plural = _("Schulferien")
        ordering: ClassVar[list[str]] = ["first_day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name", "first_day"], name="one_school_holiday_a_start")
        ]


class ClosurePeriod(Orderable, DateSpan):
    """Days on which a provider is closed."""

    provider = ParentalKey("offers.ProviderPage", on_delete=models.CASCADE, related_name="closures")

    class Meta(Orderable.Meta):
        verbose_name = _("Schließzeit")
        verbose_name_plural = _("Schließzeiten")
