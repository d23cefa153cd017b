"""What an offer's page answers first, and the one button that matters."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from offers.facts import facts
from offers.models import ScheduleException
from tests.offers.builders import offer, once, provider, weekly

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def kita():
    return provider("kita-nassau", phone="030 23125 101", email="kita@example.org", street="Amselweg 14", town="Nassau")


def test_a_weekly_group_says_when_next_and_goes_into_the_calendar(kita):
    found = facts(offer(kita, schedules=[weekly(2, time(9, 30), time(11))], min_age_months=4, max_age_months=18), NOW)
    assert found.next_date == "Mittwoch, 25. November, 9:30 bis 11 Uhr"
    assert (found.rhythm, found.age, found.location.street) == ("jede Woche", "4 bis 18 Monate", "Amselweg 14")
    assert len(found.more_dates) == 8
    assert found.action.url == "termine.ics"


@pytest.mark.parametrize(
    ("fields", "label", "url"),
    [
        ({"registration": "erforderlich"}, "Anmelden: 030 23125 101", "tel:03023125101"),
        ({"registration": "erwuenscht", "contact_phone": "030 23125 7"}, "Anmelden: 030 23125 7", "tel:030231257"),
        ({"kind": "beratung", "registration": "erwuenscht"}, "Anrufen: 030 23125 101", "tel:03023125101"),
        ({"kind": "beratung"}, "Anrufen: 030 23125 101", "tel:03023125101"),
    ],
)
def test_whoever_must_talk_first_gets_the_telephone(kita, fields, label, url):
    action = facts(offer(kita, schedules=[weekly()], **fields), NOW).action
    assert (action.label, action.url) == (label, url)


def test_without_a_telephone_it_is_a_mail():
    house = provider("haus", email="haus@example.org")
    assert facts(offer(house, registration="erforderlich", schedules=[weekly()]), NOW).action.label == "Per E-Mail anmelden"


def test_without_dates_it_is_by_arrangement_and_without_coming_dates_it_is_over(kita):
    assert facts(offer(kita, "beratung", kind="beratung"), NOW).by_arrangement
    past = facts(offer(kita, "vorbei", schedules=[once(date(2026, 1, 8))]), NOW)
    assert past.over
    assert past.next_date == ""


def test_a_cancelled_date_is_said_and_not_the_next(kita):
    page = offer(kita, schedules=[weekly(2, time(9, 30), time(11))])
    page.exceptions = [ScheduleException(date=date(2026, 11, 25), change="cancelled")]
    page.save()
    found = facts(page, NOW)
    assert found.cancelled == ("Fällt am 25. November aus",)
    assert found.next_date.startswith("Mittwoch, 2. Dezember")
