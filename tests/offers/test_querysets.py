"""Lists of offers and providers cost the same however long they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offers.models import OfferPage, ProviderPage, Topic
from tests.offers import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def listings():
    topic = Topic.objects.create(slug="krabbeln", name="Krabbelgruppen")
    for number in range(4):
        kita = builders.provider(key=f"kita-{number}")
        for letter in "ab":
            page = builders.offer(kita, key=f"gruppe-{number}-{letter}", schedules=[builders.weekly()])
            page.topics.add(topic)
            page.save()


def told(offers):
    return [
        (offer.provider.key, offer.rhythm, [topic.slug for topic in offer.topics.all()], len(offer.exceptions.all()), offer.location_point)
        for offer in offers
    ]


def test_offers_come_with_all_that_a_list_shows_in_a_constant_number_of_queries(listings):
    counts = []
    for few in (1, 8):
        with CaptureQueriesContext(connection) as queries:
            rows = told(OfferPage.objects.live().with_details().order_by("key")[:few])
        counts.append(len(queries))
    assert counts == [5, 5]
    assert rows[-1] == ("kita-3", "jede Woche", ["krabbeln"], 0, None)


def test_asking_for_values_after_details_still_works(listings):
    assert OfferPage.objects.with_details().filter(key="gruppe-0-a").values_list("key", flat=True).get() == "gruppe-0-a"
    assert OfferPage.objects.with_details().count() == 8


def test_a_providers_offers_are_its_own(listings):
    kita = ProviderPage.objects.with_details().get(key="kita-2")
    assert {offer.key for offer in OfferPage.objects.of_provider(kita)} == {"gruppe-2-a", "gruppe-2-b"}
