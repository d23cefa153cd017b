"""What stands before the admin: the second factor, and the end of sessions that nobody uses."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.middleware import PRIVATE_PATHS
from cms.models import User
from people.accounts import factors, log, mailbox

# What somebody without their second factor may open: the way in, the way out, and the way to the factor.
BEFORE_THE_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_reauthenticate",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "second_factor",
    }
)
SET_UP = frozenset({"mfa_activate_totp", "mfa_add_webauthn"})
# A session's end moves with its use; written at most this often.
RENEW_SECONDS = 5 * 60
SEEN = "accounts.seen"


class SecondFactorMiddleware:
    """Nothing of the admin or of one's own account is answered before the second factor, whatever the method or format.

    That holds for everybody whose role needs one, and for everybody who has one: a session from before, opened with the password
    alone, has to show it too. Whoever has none yet and needs one first proves the mailbox, then sets one up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED or not request.path.startswith(PRIVATE_PATHS):
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        user = request.user
        if name in BEFORE_THE_FACTOR or not isinstance(user, User) or factors.has_passed(request):
            return None
        has_one = factors.factors_of(user).exists()
        if not has_one and (not factors.is_required(user) or (name in SET_UP and mailbox.is_proved(request))):
            return None
        return self.refuse(request)

    def refuse(self, request: HttpRequest) -> HttpResponse:
        """To the page that helps; a script that asks for data gets a plain no."""
        if request.headers.get("X-Requested-With") == "XMLHttpRequest" or "application/json" in (
            request.headers.get("Accept", ""),
            request.content_type,
        ):
            return HttpResponseForbidden(_("Erst der zweite Schritt der Anmeldung, dann geht es weiter."), content_type="text/plain")
        target = request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
        return HttpResponseRedirect(f"{reverse('second_factor')}?{urlencode({'next': target})}")


class IdleSessionMiddleware:
    """Sessions end when nobody uses them: after a working day, sooner for those who may do more. Public pages never look at them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PRIVATE_PATHS) and isinstance(request.user, User):
            renew(request, request.user)
        response = self.get_response(request)
        if request.path.startswith("/admin/") and response.status_code == 200 and isinstance(request.user, User):
            note_download(request, request.user)
        return response


def renew(request: HttpRequest, user: User) -> None:
    """Move the session's end, at most every five minutes: one write then, none in between."""
    now = int(time.time())
    if now - request.session.get(SEEN, 0) < RENEW_SECONDS:
        return
    request.session[SEEN] = now
    hours = settings.SESSION_HOURS_SECOND_FACTOR if factors.is_required(user) else settings.SESSION_HOURS
    request.session.set_expiry(hours * 3600)
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


def note_download(request: HttpRequest, user: User) -> None:
    """Tables that somebody takes out of the admin hold people's names; Wagtail's lists all call it `export`."""
    if request.method == "GET" and request.GET.get("export") in ("csv", "xlsx"):
        log.download(user, request.path)
