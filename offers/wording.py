"""How dates, ages, costs and distances read to families. Nearly pure: only translation is asked for.

Moments are aware or naive, but local (Europe/Berlin) where they are shown; ages are months; distances kilometres.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offers.choices import Audience, Cost, Language

if TYPE_CHECKING:
    from offers.recurrence import Occurrence, Rule

LOCAL = ZoneInfo("Europe/Berlin")
# A date further away than this says its year.
SAME_YEAR = timedelta(days=300)

MONTHS = (
    gettext_lazy("Januar"),
    gettext_lazy("Februar"),
    gettext_lazy("März"),
    gettext_lazy("April"),
    gettext_lazy("Mai"),
    gettext_lazy("Juni"),
    gettext_lazy("Juli"),
    gettext_lazy("August"),
    gettext_lazy("September"),
    gettext_lazy("Oktober"),
    gettext_lazy("November"),
    gettext_lazy("Dezember"),
)
WEEKDAYS = (
    gettext_lazy("Montag"),
    gettext_lazy("Dienstag"),
    gettext_lazy("Mittwoch"),
    gettext_lazy("Donnerstag"),
    gettext_lazy("Freitag"),
    gettext_lazy("Samstag"),
    gettext_lazy("Sonntag"),
)

SHORT_MONTHS = (
    gettext_lazy("Jan"),
    gettext_lazy("Feb"),
    gettext_lazy("März"),
    gettext_lazy("Apr"),
    gettext_lazy("Mai"),
    gettext_lazy("Juni"),
    gettext_lazy("Juli"),
    gettext_lazy("Aug"),
    gettext_lazy("Sept"),
    gettext_lazy("Okt"),
    gettext_lazy("Nov"),
    gettext_lazy("Dez"),
)
SHORT_WEEKDAYS = (
    gettext_lazy("Mo"),
    gettext_lazy("Di"),
    gettext_lazy("Mi"),
    gettext_lazy("Do"),
    gettext_lazy("Fr"),
    gettext_lazy("Sa"),
    gettext_lazy("So"),
)
EVERY_WEEKDAY = (
    gettext_lazy("montags"),
    gettext_lazy("dienstags"),
    gettext_lazy("mittwochs"),
    gettext_lazy("donnerstags"),
    gettext_lazy("freitags"),
    gettext_lazy("samstags"),
    gettext_lazy("sonntags"),
)
NUMBERS = {
    2: gettext_lazy("zwei"),
    3: gettext_lazy("drei"),
    4: gettext_lazy("vier"),
    5: gettext_lazy("fünf"),
    6: gettext_lazy("sechs"),
    7: gettext_lazy("sieben"),
    8: gettext_lazy("acht"),
    9: gettext_lazy("neun"),
    10: gettext_lazy("zehn"),
    11: gettext_lazy("elf"),
    12: gettext_lazy("zwölf"),
}


def clock(moment: datetime) -> str:
    """ "9:30", and "11" for a full hour; the word "Uhr" follows where the sentence needs it."""
    return f"{moment.hour}:{moment.minute:02}" if moment.minute else str(moment.hour)


def day_and_month(day: date) -> str:
    """ "25. November" """
    return f"{day.day}. {MONTHS[day.month - 1]}"


def long_day(day: date) -> str:
    """ "Mittwoch, 25. November" """
    return f"{WEEKDAYS[day.weekday()]}, {day_and_month(day)}"


def moved_from(planned: datetime, start: datetime) -> str:
    """What a moved date says about itself: "verlegt von Mittwoch, 25. November", or "sonst um 9:30 Uhr" on the same day."""
    if planned.date() != start.date():
        return _("verlegt von %(day)s") % {"day": long_day(planned.date())}
    if planned.time() != start.time():
        return _("sonst um %(time)s Uhr") % {"time": clock(planned)}
    return ""


def next_date(start: datetime, now: datetime) -> str:
    """A date on a card: "heute, 9:30 Uhr", "morgen, 9:30 Uhr", "Mi 25. Nov, 9:30 Uhr"; far away with the year."""
    start, today = start.astimezone(LOCAL), now.astimezone(LOCAL).date()
    time = _("%(time)s Uhr") % {"time": clock(start)}
    days = (start.date() - today).days
    if days == 0:
        return _("heute, %(time)s") % {"time": time}
    if days == 1:
        return _("morgen, %(time)s") % {"time": time}
    day = f"{SHORT_WEEKDAYS[start.weekday()]} {start.day}. {SHORT_MONTHS[start.month - 1]}"
    year = f" {start.year}" if abs(start.date() - today) > SAME_YEAR else ""
    return f"{day}{year}, {time}"


def long_date(start: datetime, end: datetime, now: datetime | None = None) -> str:
    """A date on the offer's page: "Mittwoch, 25. November, 9:30 bis 11 Uhr". With `now`, a far one says its year."""
    start, end = start.astimezone(LOCAL), end.astimezone(LOCAL)
    far = now is not None and abs(start - now) > SAME_YEAR
    day = f"{long_day(start.date())} {start.year}" if far else long_day(start.date())
    if end.date() == start.date():
        return _("%(day)s, %(start)s bis %(end)s Uhr") % {"day": day, "start": clock(start), "end": clock(end)}
    return _("%(day)s, %(start)s Uhr bis %(last_day)s, %(end)s Uhr") % {
        "day": day,
        "start": clock(start),
        "last_day": long_day(end.date()),
        "end": clock(end),
    }


