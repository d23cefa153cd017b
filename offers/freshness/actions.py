"""What can happen to one offer, each in one transaction with its line in the history.

All of it goes through saving or publishing the page, so that whoever follows pages (the search does) follows this too.
"""

from datetime import date
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from cms.models import User
from offers.models import OfferPage, Setback, SetbackKind

CONFIRMED, ENDED = "offers.confirmed", "offers.ended"
LOWERED, LIFTED, HIDDEN, RESTORED = "offers.lowered", "offers.lifted", "offers.hidden", "offers.restored"


@transaction.atomic
def confirm(offer: OfferPage, today: date, *, user: User | None = None, said_by: str = "") -> bool:
    """Somebody says that the offer is true; one that was hidden is online again as it was. Returns whether it was hidden.

    `said_by`: who, where nobody is signed in: the address to which the link was sent.
    """
    setback = Setback.objects.select_related("revision").filter(offer=offer).first()
    if setback:
        setback.delete()
    _keep(offer, today)
    log(instance=offer, action=CONFIRMED, user=user, data=_who(said_by))
    if not (setback and setback.kind == SetbackKind.HIDDEN) or offer.live:
        return False
    revision = setback.revision or offer.save_revision(user=user, clean=False)
    revision.publish(user=user, log_action=RESTORED, skip_permission_checks=True)
    return True


@transaction.atomic
def end(offer: OfferPage, *, user: User | None = None, said_by: str = "") -> None:
    """Somebody says that it does not take place any more: it is a draft again, which nobody is asked about."""
    Setback.objects.filter(offer=offer).delete()
    log(instance=offer, action=ENDED, user=user, data=_who(said_by))
    if offer.live:
        offer.unpublish(user=user)


@transaction.atomic
def hide(offer: OfferPage, today: date, *, user: User | None = None) -> None:
    """Families do not see it any more, until somebody confirms it. The caller writes the notice in the same transaction."""
    Setback.objects.update_or_create(offer=offer, defaults={"kind": SetbackKind.HIDDEN, "since": today, "revision": offer.live_revision})
    offer.unpublish(user=user, log_action=HIDDEN)


@transaction.atomic
def lower(offer: OfferPage, today: date) -> None:
    """Families find it further down."""
    Setback.objects.update_or_create(offer=offer, defaults={"kind": SetbackKind.LOWERED, "since": today})
    _keep(offer, offer.confirmed_at)
    log(instance=offer, action=LOWERED)


@transaction.atomic
def lift(offer: OfferPage) -> None:
    """It is found where it belongs again."""
    Setback.objects.filter(offer=offer, kind=SetbackKind.LOWERED).delete()
    _keep(offer, offer.confirmed_at)
    log(instance=offer, action=LIFTED)


def _keep(offer: OfferPage, confirmed_at: date | None) -> None:
    """Write this one field: a save is what the search listens to, and a draft that somebody is writing stays as it is."""
    offer.confirmed_at = confirmed_at
    offer.save(clean=False, update_fields=["confirmed_at"])  # type: ignore[call-arg]  # of Wagtail


def _who(said_by: str) -> dict[str, Any] | None:
    return {"said_by": said_by} if said_by else None
