"""Dates from rules, changes and pauses."""

import calendar
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.recurrence import FIRST_MONDAY, LOCAL, Change, Rule, occurrences

MORNING = {"start_time": time(9, 30), "end_time": time(11)}
WEDNESDAYS = Rule("weekly", weekday=2, **MORNING)


def days(found):
    return [each.start.date() for each in found]


def test_a_weekly_group_keeps_its_wall_time_when_the_clocks_change():
    found = occurrences([Rule("weekly", weekday=6, **MORNING)], first=date(2027, 3, 21), last=date(2027, 3, 28))
    assert [each.start.isoformat() for each in found] == ["2027-03-21T09:30:00+01:00", "2027-03-28T09:30:00+02:00"]
    autumn = occurrences([Rule("weekly", weekday=6, **MORNING)], first=date(2026, 10, 18), last=date(2026, 10, 25))
    assert [each.start.isoformat() for each in autumn] == ["2026-10-18T09:30:00+02:00", "2026-10-25T09:30:00+01:00"]


def test_the_last_weekday_of_a_month_is_the_fifth_where_there_is_one():
    last_wednesday = Rule("monthly", weekday=2, week_of_month=-1, **MORNING)
    found = occurrences([last_wednesday], first=date(2026, 9, 1), last=date(2026, 12, 31))
    assert days(found) == [date(2026, 9, 30), date(2026, 10, 28), date(2026, 11, 25), date(2026, 12, 30)]


def test_every_second_week_goes_on_counting_across_the_end_of_a_year_with_53_weeks():
    rule = Rule("weekly", weekday=4, interval=2, **MORNING)
    found = occurrences([rule], first=date(2026, 12, 1), last=date(2027, 1, 31), starts_on=date(2026, 12, 2))
    assert days(found) == [date(2026, 12, 4), date(2026, 12, 18), date(2027, 1, 1), date(2027, 1, 15), date(2027, 1, 29)]


def test_weeks_are_counted_from_the_first_matching_weekday_on_or_after_the_first_day():
    rule = Rule("weekly", weekday=0, interval=2, **MORNING)
    found = occurrences([rule], first=date(2026, 11, 1), last=date(2026, 12, 1), starts_on=date(2026, 11, 4))
    assert days(found) == [date(2026, 11, 9), date(2026, 11, 23)]


def test_a_series_begins_and_ends_on_its_days():
    found = occurrences(
        [WEDNESDAYS], first=date(2026, 1, 1), last=date(2027, 1, 1), starts_on=date(2026, 11, 25), ends_on=date(2026, 12, 9)
    )
    assert days(found) == [date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 9)]


def test_a_series_pauses_but_a_single_date_does_not():
    pause = {date(2026, 11, 25)}
    single = Rule("once", day=date(2026, 11, 25), **MORNING)
    week = {"first": date(2026, 11, 23), "last": date(2026, 11, 29), "pauses": pause}
    assert days(occurrences([WEDNESDAYS], **week)) == []
    assert days(occurrences([single], **week)) == [date(2026, 11, 25)]


def test_a_cancelled_date_is_left_out_unless_asked_for():
    change = Change(date(2026, 11, 25), note="Krankheit")
    week = {"first": date(2026, 11, 23), "last": date(2026, 11, 29), "changes": [change]}
    assert occurrences([WEDNESDAYS], **week) == []
    (cancelled,) = occurrences([WEDNESDAYS], **week, with_cancelled=True)
    assert cancelled.cancelled
    assert cancelled.note == "Krankheit"
    assert cancelled.start == datetime(2026, 11, 25, 9, 30, tzinfo=LOCAL)


def test_a_cancelled_date_in_a_pause_is_no_date_at_all():
    found = occurrences(
        [WEDNESDAYS],
        first=date(2026, 11, 23),
        last=date(2026, 11, 29),
        pauses={date(2026, 11, 25)},
        changes=[Change(date(2026, 11, 25))],
        with_cancelled=True,
    )
    assert found == []


def test_a_moved_date_shows_on_its_new_day_only_and_says_where_it_comes_from():
    change = Change(date(2026, 11, 25), cancelled=False, new_day=date(2026, 12, 4), note="im Gemeindehaus")
    assert occurrences([WEDNESDAYS], first=date(2026, 11, 23), last=date(2026, 11, 29), changes=[change]) == []
    (moved,) = occurrences([WEDNESDAYS], first=date(2026, 12, 3), last=date(2026, 12, 5), changes=[change])
    assert moved.start == datetime(2026, 12, 4, 9, 30, tzinfo=LOCAL)
    assert moved.note == "verlegt von Mittwoch, 25. November – im Gemeindehaus"
    assert moved.planned == datetime(2026, 11, 25, 9, 30, tzinfo=LOCAL)