def cancellation(occurrence: "Occurrence") -> str:
    """ "Fällt am 25. November aus", with the reason where there is one: "Fällt am 25. November aus: Krankheit" """
    text = _("Fällt am %(day)s aus") % {"day": day_and_month(occurrence.start.date())}
    return f"{text}: {occurrence.note}" if occurrence.note else text


def rhythm(rules: Iterable["Rule"]) -> str:
    """How often: "jede Woche", "montags und donnerstags", "alle zwei Wochen", "am 1. Dienstag im Monat"; "" for single dates."""
    rules = list(rules)
    weekly = sorted({rule.weekday for rule in rules if rule.frequency == "weekly" and rule.interval == 1 and rule.weekday is not None})
    parts = [join([str(EVERY_WEEKDAY[day]) for day in weekly]) if len(weekly) > 1 else _("jede Woche")] if weekly else []
    for rule in rules:
        if rule.weekday is None:
            continue
        if rule.frequency == "weekly" and rule.interval > 1:
            parts.append(_("alle %(number)s Wochen") % {"number": NUMBERS.get(rule.interval, rule.interval)})
        elif rule.frequency == "monthly" and rule.week_of_month == -1:
            parts.append(_("am letzten %(day)s im Monat") % {"day": WEEKDAYS[rule.weekday]})
        elif rule.frequency == "monthly" and rule.week_of_month:
            parts.append(_("am %(number)d. %(day)s im Monat") % {"number": rule.week_of_month, "day": WEEKDAYS[rule.weekday]})
    return join(list(dict.fromkeys(parts)))


def age_range(lowest: int | None, highest: int | None) -> str:
    """From months: "0 bis 12 Monate", "ab 18 Monaten", "2 bis 6 Jahre", "bis 3 Jahre", "für jedes Alter"."""
    if not lowest and highest is None:
        return _("für jedes Alter") if lowest is None else _("ab der Geburt")
    if highest is None:
        number, years = _age(lowest or 0, up=False)
        if years:
            return _("ab 1 Jahr") if number == "1" else _("ab %s Jahren") % number
        return _("ab 1 Monat") if number == "1" else _("ab %s Monaten") % number
    to, to_years = _age(highest, up=True)
    unit = (_("Jahr") if to == "1" else _("Jahre")) if to_years else (_("Monat") if to == "1" else _("Monate"))
    if lowest is None:
        return _("bis %(number)s %(unit)s") % {"number": to, "unit": unit}
    number, years = _age(lowest, up=False)
    if lowest == 0 or (not to_years and years):
        number, years = str(lowest), to_years  # "0 bis 3 Jahre", "12 bis 18 Monate"
    if (number, years) == (to, to_years):
        return f"{number} {unit}"
    if years == to_years:
        return _("%(from)s bis %(to)s %(unit)s") % {"from": number, "to": to, "unit": unit}
    months = _("Monat") if number == "1" else _("Monate")
    return _("%(from)s %(months)s bis %(to)s %(unit)s") % {"from": number, "months": months, "to": to, "unit": unit}


def _age(months: int, *, up: bool) -> tuple[str, bool]:
    """The number as people say it, and whether it is years: a baby counts in months, a child of two in half years."""
    if months < 24 and (months != 12 or up):
        return str(months), False
    years, half = divmod(_half_years(months, up=up), 2)
    return f"{years}½" if half else str(years), True


def _half_years(months: int, *, up: bool) -> int:
    """The nearest half year; in the middle of two, the one that shuts nobody out."""
    whole, rest = divmod(months, 6)
    return whole + (rest > 3 or (rest == 3 and up))


def cost(code: str, note: str = "") -> str:
    """ "kostenfrei", "3 Euro je Treffen", or what is known of it."""
    if code == Cost.FREE:
        return _("kostenfrei, %s") % note if note else _("kostenfrei")
    return note or (_("Spende") if code == Cost.DONATION else _("kostet etwas"))


def distance(kilometres: float | None) -> str:
    """ "unter 100 m", "400 m", "4,2 km", "12 km"; "" where it is not known."""
    if kilometres is None:
        return ""
    if kilometres < 0.1:
        return _("unter 100 m")
    if kilometres < 0.95:
        return _("%d m") % (round(kilometres * 10) * 100)
    if kilometres < 9.95:
        return _("%s km") % f"{kilometres:.1f}".removesuffix(".0").replace(".", ",")
    return _("%d km") % round(kilometres)


def languages(codes: Sequence[str]) -> str:
    """ "Deutsch, Türkisch und Arabisch"; German where an offer names none."""
    return join([str(Language(code).label) for code in codes or [Language.GERMAN]])


def audience(codes: Sequence[str]) -> str:
    """ "Eltern und Kinder" """
    return join([str(Audience(code).label) for code in codes])


def join(words: Sequence[str]) -> str:
    """ "Eltern", "Eltern und Kinder", "Eltern, Kinder und Großeltern" """
    if len(words) < 2:
        return "".join(words)
    return _("%(words)s und %(last)s") % {"words": ", ".join(words[:-1]), "last": words[-1]}
