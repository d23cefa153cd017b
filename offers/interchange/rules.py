"""The cell `termine`: recurrence rules in a small part of RFC 5545, with the time of day behind each."""

import re
from datetime import time

from django.utils.translation import gettext as _

from offers.interchange.cells import day, short
from offers.interchange.faults import CellError
from offers.recurrence import Rule

SEPARATOR = " | "
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EXAMPLES = "FREQ=WEEKLY;BYDAY=WE 09:30-11:00, FREQ=MONTHLY;BYDAY=-1WE 14:00-16:00, 2026-12-03 19:30-21:00"

_RULE = re.compile(r"(?P<what>\S+) (?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d)")
_WEEKLY = re.compile(rf"FREQ=WEEKLY;(?:INTERVAL=(?P<interval>\d{{1,3}});)?BYDAY=(?P<day>{'|'.join(DAYS)})")
_MONTHLY = re.compile(rf"FREQ=MONTHLY;BYDAY=(?P<week>-1|[1-9])(?P<day>{'|'.join(DAYS)})")


class Rules:
    """A cell of rules, separated by " | "."""

    def parse(self, text: str) -> list[Rule]:
        return [_parse(part.strip()) for part in text.split("|")] if text else []

    def format(self, value: list[Rule]) -> str:
        return SEPARATOR.join(_format(rule) for rule in value)


def _parse(text: str) -> Rule:
    match = _RULE.fullmatch(text)
    if not match:
        raise CellError(_("„%(text)s“ ist keine Terminregel. Beispiele: %(examples)s.") % {"text": short(text), "examples": EXAMPLES})
    start, end = _time(match["start"]), _time(match["end"])
    if end <= start:
        raise CellError(_("„%(text)s“ endet, bevor es beginnt. Bitte die Uhrzeiten prüfen.") % {"text": short(text)})
    what = match["what"]
    if weekly := _WEEKLY.fullmatch(what):
        interval = int(weekly["interval"] or 1)
        if not 1 <= interval <= 12:
            raise CellError(_("INTERVAL=%(number)d geht nicht. Möglich ist alle 1 bis 12 Wochen.") % {"number": interval})
        return Rule("weekly", start, end, weekday=DAYS.index(weekly["day"]), interval=interval)
    if monthly := _MONTHLY.fullmatch(what):
        week = int(monthly["week"])
        if week > 4:
            raise CellError(
                _("BYDAY=%(week)d%(day)s gibt es nicht jeden Monat. Möglich sind 1 bis 4 und -1 für den letzten.")
                % {"week": week, "day": monthly["day"]}
            )
        return Rule("monthly", start, end, weekday=DAYS.index(monthly["day"]), week_of_month=week)
    if what.startswith(("FREQ", "BYDAY", "INTERVAL")):
        raise CellError(
            _("„%(text)s“ ist keine Terminregel; je Wochentag steht eine eigene. Beispiele: %(examples)s.")
            % {"text": short(text), "examples": EXAMPLES}
        )
    return Rule("once", start, end, day=day(what))


def _format(rule: Rule) -> str:
    if rule.frequency == "once":
        what = rule.day.isoformat() if rule.day else ""
    elif rule.frequency == "weekly":
        interval = f"INTERVAL={rule.interval};" if rule.interval != 1 else ""
        what = f"FREQ=WEEKLY;{interval}BYDAY={DAYS[rule.weekday or 0]}"
    else:
        what = f"FREQ=MONTHLY;BYDAY={rule.week_of_month}{DAYS[rule.weekday or 0]}"
    return f"{what} {rule.start_time:%H:%M}-{rule.end_time:%H:%M}"


def _time(text: str) -> time:
    hour, minute = int(text[:2]), int(text[3:])
    if hour > 23 or minute > 59:
        raise CellError(_("Die Uhrzeit %(text)s gibt es nicht.") % {"text": text})
    return time(hour, minute)
