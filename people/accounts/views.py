"""Pages of ours beside allauth's: the way to the second factor, where one is signed in, and what waits."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.models import User
from people.accounts import factors, limits, mailbox
from people.accounts.agents import describe
from people.accounts.forms import MailboxForm


def authenticated(request: HttpRequest) -> User:
    """Who is signed in. Raises PermissionDenied where nobody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where somebody without their second factor lands: to show it, to prove the mailbox, or to choose one."""
    user = authenticated(request)
    target = get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL
    if factors.has_passed(request):
        return redirect(target)
    if factors.factors_of(user).exists():
        by_code = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN).exists()
        page = reverse("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn")
        return redirect(f"{page}?{urlencode({'next': target})}")
    if not factors.is_required(user) or mailbox.is_proved(request):
        return render(request, "account/second_factor.html", {"required": factors.is_required(user)})
    form = MailboxForm(request.POST if "code" in request.POST else None)
    if form.is_bound and form.is_valid():
        if mailbox.check_code(request, form.cleaned_data["code"]):
            return redirect(request.get_full_path())
        form.add_error("code", _("Dieser Code stimmt nicht, oder er ist abgelaufen. Nach fünf Versuchen brauchen Sie einen neuen."))
    elif request.method == "POST" and not form.is_bound:
        if not mailbox.send_code(request, user):
            messages.error(request, _("Drei Codes sind unterwegs. In zehn Minuten können Sie einen neuen anfordern."))
        return redirect(request.get_full_path())
    return render(request, "account/second_factor_mail.html", {"form": form, "asked": mailbox.has_asked(request)})


class LastFactorStays:
    """Two factors taken away at the same moment: the account's row is locked, so that the second request sees what the first has left."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=authenticated(request).pk)
            return super().post(request, *args, **kwargs)  # type: ignore[misc]


class DeactivateApp(LastFactorStays, DeactivateTOTPView):
    """allauth's form asks the adapter itself whether the app may go."""


class RemovePasskey(LastFactorStays, RemoveWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        if not factors.may_remove(self.get_object()):
            messages.error(self.request, _("Ihre Aufgabe braucht einen zweiten Schritt. Richten Sie zuerst einen anderen ein."))
            return HttpResponseRedirect(self.get_success_url())
        return super().form_valid(form)


class Sessions(ListUserSessionsView):
    """Where one is signed in; ends one other session, or all of them."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = describe(session.user_agent)
        context["sessions"].sort(key=lambda session: (not session.is_current(), -session.last_seen_at.timestamp()))
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.POST.get("session", "").isdigit():
            return super().post(request, *args, **kwargs)
        session = get_object_or_404(UserSession, pk=int(request.POST["session"]), user_id=request.user.pk)
        if not session.is_current():
            session.end()
            messages.success(request, _("Dort sind Sie abgemeldet."))
        return redirect("usersessions_list")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429, with the time after which one may come again."""
    seconds = limits.longest_wait(request)
    minutes = max(1, -(-seconds // 60))
    wait = ngettext("eine Minute", "%(count)d Minuten", minutes) % {"count": minutes}
    response = render(request, "429.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(seconds)
    return response
