"""From rules, changes and pauses to dates. Pure: no database, no clock.

All times are local wall time (Europe/Berlin): a group at half past nine is at half past nine in summer and in winter.
"""

from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from dateutil.rrule import MONTHLY, WEEKLY, rrule
from dateutil.rrule import weekday as week_day

from offers.wording import LOCAL, moved_from

# A series without a first day counts its weeks from this Monday, so that every window gives the same dates.
FIRST_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """Every `interval` weeks on a weekday, or the n-th (-1: last) weekday of the month, or one date. Monday is 0."""

    frequency: Literal["weekly", "monthly", "once"]
    start_time: time
    end_time: time
    weekday: int | None = None
    interval: int = 1
    week_of_month: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What is different about the series' date on `day`: cancelled, or moved to another day, time or both."""

    day: date
    cancelled: bool = True
    new_day: date | None = None
    new_start_time: time | None = None
    new_end_time: time | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date, aware, in local time. `planned` is when the rule had it: it stays when the date moves, and names it."""

    start: datetime
    end: datetime
    note: str = ""
    cancelled: bool = False
    planned: datetime | None = None


def occurrences(
    rules: Iterable[Rule],
    *,
    first: date,
    last: date,
    starts_on: date | None = None,
    ends_on: date | None = None,
    pauses: Container[date] = frozenset(),
    changes: Iterable[Change] = (),
    with_cancelled: bool = False,
) -> list[Occurrence]:
    """The dates that begin from `first` to `last`, both included, in order.

    A series lies between `starts_on` and `ends_on` and leaves out the days in `pauses`. Single dates (frequency "once") neither
    pause nor end. A moved date takes place even on a day that pauses: somebody has put it there on purpose. Cancelled dates come
    only `with_cancelled`, flagged.
    """
    by_day = {change.day: change for change in changes}
    moved_here = [change.day for change in by_day.values() if not change.cancelled and change.new_day]
    found: set[Occurrence] = set()
    for rule in rules:
        days = set(_days(rule, first, last, starts_on, ends_on))
        days.update(day for day in moved_here if any(_days(rule, day, day, starts_on, ends_on)))
        for day in days:
            change = by_day.get(day)
            paused = rule.frequency != "once" and day in pauses
            if paused and (change is None or change.cancelled):
                continue
            occurrence = _changed(_at(rule, day), change)
            if first <= occurrence.start.date() <= last and (with_cancelled or not occurrence.cancelled):
                found.add(occurrence)
    return sorted(found, key=lambda each: (each.start, each.end, each.note))


def _days(rule: Rule, first: date, last: date, starts_on: date | None, ends_on: date | None) -> Collection[date]:
    """The rule's days from `first` to `last`, pauses and changes not yet considered."""
    if rule.frequency == "once":
        return [rule.day] if rule.day and first <= rule.day <= last else []
    if rule.weekday is None or (rule.frequency == "monthly" and rule.week_of_month is None):
        return []  # a draft with gaps
    first = max(first, starts_on) if starts_on else first
    last = min(last, ends_on) if ends_on else last
    if last < first:
        return []
    return list(_weekly(rule, first, last, starts_on) if rule.frequency == "weekly" else _monthly(rule, first, last))


def _weekly(rule: Rule, first: date, last: date, starts_on: date | None) -> Iterator[date]:
    anchor = starts_on or FIRST_MONDAY
    anchor += timedelta(days=((rule.weekday or 0) - anchor.weekday()) % 7)
    # Whole intervals are skipped by arithmetic: a series that runs for years costs as little as a new one.
    step = 7 * max(rule.interval, 1)
    anchor += timedelta(days=step * ((first - anchor).days // step))
    series = rrule(WEEKLY, interval=max(rule.interval, 1), dtstart=_midnight(anchor), until=_midnight(last))
    return (each.date() for each in series if each.date() >= first)


def _monthly(rule: Rule, first: date, last: date) -> Iterator[date]:
    nth = week_day(rule.weekday or 0, rule.week_of_month)
    series = rrule(MONTHLY, byweekday=nth, dtstart=_midnight(first), until=_midnight(last))
    return (each.date() for each in series)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _span(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    """Aware start and end; what ends before it begins ends on the next day."""
    last_day = day + timedelta(days=1) if end < start else day
    return datetime.combine(day, start, LOCAL), datetime.combine(last_day, end, LOCAL)


def _at(rule: Rule, day: date) -> Occurrence:
    start, end = _span(day, rule.start_time, rule.end_time)
    return Occurrence(start, end, planned=start)


def _changed(occurrence: Occurrence, change: Change | None) -> Occurrence:
    if change is None:
        return occurrence
    if change.cancelled:
        return replace(occurrence, cancelled=True, note=change.note)
    start, end = _span(
        change.new_day or occurrence.start.date(),
        change.new_start_time or occurrence.start.time(),
        change.new_end_time or occurrence.end.time(),
    )
    if (start, end) == (occurrence.start, occurrence.end):
        return replace(occurrence, note=change.note)
    note = " – ".join(part for part in (moved_from(occurrence.start, start), change.note) if part)
    return replace(occurrence, start=start, end=end, note=note)
