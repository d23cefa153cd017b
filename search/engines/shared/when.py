"""Dates as tokens of an index: a span of days is a handful of tokens, however long it is. Pure.

A date with its time of day is one number a level: level 0 is the day, level 1 its block of eight days, then 64 and 512 days. A span is
covered by the largest blocks that fit into it, so that half a year asks for a dozen tokens and not for five hundred.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from search.contract import DAYS, TIMES

LEVELS = 4
_BITS = 3  # eight blocks of a level make one of the next
_SLOT: dict[str, int] = {time: number for number, time in enumerate(TIMES)}
# At whatever time of the day: a span without one then asks for a third of the tokens.
_ANY_TIME = 3


def _token(level: int, block: int, slot: int) -> int:
    return level << 32 | block << 2 | slot


def date_tokens(occurrences: Iterable[tuple[date, str]]) -> list[int]:
    """All tokens under which these dates (day, time of day) are found."""
    return sorted({token for each in set(occurrences) for token in _tokens_of(each)})


# The days of some years.
@lru_cache(maxsize=4096)
def _tokens_of(occurrence: tuple[date, str]) -> tuple[int, ...]:
    day, slot = occurrence[0].toordinal(), _SLOT[occurrence[1]]
    return tuple(_token(level, day >> (_BITS * level), time) for level in range(LEVELS) for time in (slot, _ANY_TIME))


def weekday_tokens(occurrences: Iterable[tuple[date, str]]) -> dict[str, list[str]]:
    """Days ("mi"), times of day ("vormittag"), and slots ("mi-vormittag"), in which both hold for the same date."""
    pairs = sorted({(DAYS[day.weekday()], time) for day, time in occurrences})
    return {"day": [day for day, _time in pairs], "time": [time for _day, time in pairs], "slot": [f"{day}-{time}" for day, time in pairs]}


def span_tokens(first: date, last: date, days: Iterable[str] = (), time: str = "") -> list[int]:
    """The tokens of which a document has one exactly when it has a date in the span, on one of the days, at the time of day."""
    slot = _SLOT[time] if time else _ANY_TIME
    low, high = first.toordinal(), last.toordinal()
    weekdays = {DAYS.index(day) for day in days}
    if weekdays and len(weekdays) < len(DAYS):
        # Ordinal 1 is a Monday.
        blocks = [(0, day) for day in range(low, high + 1) if (day - 1) % 7 in weekdays]
    else:
        blocks = list(_cover(low, high))
    return [_token(level, block, slot) for level, block in blocks]


def _cover(low: int, high: int) -> Iterable[tuple[int, int]]:
    """The fewest blocks (level, number) that make up the days from low to high."""
    while low <= high:
        level = 0
        while level + 1 < LEVELS and low % (1 << _BITS * (level + 1)) == 0 and low + (1 << _BITS * (level + 1)) - 1 <= high:
            level += 1
        yield level, low >> (_BITS * level)
        low += 1 << (_BITS * level)
