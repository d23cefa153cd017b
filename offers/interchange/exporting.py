"""From published pages to the two files."""

from collections.abc import Iterator
from pathlib import Path

from django.db.models import prefetch_related_objects

from offers.calendar import attach_providers
from offers.interchange.columns import offer_table, provider_table
from offers.interchange.comparison import BATCH
from offers.interchange.table import write
from offers.models import OfferPage, ProviderPage, Topic


def export_providers(path: Path) -> int:
    """Write all published providers, oldest first; how many."""
    table = provider_table()
    return write(path, table.names, (table.text(page) for page in ProviderPage.objects.live().order_by("pk").iterator(BATCH)))


def export_offers(path: Path) -> int:
    """Write all published offers, oldest first; how many."""
    table = offer_table({topic.slug: topic for topic in Topic.objects.all()})
    return write(path, table.names, (table.text(page) for page in _offers()))


def _offers() -> Iterator[OfferPage]:
    """With what their rows need, a batch at a time. An offer of an unpublished provider has no address and stays out."""
    keys = list(OfferPage.objects.live().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        pages = list(OfferPage.objects.filter(pk__in=keys[start : start + BATCH]).order_by("pk"))
        prefetch_related_objects(pages, "topics", "schedules")
        attach_providers(pages)
        yield from (page for page in pages if page.provider.live)
