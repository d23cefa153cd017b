"""Who needs a second factor, who has one, and whether this session was opened with it."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest

from cms.models import User
from people.roles import needs_second_factor


def factors_of(user: User | AnonymousUser) -> QuerySet[Authenticator]:
    """Apps and passkeys. Recovery codes only stand in for one of them."""
    return Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)


def is_required(user: User) -> bool:
    """Whether somebody's role asks for more than a password. One query at most."""
    return settings.SECOND_FACTOR_REQUIRED and needs_second_factor(user)


def has_passed(request: HttpRequest) -> bool:
    """Whether this session has seen a passkey, a code of the app or a recovery code of the person signed in. No query."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def may_remove(authenticator: Authenticator) -> bool:
    """A factor goes if another one stays, or if nobody asks for it."""
    user = User.objects.get(pk=authenticator.user_id)
    return not is_required(user) or factors_of(user).exclude(pk=authenticator.pk).exists()
