"""The district's work list: what nobody has confirmed, by provider, with the telephone number. And the words of the history."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter

from cms import log_words
from cms.menu import MenuItemFor
from cms.models import User
from offers.freshness import actions
from offers.freshness.cases import Case, House, district_rules, houses, spans_of
from offers.freshness.mails import ask
from offers.freshness.rules import State
from offers.models import ConfirmationMail, ProviderIndexPage, ProviderPage


def keeps_the_directory(user: User | AnonymousUser) -> bool:
    """Whether somebody works for the district: may change the directory of providers itself."""
    index = ProviderIndexPage.objects.first()
    return user.is_superuser or bool(index and index.permissions_for_user(user).can_edit())


@require_safe
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """Providers with offers that nobody confirms, the most overdue first. A constant number of queries."""
    _only_the_district(request)
    found = overdue(timezone.localdate())
    waiting = [{"house": house, "cases": cases, "declined": bool(house.addresses) and not house.reminded} for house, cases in found]
    return TemplateResponse(request, "wagtailadmin/freshness/unconfirmed.html", {"waiting": waiting, "rules": district_rules()})


def overdue(today: date) -> list[tuple[House, list[Case]]]:
    """Providers with what nobody confirms there, the most overdue first. A constant number of queries."""
    found = [(house, cases) for house in houses(today, spans_of(district_rules())) if (cases := _overdue(house))]
    return sorted(found, key=lambda each: (-max(case.days_lapsed for case in each[1]), each[0].provider.pk))


@require_POST
def settle(request: HttpRequest, provider_id: int) -> HttpResponse:
    """One of three: `confirm` the ticked offers after a call, `hide` them, or write the mail again (`remind`)."""
    user = _only_the_district(request)
    today, spans = timezone.localdate(), spans_of(district_rules())
    with transaction.atomic():
        provider = ProviderPage.objects.select_for_update().filter(pk=provider_id, live=True).first()
        if provider is None:
            raise Http404
        (house,) = houses(today, spans, [provider])
        ticked = set(request.POST.getlist("offer"))
        chosen = [case for case in house.cases if str(case.offer.pk) in ticked]
        if "remind" in request.POST:
            if ConfirmationMail.objects.filter(provider=provider, sent_on=today).exists():
                messages.warning(request, _("Heute ging schon eine Mail an %(name)s.") % {"name": provider.title})
            elif not house.reminded:
                messages.error(request, _("%(name)s hat keine Adresse, an die wir schreiben dürfen.") % {"name": provider.title})
            else:
                ask(house, "reminder", house.reminded, spans, today)
                messages.success(request, _("Die Mail an %(name)s ist geschrieben.") % {"name": provider.title})
        elif not chosen:
            messages.error(request, _("Es war nichts angekreuzt."))
        elif "confirm" in request.POST:
            for case in chosen:
                actions.confirm(case.offer, today, user=user)
            messages.success(request, ngettext("%(n)s Angebot bestätigt.", "%(n)s Angebote bestätigt.", len(chosen)) % {"n": len(chosen)})
        elif "hide" in request.POST:
            _hide([case for case in chosen if case.offer.live], provider, user)
            messages.success(request, ngettext("%(n)s Angebot verborgen.", "%(n)s Angebote verborgen.", len(chosen)) % {"n": len(chosen)})
    return redirect("unconfirmed_offers")


def _hide(cases: list[Case], provider: ProviderPage, user: User) -> None:
    """By hand, with the same notice; who has no address has had a call."""
    today, spans = timezone.localdate(), spans_of(district_rules())
    for case in cases:
        actions.hide(case.offer, today, user=user)
    (house,) = houses(today, spans, [provider])
    if cases:
        ask(house, "hidden", house.addresses, spans, today)


def _overdue(house: House) -> list[Case]:
    return [case for case in house.cases if case.state >= State.WORK_LIST]


def _only_the_district(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not keeps_the_directory(request.user):
        raise PermissionDenied
    return request.user


class SaidBy(LogFormatter):
    """Adds who said it, where nobody was signed in."""

    def format_message(self, log_entry: Any) -> str:
        said_by = log_entry.data.get("said_by")
        return f"{self.message} ({said_by})" if said_by else str(self.message)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("nicht-bestaetigt/", unconfirmed, name="unconfirmed_offers"),
        path("nicht-bestaetigt/<int:provider_id>/", settle, name="settle_offers"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return MenuItemFor(
        lambda request: keeps_the_directory(request.user),
        _("Nicht bestätigt"),
        reverse("unconfirmed_offers"),
        name="unconfirmed",
        icon_name="circle-check",
        order=260,
    )


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    for action, label, message in (
        (actions.CONFIRMED, gettext_lazy("Bestätigen"), gettext_lazy("Bestätigt")),
        (actions.ENDED, gettext_lazy("Findet nicht mehr statt"), gettext_lazy("Findet nicht mehr statt")),
        (actions.LOWERED, gettext_lazy("Zurückstufen"), gettext_lazy("Zurückgestuft, weil es lange niemand bestätigt hat")),
        (actions.LIFTED, gettext_lazy("Nicht mehr zurückstufen"), gettext_lazy("Nicht mehr zurückgestuft")),
        (actions.HIDDEN, gettext_lazy("Verbergen"), gettext_lazy("Verborgen, weil es niemand bestätigt hat")),
        (actions.RESTORED, gettext_lazy("Wieder zeigen"), gettext_lazy("Wieder online, wie es war")),
    ):
        log_words.register(registry, action, SaidBy, label=label, message=message)
