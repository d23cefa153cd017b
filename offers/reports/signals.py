"""Who publishes a change may have put right what families reported: the list suggests to settle it, and never does so itself."""

from typing import Any

from django.utils import timezone
from wagtail.signals import page_published

from offers.models import OfferPage
from offers.models.report import Report


def offer_published(sender: type, instance: OfferPage, **_kwargs: Any) -> None:
    Report.objects.open().filter(offer=instance.pk).update(changed_on=timezone.localdate())


def connect() -> None:
    page_published.connect(offer_published, sender=OfferPage, dispatch_uid="offers.reports.published")
