"""Dates of offers as they lie in the database: pauses, and how many questions that takes."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from offers import calendar
from offers.checks import check_holidays_state
from offers.models import ClosurePeriod, OfferPage, ScheduleException, SchoolHoliday
from offers.recurrence import LOCAL
from tests.offers import builders

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, tzinfo=LOCAL)


def days(found):
    return [each.start.date() for each in found]


def test_the_next_dates_leave_out_school_holidays_public_holidays_and_closures():
    SchoolHoliday.objects.create(name="Weihnachtsferien", first_day=date(2026, 12, 23), last_day=date(2027, 1, 8))
    kita = builders.provider()
    kita.closures.create(name="Planungstag", first_day=date(2026, 12, 2), last_day=date(2026, 12, 2))
    kita.save()
    group = builders.offer(kita, schedules=[builders.weekly()])
    assert days(group.upcoming(NOW, limit=5)) == [
        date(2026, 11, 25),
        date(2026, 12, 9),
        date(2026, 12, 16),
        date(2027, 1, 13),
        date(2027, 1, 20),
    ]


def test_good_friday_pauses_only_where_the_offer_says_so():
    kita = builders.provider()
    paused = builders.offer(kita, schedules=[builders.weekly(weekday=4)])
    held = builders.offer(kita, key="notdienst", schedules=[builders.weekly(weekday=4)], pauses_on_public_holidays=False)
    good_friday = date(2027, 3, 26)
    assert paused.occurrences(good_friday, good_friday) == []
    assert days(held.occurrences(good_friday, good_friday)) == [good_friday]


def test_a_date_that_is_going_on_still_counts_as_next():
    group = builders.offer(builders.provider(), schedules=[builders.weekly()])
    during = datetime(2026, 11, 25, 10, tzinfo=LOCAL)
    assert days(group.upcoming(during, limit=1)) == [date(2026, 11, 25)]
    assert days(group.upcoming(datetime(2026, 11, 25, 11, tzinfo=LOCAL), limit=1)) == [date(2026, 12, 2)]


def test_a_date_far_ahead_is_found():
    group = builders.offer(builders.provider(), schedules=[builders.once(date(2027, 10, 1))])
    assert days(group.upcoming(NOW)) == [date(2027, 10, 1)]


def test_a_new_holiday_counts_at_once():
    group = builders.offer(builders.provider(), schedules=[builders.weekly()])
    assert days(group.upcoming(NOW, limit=1)) == [date(2026, 11, 25)]
    holiday = SchoolHoliday.objects.create(name="Hitzefrei", first_day=date(2026, 11, 23), last_day=date(2026, 11, 27))
    assert days(group.upcoming(NOW, limit=1)) == [date(2026, 12, 2)]
    holiday.delete()
    assert days(group.upcoming(NOW, limit=1)) == [date(2026, 11, 25)]


def test_what_another_process_writes_counts_after_the_refresh(monkeypatch):
    group = builders.offer(builders.provider(), schedules=[builders.weekly()])
    assert days(group.upcoming(NOW, limit=1)) == [date(2026, 11, 25)]
    # bulk_create sends no signal, as a change by another process sends none here.
    SchoolHoliday.objects.bulk_create([SchoolHoliday(name="Frei", first_day=date(2026, 11, 25), last_day=date(2026, 11, 25))])
    assert days(group.upcoming(NOW, limit=1)) == [date(2026, 11, 25)]
    monkeypatch.setattr(calendar, "REFRESH_SECONDS", 0.0)
    assert days(group.upcoming(NOW, limit=1)) == [date(2026, 12, 2)]


def test_a_cancelled_date_can_be_told():
    group = builders.offer(builders.provider(), schedules=[builders.weekly()])
    group.exceptions.add(ScheduleException(date=date(2026, 11, 25)))
    group.save()
    told = group.occurrences(date(2026, 11, 25), date(2026, 12, 2), with_cancelled=True)
    assert [each.cancelled for each in told] == [True, False]
    assert days(group.upcoming(NOW, limit=1)) == [date(2026, 12, 2)]


def test_a_draft_in_memory_with_gaps_shows_the_dates_it_has():
    group = builders.offer(builders.provider())
    group.schedules.add(builders.weekly())
    group.schedules.add(builders.weekly(start=None, end=None))
    group.exceptions.add(ScheduleException(date=None))
    assert days(group.upcoming(NOW, limit=1)) == [date(2026, 11, 25)]


def test_many_offers_take_as_many_queries_as_two():
    for number in range(6):
        kita = builders.provider(key=f"kita-{number}")
        ClosurePeriod.objects.create(provider=kita, name="Zu", first_day=date(2026, 11, 25), last_day=date(2026, 11, 25))
        for letter in "abc":
            builders.offer(kita, key=f"gruppe-{number}-{letter}", schedules=[builders.weekly(), builders.monthly()])
    counts = []
    for few in (2, 18):
        calendar.forget()
        offers = list(OfferPage.objects.all()[:few])
        with CaptureQueriesContext(connection) as queries:
            found = calendar.upcoming_of(offers, NOW, limit=3)
            assert all(offer.provider.title for offer in offers)
        assert {tuple(days(each)) for each in found.values()} == {(date(2026, 12, 2), date(2026, 12, 9), date(2026, 12, 16))}
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5


def test_a_state_that_the_holidays_do_not_know_is_named_at_start(settings):
    assert check_holidays_state() == []
    settings.HOLIDAYS_STATE = "Pfalz"
    (fault,) = check_holidays_state()
    assert fault.id == "offers.E001"
    assert "RP" in fault.hint
