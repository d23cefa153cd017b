"""A search as a calendar and as a feed."""

import xml.etree.ElementTree as ElementTree
from datetime import time

import pytest
from icalendar import Calendar

from search import outbox
from tests.offers.builders import offer, provider, weekly

pytestmark = pytest.mark.django_db


@pytest.fixture
def listings(settings, tmp_path):
    # An index of its own: on PostgreSQL another test's pages have other numbers and would stay in a shared one.
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    kita = provider("kita-nassau", postal_code="56377", town="Nassau")
    offer(kita, "krabbelgruppe", title="Krabbelgruppe", schedules=[weekly(2, time(9, 30), time(11))])
    offer(kita, "gewaltberatung", title="Beratung bei Gewalt", kind="beratung", sensitive=True, schedules=[weekly(3)])
    outbox.drain()


def test_the_dates_of_a_search_come_as_a_calendar(client, listings):
    answer = client.get("/suche/termine.ics", {"q": "Krabbelgruppe"})
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"].startswith("text/calendar")
    assert {str(event["summary"]) for event in events} == {"Krabbelgruppe"}
    assert len(events) > 20


def test_a_sensitive_offer_does_not_give_itself_away_in_the_calendar_of_a_search(client, listings):
    body = client.get("/suche/termine.ics").content.decode()
    assert "Gewalt" not in body
    assert "Termin" in body


def test_a_search_comes_as_a_feed_with_its_own_address(client, listings):
    answer = client.get("/suche/feed.atom", {"q": "Krabbelgruppe", "seite": "99999"})
    feed = ElementTree.fromstring(answer.content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == ["Krabbelgruppe"]
    own = next(link.get("href") for link in feed.iter(f"{atom}link") if link.get("rel") == "self")
    assert own.endswith("/suche/feed.atom?q=Krabbelgruppe")


def test_the_number_of_queries_does_not_grow_with_the_listings(client, listings, django_assert_max_num_queries):
    kita = provider("kita-diez", postal_code="65582", town="Diez")
    for number in range(12):
        offer(kita, f"gruppe-{number}", schedules=[weekly(number % 5)])
    outbox.drain()
    client.get("/suche/termine.ics")
    with django_assert_max_num_queries(20):
        client.get("/suche/termine.ics")
    with django_assert_max_num_queries(3):
        client.get("/suche/feed.atom")
