"""One tap each: a button, a POST, and back to where it stood, with the way to take it back beside it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.models import User
from offers import wording
from offers.desk import actions
from offers.freshness.actions import confirm as confirm_offer
from offers.models import OfferPage, Setback, SetbackKind

# What the desk says beside an offer the next time it is shown: {"offer", "text", "undo": the name of the address, "date"}.
NOTICE = "desk_notice"
Tap = Callable[[HttpRequest, User, OfferPage], dict[str, Any] | HttpResponse]


def person(request: HttpRequest) -> User:
    """Who is signed in; Wagtail has asked for that."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def own_offer(request: HttpRequest, pk: int, *, lock: bool = False) -> OfferPage:
    """The offer, for whoever may edit it. For anybody else there is none: Http404."""
    offers = OfferPage.objects.select_for_update() if lock else OfferPage.objects.all()
    offer: OfferPage | None = offers.filter(pk=pk).first()
    if offer is None or not offer.permissions_for_user(person(request)).can_edit():
        raise Http404
    return offer


def tap(act: Tap) -> Callable[[HttpRequest, int], HttpResponse]:
    """A view from what happens to one offer, which is locked meanwhile: whoever taps twice finds it done."""

    @require_POST
    @transaction.atomic
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        offer = own_offer(request, pk, lock=True)
        done = act(request, person(request), offer)
        if isinstance(done, HttpResponse):
            return done
        request.session[NOTICE] = {"offer": pk, **done}
        return back(request, pk)

    return view


def back(request: HttpRequest, pk: int) -> HttpResponse:
    """To the offer on the desk, with the same provider and page of the list."""
    kept = {name: value for name in ("anbieter", "seite") if (value := request.POST.get(name, "")).isdecimal()}
    query = f"?{urlencode(kept)}" if kept else ""
    return redirect(f"{reverse('wagtailadmin_home')}{query}#angebot-{pk}")


def _day(request: HttpRequest) -> date:
    """The day that the button names. Raises Http404 for anything else."""
    try:
        day = parse_date(request.POST.get("date", ""))
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return day


@tap
def cancel_date(request: HttpRequest, user: User, offer: OfferPage) -> dict[str, Any]:
    day = _day(request)
    if not offer.occurrences(day, day, with_cancelled=True) and not _is_known(offer, day):
        return {"text": _("An diesem Tag ist kein Termin.")}
    actions.cancel_date(offer, day, user)
    text = _("Fällt am %(day)s aus. Familien sehen es schon.") if offer.live else _("Fällt am %(day)s aus.")
    return {"text": text % {"day": wording.day_and_month(day)}, "undo": "offer_restore_date", "date": day.isoformat()}


@tap
def restore_date(request: HttpRequest, user: User, offer: OfferPage) -> dict[str, Any]:
    day = _day(request)
    actions.restore_date(offer, day, user)
    text = _("Findet am %(day)s statt.") % {"day": wording.day_and_month(day)}
    return {"text": text, "undo": "offer_cancel_date", "date": day.isoformat()}


def _is_known(offer: OfferPage, day: date) -> bool:
    """Whether the rules' date on this day is moved elsewhere."""
    return any(each.date == day for each in offer.exceptions.all())


@tap
def confirm(request: HttpRequest, user: User, offer: OfferPage) -> dict[str, Any]:
    hidden = Setback.objects.filter(offer=offer, kind=SetbackKind.HIDDEN).exists()
    if not (offer.live or hidden):
        return {"text": _("Bestätigen lässt sich nur, was Familien sehen.")}
    today = timezone.localdate()
    if hidden or offer.confirmed_at != today:
        confirm_offer(offer, today, user=user)
    return {"text": _("Danke. Es ist wieder online und bestätigt.") if hidden else _("Danke. Familien lesen: heute bestätigt.")}


@tap
def take_off(request: HttpRequest, user: User, offer: OfferPage) -> dict[str, Any]:
    if offer.live:
        if not offer.permissions_for_user(user).can_unpublish():
            return {"text": _("Das Angebot liegt gerade beim Kreis. Rufen Sie dort an, damit es offline geht.")}
        offer.unpublish(user=user)
    return {"text": _("Nicht mehr online."), "undo": "offer_put_online"}


@tap
def put_online(request: HttpRequest, user: User, offer: OfferPage) -> dict[str, Any] | HttpResponse:
    """Online, or to the district where it reads first."""
    permissions = offer.permissions_for_user(user)
    if offer.live and not offer.has_unpublished_changes:
        return {"text": _("Ist online."), "undo": "offer_take_off"}
    try:
        if permissions.can_publish() and not permissions.page_locked():
            actions.put_online(offer, user)
            return {"text": _("Ist online."), "undo": "offer_take_off"}
        if offer.workflow_in_progress:
            return {"text": _("Liegt beim Kreis. Sie bekommen eine Mail, sobald es gelesen ist.")}
        if not permissions.can_submit_for_moderation():
            raise PermissionDenied
        actions.hand_in(offer, user)
    except ValidationError as error:
        messages.error(request, _("Noch nicht online. %(remedy)s") % {"remedy": " ".join(error.messages)})
        return redirect("wagtailadmin_pages:edit", offer.pk)
    return {"text": _("Liegt beim Kreis. Sie bekommen eine Mail, sobald es gelesen ist.")}


@tap
def copy(request: HttpRequest, user: User, offer: OfferPage) -> dict[str, Any] | HttpResponse:
    made = actions.copy(offer, user)
    messages.success(request, _("Das ist die Kopie, noch ein Entwurf. Ändern Sie, was anders ist."))
    return redirect("wagtailadmin_pages:edit", made.pk)
