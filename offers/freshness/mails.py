"""The one mail that a provider gets about its listings."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cms.mail import letters
from offers.freshness.cases import Case, House
from offers.freshness.links import Link, full, mark_of, stop_token
from offers.freshness.rules import Kind, Spans, State
from offers.models import ConfirmationMail


def ask(house: House, kind: Kind, to: Sequence[str], spans: Spans, today: date) -> int:
    """Write to each of these addresses about all of the provider's offers that are due or hidden, and note it; returns how many mails.

    To be called in the transaction of what it tells of.
    """
    about = [case for case in house.cases if case.state != State.FRESH]
    if not (to and about):
        return 0
    offer_ids = tuple(case.offer.pk for case in about)
    for address in to:
        token = Link(house.provider.pk, mark_of(address), offer_ids, today).token()
        context = {
            "kind": kind,
            "provider": house.provider,
            "hidden": [_item(case, token, spans, today) for case in about if case.hidden_on],
            "due": [_item(case, token, spans, today) for case in about if not case.hidden_on],
            "confirm_url": full("confirm_offers", token),
        }
        letters.send(address, "freshness", context, stop_url=full("stop_reminders", stop_token(address)), one_click=True)
    mail = ConfirmationMail.objects.create(provider=house.provider, kind=kind, sent_on=today, recipients=list(to))
    mail.offers.set(offer_ids)
    return len(to)


def _item(case: Case, token: str, spans: Spans, today: date) -> dict[str, Any]:
    return {
        "offer": case.offer,
        "title": case.offer.title,
        "confirmed_on": case.facts.confirmed_at,
        "hides_on": case.facts.hides_on(spans, today),
        "edit_url": full("wagtailadmin_pages:edit", case.offer.pk),
        "end_url": full("end_offer", token, case.offer.pk),
    }
