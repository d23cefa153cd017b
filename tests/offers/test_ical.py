"""Dates that a family takes into its own calendar, read by a program that knows the format."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from offers.dates_to_take_along import entries
from offers.ical import Entry, calendar_file
from offers.models import OfferPage, ScheduleException
from tests.offers import builders

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
BERLIN = ZoneInfo("Europe/Berlin")


def file_of(page, today=TODAY):
    request = RequestFactory().get("/", headers={"host": "testserver"})
    return calendar_file(page.title, entries(page, today, request))


def events(page, today=TODAY):
    return Calendar.from_ical(file_of(page, today)).walk("VEVENT")


def group(**fields):
    kita = builders.provider(title="Kita Nassau", street="Amselweg 14", postal_code="56377", town="Nassau", latitude=50.3, longitude=7.8)
    return builders.offer(kita, title="Krabbelgruppe", schedules=[builders.weekly()], pauses_on_public_holidays=False, **fields)


def test_the_file_has_the_dates_of_a_year_with_place_and_position():
    found = events(group(starts_on=date(2026, 11, 25), ends_on=date(2026, 12, 9)))
    assert [event.decoded("dtstart") for event in found] == [
        datetime(2026, 11, day, 9, 30, tzinfo=BERLIN) if day > 20 else datetime(2026, 12, day, 9, 30, tzinfo=BERLIN) for day in (25, 2, 9)
    ]
    first = found[0]
    assert str(first["summary"]) == "Krabbelgruppe"
    assert str(first["location"]) == "Kita Nassau, Amselweg 14, 56377 Nassau"
    assert (first["geo"].latitude, first["geo"].longitude) == (50.3, 7.8)
    assert str(first["url"]).endswith("/anbieter/kita-nassau/krabbelgruppe/")
    assert str(first["status"]) == "CONFIRMED"


def test_dates_end_after_a_year():
    found = events(group())
    assert len(found) == 52
    assert found[-1].decoded("dtstart").date() == date(2027, 11, 17)


def test_the_time_zone_comes_with_the_file_and_is_right_in_summer_and_winter():
    text = file_of(group()).decode()
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "DTSTART;TZID=Europe/Berlin:20270623T093000" in text
    found = {
        event.decoded("dtstart").date(): event.decoded("dtstart").astimezone(UTC).hour for event in Calendar.from_ical(text).walk("VEVENT")
    }
    assert found[date(2026, 11, 25)] == 8
    assert found[date(2027, 6, 23)] == 7


def test_a_cancelled_date_says_so_and_a_moved_one_keeps_its_name():
    page = group(ends_on=date(2026, 12, 2))
    before = [str(event["uid"]) for event in events(page)]
    page.exceptions.add(ScheduleException(date=date(2026, 11, 25)))
    page.exceptions.add(ScheduleException(date=date(2026, 12, 2), change="moved", new_date=date(2026, 12, 3)))
    page.save()
    cancelled, moved = events(page)
    assert str(cancelled["status"]) == "CANCELLED"
    assert str(moved["status"]) == "CONFIRMED"
    assert moved.decoded("dtstart") == datetime(2026, 12, 3, 9, 30, tzinfo=BERLIN)
    assert str(moved["description"]).startswith("verlegt von Mittwoch, 2. Dezember")
    assert [str(cancelled["uid"]), str(moved["uid"])] == before


def test_equal_dates_give_an_equal_file():
    page = group(ends_on=date(2027, 1, 20))
    page.save_revision().publish()
    page = OfferPage.objects.get(pk=page.pk)
    assert file_of(page) == file_of(page)
    assert events(page)[0].decoded("dtstamp") == page.last_published_at.replace(microsecond=0)


def test_a_sensitive_page_does_not_give_itself_away_in_a_calendar():
    page = group(sensitive=True, ends_on=date(2026, 11, 25))
    text = file_of(page).decode().split("BEGIN:VEVENT")[1]
    assert "SUMMARY:Termin\r\n" in text
    assert "Krabbelgruppe" not in text
    assert "Kita" not in text
    assert "URL" not in text


def test_a_provider_gives_all_its_published_offers_in_order_with_a_constant_number_of_queries():
    counts = []
    for number in (2, 8):
        kita = builders.provider(key=f"kita-{number}", title="Kita")
        for each in range(number):
            builders.offer(kita, key=f"gruppe-{number}-{each}", schedules=[builders.weekly(), builders.weekly(weekday=0)])
        builders.offer(kita, key=f"entwurf-{number}", schedules=[builders.weekly()], live=False)
        with CaptureQueriesContext(connection) as queries:
            found = events(kita, date(2026, 12, 1))
        counts.append(len(queries))
        starts = [event.decoded("dtstart") for event in found]
        assert starts == sorted(starts)
        assert not [event for event in found if "entwurf" in str(event["uid"])]
    assert counts[0] >= counts[1]
    assert max(counts) <= 9


def test_text_with_commas_breaks_and_semicolons_comes_back_whole():
    start = datetime(2026, 12, 3, 19, 30, tzinfo=BERLIN)
    odd = "Komma, Semikolon; Backslash \\ und\nneue Zeile: BEGIN:VEVENT 👶" * 3
    body = calendar_file(odd, [Entry("a@b", odd, start, start.replace(hour=21), start, text=odd)])
    (event,) = Calendar.from_ical(body).walk("VEVENT")
    assert str(event["summary"]) == str(event["description"]) == odd


def test_the_file_lies_beside_the_page(client):
    page = group()
    answer = client.get(f"{page.get_url()}termine.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "max-age=3600" in answer["Cache-Control"]
    assert {event.decoded("dtstart").time() for event in Calendar.from_ical(answer.content).walk("VEVENT")} == {time(9, 30)}
    again = client.get(f"{page.get_url()}termine.ics", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    assert client.get(f"{page.provider.get_url()}termine.ics").status_code == 200


def test_the_code_for_print_is_a_drawing_of_the_pages_address(client):
    page = group()
    answer = client.get(f"{page.get_url()}qr.svg")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content
    assert b"style=" not in answer.content


@pytest.mark.parametrize(
    "path", ["/termine.ics", "/anbieter/termine.ics", "/anbieter/nirgends/termine.ics", "/%00/qr.svg", "/anbieter//qr.svg"]
)
def test_beside_other_pages_there_is_nothing(client, path):
    group()
    assert client.get(path).status_code == 404


def test_an_unpublished_offer_has_no_file(client):
    page = group()
    page.unpublish()
    assert client.get(f"{page.get_url()}termine.ics").status_code == 404
