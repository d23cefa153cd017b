"""The rules as a table, without a database."""

from datetime import date, timedelta

import pytest

from offers.freshness.rules import Facts, Spans, State, mail_for, mail_of_provider, state

SPANS = Spans()
CONFIRMED = date(2026, 3, 10)
LAPSES = date(2026, 9, 10)


def day(offset):
    """So many days after the confirmation lapses."""
    return LAPSES + timedelta(days=offset)


def asked(first, last=None):
    return Facts(CONFIRMED, 6, day(first), day(first if last is None else last))


NEVER = Facts(CONFIRMED, 6)


@pytest.mark.parametrize(
    ("facts", "offset", "expected"),
    [
        (NEVER, -15, State.FRESH),
        (NEVER, -14, State.DUE),
        (NEVER, -1, State.DUE),
        (NEVER, 0, State.LAPSED),
        (NEVER, 13, State.LAPSED),
        (NEVER, 14, State.WORK_LIST),
        # Nobody was asked: nothing happens to it, however old it is.
        (NEVER, 1000, State.WORK_LIST),
        (asked(-14), 29, State.WORK_LIST),
        (asked(-14), 30, State.LOWERED),
        (asked(-14), 59, State.LOWERED),
        (asked(-14), 60, State.HIDDEN),
        # Asked late: the clock starts with the mail.
        (asked(100), 100, State.WORK_LIST),
        (asked(100), 129, State.WORK_LIST),
        (asked(100), 130, State.LOWERED),
        (asked(100), 159, State.LOWERED),
        (asked(100), 160, State.HIDDEN),
    ],
)
def test_where_an_offer_stands(facts, offset, expected):
    assert state(facts, SPANS, day(offset)) == expected


@pytest.mark.parametrize("offset", [30, 60, 1000])
def test_a_pause_goes_no_further_than_the_work_list(offset):
    assert state(asked(-14), Spans(paused=True), day(offset)) == State.WORK_LIST
    assert mail_for(asked(-14), Spans(paused=True), day(offset)) is None


@pytest.mark.parametrize(
    ("facts", "offset", "expected"),
    [
        (NEVER, -15, None),
        (NEVER, -14, "first"),
        (NEVER, 1000, "first"),
        (asked(-14), -13, None),
        (asked(-14), -8, None),
        (asked(-14), -7, "reminder"),
        (asked(-14, -7), 0, "reminder"),
        (asked(-14, 0), 7, "reminder"),
        # On the work list the district takes over …
        (asked(-14, 7), 14, None),
        (asked(-14, 7), 52, None),
        # … and once before it is hidden the Kita hears of it again.
        (asked(-14, 7), 53, "reminder"),
        (asked(-14, 53), 59, None),
        (asked(-14, 53), 60, "hidden"),
    ],
)
def test_which_mail_an_offer_wants(facts, offset, expected):
    assert mail_for(facts, SPANS, day(offset)) == expected


def test_a_provider_gets_one_mail_for_what_has_become_due_meanwhile():
    assert mail_of_provider([NEVER, asked(-14)], SPANS, day(-13), day(-14)) is None
    assert mail_of_provider([NEVER, asked(-14)], SPANS, day(-7), day(-14)) == "reminder"
    assert mail_of_provider([NEVER], SPANS, day(-7), None) == "first"
    assert mail_of_provider([asked(-14, 53), NEVER], SPANS, day(60), day(59)) == "hidden"
    assert mail_of_provider([Facts(CONFIRMED, 24)], SPANS, day(0), None) is None


def test_the_end_of_a_month_and_odd_settings():
    assert Facts(date(2026, 8, 31), 6).lapses_on == date(2027, 2, 28)
    assert Facts(CONFIRMED, 0).lapses_on == date(2026, 4, 10)
    # Mails a year ahead would ask on the day of the confirmation: never before half of the time.
    assert state(Facts(CONFIRMED, 6), Spans(mail_before=365), CONFIRMED + timedelta(days=91)) == State.FRESH
    assert state(Facts(CONFIRMED, 6), Spans(mail_before=365), CONFIRMED + timedelta(days=92)) == State.DUE


def test_the_day_that_is_announced_is_the_day_on_which_it_goes():
    for facts in (NEVER, asked(-14), asked(100)):
        told_on = facts.first_mail_on or day(-14)
        after = Facts(CONFIRMED, 6, told_on, told_on)
        gone = facts.hides_on(SPANS, told_on)
        assert state(after, SPANS, gone) == State.HIDDEN
        assert state(after, SPANS, gone - timedelta(days=1)) == State.LOWERED
