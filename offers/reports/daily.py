"""What the daily command does with reports: mails that waited for their day, and deleting what is settled for long."""

from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from offers.models import ProviderPage
from offers.models.report import Report
from offers.reports import limits
from offers.reports.mails import tell


def tend_reports(today: date, say: Callable[[str], None], *, dry_run: bool = False) -> None:
    """Say each step; with `dry_run` say it only. Twice a day does no harm."""
    waiting = Report.objects.not_mailed().select_related("offer")
    paths = {report.offer.path[: -report.offer.steplen] for report in waiting}
    for provider in ProviderPage.objects.filter(path__in=paths).order_by("title"):
        sent = 0
        if not dry_run:
            with transaction.atomic():
                sent = tell(ProviderPage.objects.select_for_update().get(pk=provider.pk), today)
        if dry_run or sent:
            say(
                f"{provider.title}: reports of families, {sent} mails"
                if sent
                else f"{provider.title}: would be told of reports of families"
            )
    if not dry_run:
        limits.forget(today)
    old = Report.objects.filter(closed_on__lt=today - timedelta(days=settings.REPORT_KEEP_DAYS))
    if number := old.count() if dry_run else old.delete()[0]:
        say(f"{number} settled reports deleted")
