"""What search engines read of offers and providers."""

import json
from datetime import date, datetime

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from offers.models import ScheduleException
from offers.recurrence import LOCAL
from offers.structured_data import of_offer, of_provider
from tests.offers import builders

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, tzinfo=LOCAL)
ADDRESS = {"street": "Amselweg 14", "postal_code": "56377", "town": "Nassau", "latitude": 50.3, "longitude": 7.8}


def test_a_series_is_an_event_series_with_schedule_and_next_dates():
    kita = builders.provider(title="Kita Nassau", **ADDRESS)
    page = builders.offer(
        kita,
        title="Krabbelgruppe",
        schedules=[builders.weekly(interval=2)],
        starts_on=date(2026, 11, 25),
        min_age_months=4,
        max_age_months=18,
    )
    page.exceptions.add(ScheduleException(date=date(2026, 12, 9)))
    page.save()
    thing = of_offer(page, None, NOW)
    assert thing["@type"] == "EventSeries"
    assert thing["startDate"] == "2026-11-25T09:30:00+01:00"
    assert thing["eventSchedule"] == [
        {
            "@type": "Schedule",
            "repeatFrequency": "P2W",
            "byDay": "https://schema.org/Wednesday",
            "startTime": "09:30:00",
            "endTime": "11:00:00",
            "startDate": "2026-11-25",
            "exceptDate": ["2026-12-09T09:30:00+01:00"],
            "scheduleTimezone": "Europe/Berlin",
        }
    ]
    assert [each["eventStatus"].rsplit("/")[-1] for each in thing["subEvent"][:3]] == ["EventScheduled", "EventCancelled", "EventScheduled"]
    assert thing["location"]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Amselweg 14",
        "postalCode": "56377",
        "addressLocality": "Nassau",
        "addressCountry": "DE",
    }
    assert thing["organizer"]["name"] == "Kita Nassau"
    assert thing["audience"] == {"@type": "PeopleAudience", "suggestedMinAge": 0.33, "suggestedMaxAge": 1.5}
    assert thing["isAccessibleForFree"] is True


def test_a_single_date_is_an_event():
    page = builders.offer(builders.provider(**ADDRESS), schedules=[builders.once(date(2026, 12, 3))])
    thing = of_offer(page, None, NOW)
    assert thing["@type"] == "Event"
    assert thing["startDate"] == "2026-12-03T19:30:00+01:00"
    assert "subEvent" not in thing


@pytest.mark.parametrize("schedules", [[], [builders.once(date(2026, 1, 8))]])
def test_without_a_date_to_come_it_is_a_service(schedules):
    page = builders.offer(builders.provider(**ADDRESS), kind="beratung", schedules=schedules)
    thing = of_offer(page, None, NOW)
    assert thing["@type"] == "Service"
    assert thing["serviceType"] == "Beratung"
    assert thing["provider"]["@type"] == "Organization"


def test_an_online_offer_takes_place_at_its_address_on_the_web():
    page = builders.offer(builders.provider(**ADDRESS), form="online", venue="keiner", schedules=[builders.weekly()])
    thing = of_offer(page, None, NOW)
    assert thing["location"]["@type"] == "VirtualLocation"
    assert thing["eventAttendanceMode"].endswith("OnlineEventAttendanceMode")


def test_a_kita_is_child_care_and_a_club_an_organization():
    kita = of_provider(builders.provider(kind="kita", carrier="Stadt Nassau", **ADDRESS), None)
    assert (kita["@type"], kita["parentOrganization"]["name"], kita["geo"]["latitude"]) == ("ChildCare", "Stadt Nassau", 50.3)
    club = of_provider(builders.provider(key="verein", kind="verein", **ADDRESS), None)
    assert (club["@type"], club["location"]["geo"]["longitude"]) == ("Organization", 7.8)
    assert "geo" not in club


def test_no_text_of_an_editor_ends_the_script(rf):
    page = builders.offer(
        builders.provider(), title="</script><script>alert(1)</script>", summary="<!-- & \u2028", schedules=[builders.weekly()]
    )
    html = Template("{% load structured_data %}{% structured_data page %}").render(
        Context({"page": page, "request": rf.get("/"), "csp_nonce": "n0nce"})
    )
    assert html.count("<") == 2
    assert html.startswith('<script type="application/ld+json" nonce="n0nce">')
    thing = json.loads(html.split(">", 1)[1].rsplit("<", 1)[0])
    assert (thing["name"], thing["description"]) == (page.title, page.summary)


def test_other_pages_say_nothing(rf):
    html = Template("{% load structured_data %}{% structured_data page %}").render(
        Context({"page": builders.home_page(), "request": rf.get("/")})
    )
    assert html == ""


def test_the_offers_page_asks_for_its_dates_once(client):
    page = builders.offer(builders.provider(**ADDRESS), schedules=[builders.weekly()])
    client.get(page.get_url())
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page.get_url())
    assert b"application/ld+json" in answer.content
    asked = [query["sql"] for query in queries]
    for table in ("offers_schedule", "offers_scheduleexception", "offers_closureperiod"):
        assert sum(f'FROM "{table}"' in sql for sql in asked) == 1, table
    assert len(asked) <= 20
