"""The outbox: what the index does not know yet."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """A page whose document must be made again. Written in the transaction that changed the page.

    Several entries of one page are one piece of work; entries go when the engine has confirmed.
    """

    page_id = models.PositiveBigIntegerField(_("Seite"), db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Offene Änderung am Suchindex")
        verbose_name_plural = _("Offene Änderungen am Suchindex")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.created_at:%d.%m.%Y %H:%M})"
