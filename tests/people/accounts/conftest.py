"""People of each role, with the gate as production has it."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import Permission
from django.urls import reverse

from cms.models import User
from people.models import RoleName
from people.roles import ensure_team

PASSWORD = "ein-langes-passwort"


@pytest.fixture(autouse=True)
def _gate(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def member(email: str, role: RoleName) -> User:
    user = User.objects.create_user(email, PASSWORD, first_name=email.split("@")[0].title(), last_name="Muster")
    user.groups.add(ensure_team(role).group)
    return user


@pytest.fixture
def kita(db) -> User:
    """An editor of the admin without a role that asks for more."""
    user = User.objects.create_user("kita@example.com", PASSWORD, first_name="Kim", last_name="Muster")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


@pytest.fixture
def press(db) -> User:
    return member("presse@example.com", RoleName.PRESS)


@pytest.fixture
def district(db) -> User:
    return member("kreis@example.com", RoleName.DISTRICT)


@pytest.fixture
def admin(db) -> User:
    return User.objects.create_superuser("admin@example.com", PASSWORD, first_name="Ada", last_name="Muster")


def code_of(secret: str) -> str:
    """What an app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client, user, password=PASSWORD, **data):
    return client.post(reverse("account_login"), {"login": user if isinstance(user, str) else user.email, "password": password, **data})
