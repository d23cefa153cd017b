"""Limits hold in all processes: failed sign-ins and used codes are counted in the database, not in each process for itself."""

from typing import Any

from allauth.account import app_settings as account_settings
from allauth.core.internal import ratelimit
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import caches
from django.core.management import call_command
from django.http import HttpRequest
from django.utils.connection import ConnectionProxy

SHARED = ConnectionProxy(caches, "limits")
# Which limits an address is subject to, where it answers 429.
ACTIONS = {
    "account_login": ("login", "login_failed"),
    "account_reset_password": ("reset_password",),
    "account_reset_password_from_key": ("reset_password_from_key",),
    "account_change_password": ("change_password",),
    "account_reauthenticate": ("reauthenticate",),
    "account_email": ("manage_email",),
    "mfa_login_webauthn": ("webauthn_login",),
}


def count_in_shared_cache() -> None:
    """allauth counts in the default cache, which is one a process. Its two modules that count get the one of all processes.

    Raises AttributeError where a new version of allauth has no such names: better no start than no limits.
    """
    for module in (ratelimit, totp):
        module.cache  # noqa: B018  looked up for the error
        module.cache = SHARED


def make_table(**kwargs: Any) -> None:
    """The table of the counts, made with the other tables (signal post_migrate). Does nothing where it is."""
    call_command("createcachetable", verbosity=0, database=kwargs.get("using", "default"))


def longest_wait(request: HttpRequest) -> int:
    """Seconds after which the address answers again at the latest: the longest window of its limits."""
    name = request.resolver_match.url_name if request.resolver_match else None
    rates = {**account_settings.RATE_LIMITS, **mfa_settings.RATE_LIMITS}
    windows = [rate.duration for action in ACTIONS.get(name or "", ()) for rate in ratelimit.parse_rates(rates.get(action))]
    return int(max(windows, default=60))
