"""The mail that tells a provider and the district what families report: at once, and at most one a provider a day."""

from datetime import date
from typing import Any

from django.apps import apps
from wagtail.models import Site

from cms.mail import letters
from offers.freshness.links import full
from offers.freshness.recipients import addresses
from offers.models import ProviderPage
from offers.models.report import Report

# What a mail lists; the rest stands in the admin.
LISTED = 20


def district_address() -> str:
    """Where the district is reached, "" where it has not said. Its settings belong to an app above this one and are found by their name."""
    site = Site.objects.filter(is_default_site=True).first()
    return apps.get_model("home", "DistrictSettings").for_site(site).email if site else ""


def tell(provider: ProviderPage, today: date) -> int:
    """Write of all open reports that no mail has told of, unless a mail went out today; returns how many mails.

    To be called with the provider's row held.
    """
    reports = Report.objects.filter(offer__path__startswith=provider.path)
    if reports.filter(mailed_on=today).exists():
        return 0
    waiting = list(reports.not_mailed().select_related("offer").order_by("reported_on", "pk"))
    house = addresses([provider])[provider.pk]
    district = district_address().strip().lower()
    if not waiting or not (house or district):
        return 0
    context = {
        "provider": provider,
        "reports": [_item(report) for report in waiting[:LISTED]],
        "further": max(0, len(waiting) - LISTED),
        "number": len(waiting),
        "list_url": full("offer_reports"),
    }
    sent = letters.send(house, "offer_reports", {**context, "for_district": False})
    if district and district not in house:
        sent += letters.send(district, "offer_reports", {**context, "for_district": True})
    reports.filter(pk__in=[report.pk for report in waiting]).update(mailed_on=today)
    return sent


def _item(report: Report) -> dict[str, Any]:
    return {
        "title": report.offer.title,
        "topic": report.get_topic_display(),
        "text": report.text,
        "times": report.times,
        "day": report.reported_on,
        "edit_url": full("wagtailadmin_pages:edit", report.offer_id),
    }
