"""How dates, ages and costs read to families. Nearly pure: only translation is asked for."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
