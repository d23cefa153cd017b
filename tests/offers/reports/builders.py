"""A house with an offer that families report on, and how they send it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from home.models import DistrictSettings
from offers.models import OfferPage
from offers.reports import tokens
from tests.offers.builders import offer, provider

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def listing(key="kita-nassau", **fields):
    """A published offer of a house with an address and a telephone."""
    house = provider(key, email=f"{key}@example.org", phone="02604 952-110")
    page = offer(house, f"{key}-gruppe", title=fields.pop("title", f"Gruppe in {key}"), **fields)
    page.save_revision().publish()
    return OfferPage.objects.get(pk=page.pk)


def district(email="kreis@example.org"):
    settings = DistrictSettings.for_site(Site.objects.get(is_default_site=True))
    settings.email = email
    settings.save()


def send(page, *, token=None, address="192.0.2.1", headers=None, client=None, **values):
    """Send the form as a browser does, from this address."""
    data = {"token": tokens.issue(page.pk) if token is None else token, "topic": "", "text": "", **values}
    client = client or Client(enforce_csrf_checks=True)
    return client.post(reverse("report_offer", args=(page.key,)), data, REMOTE_ADDR=address, headers=headers or SAME_ORIGIN)


@contextmanager
def freeze_time(moment: str) -> Iterator[None]:
    """The clock of forms, counts and days stands at this moment, local time."""
    now = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Berlin"))
    with (
        patch("django.utils.timezone.now", return_value=now),
        patch("django.core.cache.backends.db.tz_now", return_value=now),
        patch("django.core.cache.backends.base.time.time", return_value=now.timestamp()),
    ):
        yield
