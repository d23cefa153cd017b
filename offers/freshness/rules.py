"""How long a listing counts as true, and what follows when nobody says that it still is. Pure: no database.

The clock of what harms a listing (a lower rank, being hidden) starts when it has lapsed *and* somebody was asked. So nothing is ever
lowered or hidden unasked, however late the mails went out: after a pause, a gap, or the first day of all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Literal

from dateutil.relativedelta import relativedelta

Kind = Literal["first", "reminder", "hidden"]


class State(IntEnum):
    """In the order in which an offer goes through them."""

    FRESH = 0
    DUE = 1  # not lapsed yet, but it is time to ask
    LAPSED = 2
    WORK_LIST = 3  # the district asks by telephone
    LOWERED = 4  # families find it further down
    HIDDEN = 5  # families do not find it any more


@dataclass(frozen=True, slots=True)
class Spans:
    """What the district has chosen; all in days."""

    mail_before: int = 14
    remind_every: int = 7
    to_work_list_after: int = 14
    lower_after: int = 30
    hide_after: int = 60
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one offer. Mails are those since its last confirmation."""

    confirmed_at: date
    every_months: int
    first_mail_on: date | None = None
    last_mail_on: date | None = None

    @property
    def lapses_on(self) -> date:
        """The first day on which it is no longer confirmed. No months at all would mean every day: one month is the least."""
        return self.confirmed_at + relativedelta(months=max(1, self.every_months))

    def due_on(self, spans: Spans) -> date:
        """From when on to ask; never in the first half of the time, whatever the setting."""
        half = self.confirmed_at + (self.lapses_on - self.confirmed_at) / 2
        return max(self.lapses_on - timedelta(days=spans.mail_before), half)

    def hides_on(self, spans: Spans, today: date) -> date:
        """The day on which it goes, if nobody answers; for one that nobody was asked about, if somebody is today."""
        return max(self.lapses_on, self.first_mail_on or today) + timedelta(days=spans.hide_after)


def state(facts: Facts, spans: Spans, today: date) -> State:
    """Where the offer stands today. During a pause nothing goes beyond the work list."""
    if today < facts.lapses_on:
        return State.DUE if today >= facts.due_on(spans) else State.FRESH
    if facts.first_mail_on is not None and not spans.paused:
        asked_for = (today - max(facts.lapses_on, facts.first_mail_on)).days
        if asked_for >= spans.hide_after:
            return State.HIDDEN
        if asked_for >= spans.lower_after:
            return State.LOWERED
    return State.WORK_LIST if (today - facts.lapses_on).days >= spans.to_work_list_after else State.LAPSED


def mail_for(facts: Facts, spans: Spans, today: date) -> Kind | None:
    """Which mail this offer wants today.

    One first, then reminders until it is on the work list, where the district takes over, and one more before it is hidden.
    """
    now = state(facts, spans, today)
    if spans.paused or now == State.FRESH:
        return None
    if facts.first_mail_on is None or facts.last_mail_on is None:
        return "first"
    if now == State.HIDDEN:
        return "hidden"
    if (today - facts.last_mail_on).days < spans.remind_every:
        return None
    if now in (State.DUE, State.LAPSED):
        return "reminder"
    last_call = facts.hides_on(spans, today) - timedelta(days=spans.remind_every)
    return "reminder" if today >= last_call > facts.last_mail_on else None


def mail_of_provider(offers: Iterable[Facts], spans: Spans, today: date, last_mail_on: date | None) -> Kind | None:
    """The one mail that a provider gets today for all its offers; `last_mail_on`: the last one that it got for any of them.

    A notice comes on the day itself. Any other mail waits until the last one is `remind_every` days old: what has become due meanwhile is
    in it too.
    """
    wanted = {mail_for(facts, spans, today) for facts in offers}
    if "hidden" in wanted:
        return "hidden"
    if last_mail_on is not None and (today - last_mail_on).days < spans.remind_every:
        return None
    return "reminder" if "reminder" in wanted else "first" if "first" in wanted else None
