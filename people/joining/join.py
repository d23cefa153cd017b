"""The page behind an invitation's link: says who and what, then lets somebody choose a password or a passkey.

Opening it changes nothing: mail scanners open every link.
"""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.models import User
from people.accounts import factors, mailbox
from people.joining import journal, links
from people.joining.forms import JoinForm
from people.models import Team


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """`/konto/einladung/…/`."""
    try:
        if request.method != "POST":
            person = links.read(token)
            return _page(request, person, JoinForm(person))
        return _join(request, token)
    except signing.SignatureExpired:
        return render(request, "account/join_refused.html", {"why": "expired"}, status=410)
    except links.UsedLinkError:
        return render(request, "account/join_refused.html", {"why": "used"}, status=410)
    except (signing.BadSignature, ValueError, TypeError):
        return render(request, "account/join_refused.html", {"why": "broken"}, status=404)


@transaction.atomic
def _join(request: HttpRequest, token: str) -> HttpResponse:
    """The account's row is locked, so that the link opens once, however often it is sent at the same moment."""
    person = links.read(token, lock=True)
    form = JoinForm(person, request.POST)
    by_passkey = "passkey" in request.POST
    if not by_passkey and not form.is_valid():
        return _page(request, person, form)
    if request.user.is_authenticated:
        logout(request)
    if by_passkey:
        target = f"{reverse('mfa_add_webauthn')}?{urlencode({'next': reverse('wagtailadmin_home')})}"
    else:
        person.set_password(form.cleaned_data["password"])
        person.save(update_fields=["password"])
        record_authentication(request, person, "password", email=person.email)
        target = reverse("second_factor") if factors.is_required(person) else reverse("wagtailadmin_home")
    response = perform_login(request, Login(user=person, redirect_url=target))
    if request.user.is_authenticated:
        mailbox.prove(request, person)
    journal.note(person, "joined", by=person)
    return response


def _page(request: HttpRequest, person: User, form: JoinForm) -> HttpResponse:
    teams = Team.objects.filter(group__user=person).values_list("group__name", flat=True).order_by("group__name")
    return render(request, "account/join.html", {"person": person, "teams": teams, "form": form})
