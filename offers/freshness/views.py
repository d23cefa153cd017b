"""The pages behind the links of the mails. Opening them changes nothing: mail scanners open every link."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from offers.freshness import actions
from offers.freshness.links import Link, is_marked, who_stops
from offers.freshness.recipients import addresses, anybody
from offers.models import MailOptOut, OfferPage, ProviderPage, Setback, SetbackKind

View = Callable[..., HttpResponse]


def of_a_mail(view: View) -> View:
    """In no cache. The signed address is what a foreign page cannot know, so that no cookie needs to prove where a form came from."""

    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(cache_control(private=True, no_store=True)(view)))


@dataclass(frozen=True, slots=True)
class Row:
    """One offer of the link. `open`: it can be confirmed; `hidden`: families do not see it until then."""

    offer: OfferPage
    state: Literal["open", "confirmed", "gone"]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a link asks, at which address, about what."""

    provider: ProviderPage
    address: str
    link: Link


@of_a_mail
def confirm_offers(request: HttpRequest, token: str) -> HttpResponse:
    """`/bestaetigen/…/`: the offers of the mail, all ticked; sent, the ticked ones are confirmed."""
    asked = _read(request, token)
    if isinstance(asked, HttpResponse):
        return asked
    rows = _rows(asked)
    nothing_ticked = False
    if request.method == "POST":
        ticked = set(request.POST.getlist("offer"))
        chosen = [row.offer for row in rows if str(row.offer.pk) in ticked and row.state == "open"]
        for offer in chosen:
            actions.confirm(offer, timezone.localdate(), said_by=asked.address)
        if chosen or not any(row.state == "open" for row in rows):
            # What the page then shows, it reads from the offers.
            return redirect("confirm_offers", token)
        nothing_ticked = True
    context = {
        "token": token,
        "provider": asked.provider,
        "open": [row for row in rows if row.state == "open"],
        "confirmed": [row for row in rows if row.state == "confirmed"],
        "gone": [row for row in rows if row.state == "gone"],
        # Deleted ones have no title any more.
        "deleted": len(asked.link.offer_ids) - len(rows),
        "nothing_ticked": nothing_ticked,
    }
    return render(request, "offers/freshness/confirm.html", context)


@of_a_mail
def end_offer(request: HttpRequest, token: str, offer_id: int) -> HttpResponse:
    """`/bestaetigen/…/endet/…/`: asks once more; sent, the offer is offline."""
    asked = _read(request, token)
    if isinstance(asked, HttpResponse):
        return asked
    row = next((row for row in _rows(asked) if row.offer.pk == offer_id), None)
    if row is None or row.state == "gone":
        return redirect("confirm_offers", token)
    if request.method == "POST":
        actions.end(row.offer, said_by=asked.address)
        return redirect("confirm_offers", token)
    return render(request, "offers/freshness/end.html", {"token": token, "provider": asked.provider, "offer": row.offer})


@of_a_mail
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    """`/erinnerungen/…/`: whether this address gets reminders, and a button to change it. Mail programs send their one click (RFC 8058)."""
    try:
        mark = who_stops(token)
    except signing.BadSignature:
        return _refuse(request, "broken", 404)
    address = mark if "@" in mark else anybody(partial(is_marked, mark=mark))
    if address is None:
        # Nobody writes to an address that we do not know any more: what the link asks for is so.
        return render(request, "offers/freshness/stop.html", {"address": ""})
    if request.method == "POST":
        if "resume" in request.POST:
            MailOptOut.objects.filter(address=address).delete()
        else:
            MailOptOut.objects.get_or_create(address=address, defaults={"since": timezone.localdate()})
        if "List-Unsubscribe" not in request.POST:
            return redirect("stop_reminders", token)
    stopped = MailOptOut.objects.filter(address=address).first()
    return render(request, "offers/freshness/stop.html", {"address": address, "stopped": stopped})


def _read(request: HttpRequest, token: str) -> Asked | HttpResponse:
    """What the link says, or a refusal where it is worth nothing (any more)."""
    try:
        link = Link.read(token)
    except signing.SignatureExpired:
        return _refuse(request, "expired", 410)
    except (signing.BadSignature, ValueError, TypeError):
        return _refuse(request, "broken", 404)
    provider = ProviderPage.objects.filter(pk=link.provider_id, live=True).first()
    if provider is None:
        return _refuse(request, "gone", 410)
    address = next((each for each in addresses([provider])[provider.pk] if is_marked(each, link.mark)), None)
    if address is None:
        # Whoever has left cannot speak for the house any more.
        return _refuse(request, "left", 403)
    return Asked(provider, address, link)


def _refuse(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "offers/freshness/refused.html", {"why": why}, status=status)


def _rows(asked: Asked) -> list[Row]:
    """The offers of the link that are still the provider's. Three queries."""
    link = asked.link
    hidden = set(Setback.objects.filter(offer__in=link.offer_ids, kind=SetbackKind.HIDDEN).values_list("offer", flat=True))
    offers = OfferPage.objects.child_of(asked.provider).filter(pk__in=link.offer_ids).order_by("title")
    return [Row(offer, _state(offer, offer.pk in hidden, link.written_on), offer.pk in hidden) for offer in offers]


def _state(offer: OfferPage, hidden: bool, written_on: date) -> Literal["open", "confirmed", "gone"]:
    if not offer.live and not hidden:
        return "gone"
    return "confirmed" if offer.confirmed_at and offer.confirmed_at >= written_on and not hidden else "open"
