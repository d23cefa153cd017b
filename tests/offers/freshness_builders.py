"""Providers with offers that were confirmed on a day, and what they got by mail."""

import re
from datetime import date

from django.core import mail
from wagtail.models import Site

from offers.models import ListingRules, OfferPage
from tests.offers.builders import offer, provider

CONFIRMED = date(2026, 3, 10)
LAPSES = date(2026, 9, 10)


def house(key="kita-nassau", offers=1, confirmed=CONFIRMED, email=None, **fields):
    """A provider with an address and so many published offers."""
    page = provider(key, email=f"{key}@example.org" if email is None else email, **fields)
    for number in range(offers):
        made = offer(page, f"{key}-{number}", title=f"Angebot {number} von {key}")
        made.save_revision().publish()
        OfferPage.objects.filter(pk=made.pk).update(confirmed_at=confirmed)
    return page


def offers_of(page):
    return list(OfferPage.objects.child_of(page).order_by("pk"))


def rules(**values):
    chosen = ListingRules.for_site(Site.objects.get(is_default_site=True))
    for name, value in values.items():
        setattr(chosen, name, value)
    chosen.save()


def link(message, name="bestaetigen"):
    """The path of the link in a mail's text that speaks of all offers, or of the reminders."""
    (path,) = re.findall(rf"https?://[^/\s]+(/{name}/[^/\s]+/)\s", message.body)
    return path


def sent():
    """The mails since the last time."""
    found = list(mail.outbox)
    mail.outbox.clear()
    return found
