"""Taking in a report: what says the same is one, and the mail goes out with it."""

from datetime import date

from django.db import transaction

from offers.models import OfferPage, ProviderPage
from offers.models.report import Report, ReportTopic
from offers.reports.mails import tell


@transaction.atomic
def take(offer: OfferPage, topic: str, text: str, today: date, *, counts: bool) -> Report:
    """Keep what a family says. `text`: one line, masked. `counts`: whether it is one more where others have said it.

    The offer's provider is held meanwhile, so that two who say the same at once are one report and one mail.
    """
    topic = topic or ReportTopic.OTHER
    ProviderPage.objects.select_for_update().get(pk=offer.provider.pk)
    open_ones = Report.objects.open().filter(offer=offer, topic=topic)
    same = next((report for report in open_ones if report.text.casefold() == text.casefold()), None)
    if same:
        same.times += int(counts)
        same.last_reported_on = max(today, same.last_reported_on)
        same.save(update_fields=["times", "last_reported_on"])
        return same
    report = Report.objects.create(offer=offer, topic=topic, text=text, times=1 if counts else 0, reported_on=today, last_reported_on=today)
    tell(offer.provider, today)
    return report
