"""What follows when a page is published: it has a day of confirmation, and what was hidden stands back no longer."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.signals import page_published

from offers.models import OfferPage, Setback, SetbackKind


@transaction.atomic
def offer_published(sender: type, instance: object, **_kwargs: Any) -> None:
    """Who puts a hidden offer online says that it is true; who publishes one for the first time too."""
    if not isinstance(instance, OfferPage):
        return
    setback = Setback.objects.filter(offer=instance).first()
    hidden = setback is not None and setback.kind == SetbackKind.HIDDEN
    if instance.confirmed_at is None or hidden:
        instance.confirmed_at = timezone.localdate()
    elif setback is None or instance.confirmed_at < setback.since:
        return
    if setback:
        setback.delete()
    instance.save(clean=False, update_fields=["confirmed_at"])  # type: ignore[call-arg]  # of Wagtail


def connect() -> None:
    page_published.connect(offer_published, sender=OfferPage, dispatch_uid="offers.freshness.published")
