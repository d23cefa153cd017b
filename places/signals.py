"""A saved place is found at once, in every process."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from places import resolver
from places.models import Place, Postcode


@receiver([post_save, post_delete], sender=Place, dispatch_uid="places.place_changed")
@receiver([post_save, post_delete], sender=Postcode, dispatch_uid="places.postcode_changed")
def place_changed(**_arguments: Any) -> None:
    resolver.changed()


@receiver(m2m_changed, sender=Postcode.places.through, dispatch_uid="places.postcode_places_changed")
def postcode_places_changed(action: str, **_arguments: Any) -> None:
    if action.startswith("post_"):
        resolver.changed()