def test_a_date_with_another_time_says_its_usual_time():
    change = Change(date(2026, 11, 25), cancelled=False, new_start_time=time(14), new_end_time=time(15, 30))
    (moved,) = occurrences([WEDNESDAYS], first=date(2026, 11, 25), last=date(2026, 11, 25), changes=[change])
    assert (moved.start.hour, moved.end.hour, moved.note) == (14, 15, "sonst um 9:30 Uhr")


def test_a_date_moved_out_of_a_pause_takes_place():
    change = Change(date(2026, 11, 25), cancelled=False, new_day=date(2026, 11, 26))
    found = occurrences(
        [WEDNESDAYS],
        first=date(2026, 11, 23),
        last=date(2026, 11, 29),
        pauses={date(2026, 11, 25), date(2026, 11, 26)},
        changes=[change],
    )
    assert days(found) == [date(2026, 11, 26)]


def test_a_change_of_a_day_without_a_date_changes_nothing():
    change = Change(date(2026, 11, 24), cancelled=False, new_day=date(2026, 11, 26))
    found = occurrences([WEDNESDAYS], first=date(2026, 11, 23), last=date(2026, 11, 29), changes=[change])
    assert days(found) == [date(2026, 11, 25)]


def test_two_rules_come_in_order_of_time():
    early = Rule("weekly", weekday=2, start_time=time(8), end_time=time(9))
    found = occurrences([WEDNESDAYS, early], first=date(2026, 11, 25), last=date(2026, 11, 25))
    assert [each.start.hour for each in found] == [8, 9]


def test_a_rule_with_gaps_gives_no_dates():
    gaps = [Rule("weekly", **MORNING), Rule("monthly", weekday=1, **MORNING), Rule("once", **MORNING)]
    assert occurrences(gaps, first=date(2026, 1, 1), last=date(2026, 12, 31)) == []


@pytest.mark.parametrize(("first", "last"), [(date(2026, 3, 1), date(2026, 2, 1)), (date(9999, 12, 20), date(9999, 12, 31))])
def test_an_empty_window_and_the_end_of_time_are_no_errors(first, last):
    monthly = Rule("monthly", weekday=2, week_of_month=-1, **MORNING)
    assert all(first <= day <= last for day in days(occurrences([WEDNESDAYS, monthly], first=first, last=last)))


def by_hand(rule, first, last, starts_on, ends_on, pauses):
    """Every day of the window is looked at, without a library."""
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if rule.frequency == "once":
            if day == rule.day:
                found.append(day)
            continue
        if day.weekday() != rule.weekday or (starts_on and day < starts_on) or (ends_on and day > ends_on) or day in pauses:
            continue
        if rule.frequency == "weekly":
            anchor = starts_on or FIRST_MONDAY
            while anchor.weekday() != rule.weekday:
                anchor += timedelta(days=1)
            if ((day - anchor).days // 7) % rule.interval == 0:
                found.append(day)
        elif rule.week_of_month == -1:
            if day.day + 7 > calendar.monthrange(day.year, day.month)[1]:
                found.append(day)
        elif (day.day + 6) // 7 == rule.week_of_month:
            found.append(day)
    return found


some_day = st.dates(date(2023, 1, 1), date(2030, 12, 31))
some_rule = st.one_of(
    st.builds(
        lambda weekday, interval: Rule("weekly", weekday=weekday, interval=interval, **MORNING),
        st.integers(0, 6),
        st.integers(1, 12),
    ),
    st.builds(
        lambda weekday, week: Rule("monthly", weekday=weekday, week_of_month=week, **MORNING),
        st.integers(0, 6),
        st.sampled_from([1, 2, 3, 4, -1]),
    ),
    st.builds(lambda day: Rule("once", day=day, **MORNING), some_day),
)


@given(
    rule=some_rule,
    first=some_day,
    length=st.integers(0, 500),
    starts_on=st.none() | some_day,
    ends_on=st.none() | some_day,
    pauses=st.frozensets(some_day, max_size=20),
)
def test_any_rule_gives_the_days_that_counting_by_hand_gives(rule, first, length, starts_on, ends_on, pauses):
    last = first + timedelta(days=length)
    found = occurrences([rule], first=first, last=last, starts_on=starts_on, ends_on=ends_on, pauses=pauses)
    assert days(found) == by_hand(rule, first, last, starts_on, ends_on, pauses)
