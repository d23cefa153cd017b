"""The link of an invitation: signed, for one account, good until it is used. Nothing happens by opening it."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from cms.models import User

VALID_FOR = timedelta(days=30)
SALT = "people.joining"


class UsedLinkError(Exception):
    """The account has changed since: the link was used, or another way in was found."""


def can_sign_in(person: User) -> bool:
    """Whether an account has a password or a passkey. One query at most."""
    return person.has_usable_password() or Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()


def address_for(person: User) -> str:
    """The whole address, as a mail needs it."""
    token = signing.dumps([person.pk, _state(person)], salt=SALT, compress=True)
    return full("join", token)


def read(token: str, *, lock: bool = False) -> User:
    """The account of a link; with `lock` its row is locked, in a transaction.

    Raises signing.SignatureExpired for one that was true once, UsedLinkError for one that is used up, signing.BadSignature for any other.
    """
    key, state = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    people = User.objects.select_for_update() if lock else User.objects.all()
    person = people.filter(pk=key, is_active=True).first()
    if person is None or not constant_time_compare(state, _state(person)) or can_sign_in(person):
        raise UsedLinkError
    return person


def full(name: str, *arguments: object) -> str:
    """The whole address of a page."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=arguments)}"


def _state(person: User) -> str:
    """Changes with the first sign-in, a password, another address, and when the account is closed."""
    values = (person.password, person.last_login, person.email, person.is_active)
    return salted_hmac(SALT, repr(values), algorithm="sha256").hexdigest()[:32]
