"""When the generated offers take place: the demo's rules, on other days and at other times. Pure, by seed."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from offers.recurrence import Rule, occurrences
from search.contract import Occurrence

HOLIDAYS = Path(__file__).resolve().parents[2] / "offers" / "data" / "school-holidays-rlp.csv"
LOCAL = ZoneInfo("Europe/Berlin")
HORIZON = timedelta(days=365)
WEEKDAYS = ("montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonntags")


@dataclass(frozen=True, slots=True)
class Schedule:
    rhythm: str
    dates: tuple[Occurrence, ...]


class Schedules:
    """Dates from `today` on, for a year."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._last = today + HORIZON
        self._holidays = frozenset(_holidays(HOLIDAYS))
        # Rules are few, however many offers have them; working them out is dear.
        self._dates = lru_cache(100_000)(self._work_out)

    def draw(self, rules: Sequence[Rule], pauses: bool, random: Random) -> Schedule:
        """Dates like those of the given rules. Without rules there are none: by arrangement."""
        drawn = [self._other(rule, random) for rule in rules]
        dates = {each for rule in drawn for each in self._dates(rule, pauses)}
        if any(rule.frequency != "once" for rule in drawn) and random.random() < 0.7:
            last = datetime.combine(self._today + timedelta(days=random.randint(40, 360)), datetime.min.time(), LOCAL)
            dates = {each for each in dates if each.start < last}
        return Schedule(_rhythm(drawn), tuple(sorted(dates, key=lambda each: (each.start, each.end))))

    def _other(self, rule: Rule, random: Random) -> Rule:
        weekday = rule.weekday
        if weekday is not None and random.random() < 0.6:
            # Groups of the week stay in the week, those of the weekend at the weekend.
            weekday = random.randrange(5) if weekday < 5 else random.randrange(5, 7)
        day = self._today + timedelta(days=random.randint(1, 220)) if rule.day else None
        minutes = random.choice((-30, -15, 0, 0, 0, 15, 30))
        start, end = (_shift(clock, minutes) for clock in (rule.start_time, rule.end_time))
        return replace(rule, weekday=weekday, day=day, start_time=start, end_time=end)

    def _work_out(self, rule: Rule, pauses: bool) -> tuple[Occurrence, ...]:
        found = occurrences([rule], first=self._today, last=self._last, pauses=self._holidays if pauses else frozenset())
        return tuple(Occurrence(each.start, each.end, each.note) for each in found)


def _shift(clock: time, minutes: int) -> time:
    """Later or earlier on the same day."""
    moved = datetime.combine(date(2000, 1, 1), clock) + timedelta(minutes=minutes)
    return moved.time() if moved.date() == date(2000, 1, 1) else clock


def _rhythm(rules: Sequence[Rule]) -> str:
    rule = rules[0] if rules else None
    if rule is None or rule.frequency == "once" or rule.weekday is None:
        return ""
    if rule.frequency == "monthly":
        return f"{WEEKDAYS[rule.weekday]}, einmal im Monat"
    return WEEKDAYS[rule.weekday] if rule.interval == 1 else f"{WEEKDAYS[rule.weekday]}, alle {rule.interval} Wochen"


def _holidays(file: Path) -> Iterator[date]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            day, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
            while day <= last:
                yield day
                day += timedelta(days=1)
