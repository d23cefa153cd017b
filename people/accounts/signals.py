"""What happens to accounts goes into the log; the first factor counts at once in the session that set it up."""

import ipaddress
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset, authenticator_used
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context

from cms.models import User
from people.accounts import factors, log

RIGHTS = ("is_superuser", "is_active")


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    log.note(user, "sign_in", by=user)


@receiver(authenticator_added)
def added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        log.note(user, "recovery_codes_made", by=user)
        return
    log.note(user, "factor_added", name_of(authenticator), by=user)
    if not factors.factors_of(user).exclude(pk=authenticator.pk).exists():
        # Who has just set it up has just shown it. All other sessions will be asked for it.
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@receiver(authenticator_removed)
def removed(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    log.note(user, "factor_removed", name_of(authenticator), by=user)


@receiver(authenticator_reset)
def reset(user: User, **kwargs: Any) -> None:
    log.note(user, "recovery_codes_made", by=user)


@receiver(authenticator_used)
def used(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        log.note(user, "recovery_code_used", by=user)


@receiver(authentication_failed)
def failed(user: User, **kwargs: Any) -> None:
    log.note(user, "second_factor_failed")


@receiver([password_changed, password_reset, password_set])
def new_password(user: User, **kwargs: Any) -> None:
    log.note(user, "password_changed", by=user)


@receiver(m2m_changed, sender=User.groups.through)
def groups_changed(instance: User | Group, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Into a group or out of it, from either side."""
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    if isinstance(instance, User):
        groups = instance.groups.all() if pk_set is None else Group.objects.filter(pk__in=pk_set)
        pairs = [(instance, list(groups.values_list("name", flat=True)))]
    else:
        members = User.objects.filter(groups=instance) if pk_set is None else User.objects.filter(pk__in=pk_set)
        pairs = [(user, [instance.name]) for user in members]
    sign = "+" if action == "post_add" else "−"
    for user, names in pairs:
        if names:
            log.note(user, "rights_changed", [f"{sign} {name}" for name in names], by=get_active_log_context().user)


@receiver(pre_save, sender=User)
def flags_changed(instance: User, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """May do everything, or nothing any more."""
    if instance.pk is None or (update_fields is not None and not set(RIGHTS) & set(update_fields)):
        return
    before = User.objects.filter(pk=instance.pk).values(*RIGHTS).first()
    if before is None:
        return
    words = {"is_superuser": _("darf alles"), "is_active": _("Konto offen")}
    changed = [
        f"{'+' if getattr(instance, field) else '−'} {words[field]}" for field in RIGHTS if before[field] != getattr(instance, field)
    ]
    if changed:
        log.note(instance, "rights_changed", changed, by=get_active_log_context().user)


@receiver(pre_save, sender=UserSession)
def no_exact_address(instance: UserSession, **kwargs: Any) -> None:
    """The list of one's own sessions needs no machine's address: its network is kept, for want of an empty field."""
    address = ipaddress.ip_address(instance.ip)
    network = ipaddress.ip_network((address, 16 if address.version == 4 else 32), strict=False)
    instance.ip = str(network.network_address)


def name_of(authenticator: Authenticator) -> str:
    """What people call it."""
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        return _("Passkey „%(name)s“") % {"name": authenticator}
    return _("App") if authenticator.type == Authenticator.Type.TOTP else _("Notfall-Codes")
