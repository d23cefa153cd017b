"""How dates, ages, costs and distances read."""

from datetime import date, datetime, time

import pytest

from offers import wording
from offers.recurrence import LOCAL, Occurrence, Rule

NOW = datetime(2026, 11, 23, 12, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("start", "text"),
    [
        (datetime(2026, 11, 23, 9, 30), "heute, 9:30 Uhr"),
        (datetime(2026, 11, 24, 15), "morgen, 15 Uhr"),
        (datetime(2026, 11, 25, 9, 30), "Mi 25. Nov, 9:30 Uhr"),
        (datetime(2027, 1, 8, 9, 5), "Fr 8. Jan, 9:05 Uhr"),
        (datetime(2027, 11, 24, 9, 30), "Mi 24. Nov 2027, 9:30 Uhr"),
    ],
)
def test_a_date_on_a_card_reads(start, text):
    assert wording.next_date(start.replace(tzinfo=LOCAL), NOW) == text


def test_tomorrow_begins_at_local_midnight():
    just_after_midnight = datetime(2026, 11, 24, 0, 30, tzinfo=LOCAL)
    assert wording.next_date(datetime(2026, 11, 24, 9, tzinfo=LOCAL), just_after_midnight) == "heute, 9 Uhr"


def test_a_date_on_the_page_says_weekday_month_and_both_times():
    start = datetime(2026, 11, 25, 9, 30, tzinfo=LOCAL)
    assert wording.long_date(start, start.replace(hour=11, minute=0)) == "Mittwoch, 25. November, 9:30 bis 11 Uhr"


def test_a_night_says_both_days():
    text = wording.long_date(datetime(2027, 6, 18, 17, tzinfo=LOCAL), datetime(2027, 6, 19, 11, tzinfo=LOCAL))
    assert text == "Freitag, 18. Juni, 17 Uhr bis Samstag, 19. Juni, 11 Uhr"


def test_a_cancelled_date_says_when_and_why():
    start = datetime(2026, 11, 25, 9, 30, tzinfo=LOCAL)
    assert wording.cancellation(Occurrence(start, start, cancelled=True)) == "Fällt am 25. November aus"
    assert wording.cancellation(Occurrence(start, start, "Krankheit", cancelled=True)) == "Fällt am 25. November aus: Krankheit"


def rule(frequency, **fields):
    return Rule(frequency, time(9), time(10), **fields)


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        ([], ""),
        ([rule("once", day=date(2026, 12, 3))], ""),
        ([rule("weekly", weekday=2)], "jede Woche"),
        ([rule("weekly", weekday=2), rule("weekly", weekday=2)], "jede Woche"),
        ([rule("weekly", weekday=3), rule("weekly", weekday=0)], "montags und donnerstags"),
        ([rule("weekly", weekday=4, interval=2)], "alle zwei Wochen"),
        ([rule("monthly", weekday=1, week_of_month=1)], "am 1. Dienstag im Monat"),
        ([rule("monthly", weekday=2, week_of_month=-1)], "am letzten Mittwoch im Monat"),
        ([rule("weekly", weekday=2), rule("monthly", weekday=5, week_of_month=2)], "jede Woche und am 2. Samstag im Monat"),
        ([rule("weekly"), rule("monthly", weekday=1)], ""),
    ],
)
def test_rules_read_as_a_rhythm(rules, text):
    assert wording.rhythm(rules) == text


@pytest.mark.parametrize(
    ("lowest", "highest", "text"),
    [
        (None, None, "für jedes Alter"),
        (0, None, "ab der Geburt"),
        (0, 12, "0 bis 12 Monate"),
        (4, 18, "4 bis 18 Monate"),
        (12, 18, "12 bis 18 Monate"),
        (18, None, "ab 18 Monaten"),
        (1, None, "ab 1 Monat"),
        (12, None, "ab 1 Jahr"),
        (24, None, "ab 2 Jahren"),
        (30, None, "ab 2½ Jahren"),
        (None, 36, "bis 3 Jahre"),
        (None, 12, "bis 12 Monate"),
        (24, 72, "2 bis 6 Jahre"),
        (0, 36, "0 bis 3 Jahre"),
        (12, 36, "1 bis 3 Jahre"),
        (6, 36, "6 Monate bis 3 Jahre"),
        (1, 24, "1 Monat bis 2 Jahre"),
        (36, 36, "3 Jahre"),
        (36, 47, "3 bis 4 Jahre"),
        (72, 131, "6 bis 11 Jahre"),
        (54, 78, "4½ bis 6½ Jahre"),
        (57, 75, "4½ bis 6½ Jahre"),
        (0, 0, "0 Monate"),
    ],
)
def test_ages_read(lowest, highest, text):
    assert wording.age_range(lowest, highest) == text


@pytest.mark.parametrize(
    ("code", "note", "text"),
    [
        ("kostenfrei", "", "kostenfrei"),
        ("kostenfrei", "Getränke ab 50 Cent", "kostenfrei, Getränke ab 50 Cent"),
        ("betrag", "3 Euro je Treffen", "3 Euro je Treffen"),
        ("betrag", "", "kostet etwas"),
        ("spende", "", "Spende"),
        ("spende", "Kaffeekasse", "Kaffeekasse"),
    ],
)
def test_costs_read(code, note, text):
    assert wording.cost(code, note) == text


@pytest.mark.parametrize(
    ("kilometres", "text"),
    [(None, ""), (0.0, "unter 100 m"), (0.4, "400 m"), (0.97, "1 km"), (4.24, "4,2 km"), (9.96, "10 km"), (12.4, "12 km")],
)
def test_distances_read(kilometres, text):
    assert wording.distance(kilometres) == text


def test_lists_read_as_sentences():
    assert wording.languages([]) == "Deutsch"
    assert wording.languages(["de", "tr", "ar"]) == "Deutsch, Türkisch und Arabisch"
    assert wording.audience(["eltern", "kinder"]) == "Eltern und Kinder"
    assert wording.audience([]) == ""
