"""Accounts: what has to follow when one changes."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.models import User


@receiver(post_save, sender=User, dispatch_uid="cms.forget_former_addresses")
def forget_former_addresses(instance: User, update_fields: Any = None, raw: bool = False, **kwargs: Any) -> None:
    """The library remembers every address an account ever had, and would still send a new password there."""
    if raw or (update_fields is not None and "email" not in update_fields):
        return
    EmailAddress.objects.filter(user=instance).exclude(email__iexact=instance.email).delete()
