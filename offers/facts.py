"""What the offer's page answers first: can I go there, when, where, what does it cost, what do I have to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from offers import calendar, wording
from offers.choices import Accessibility, Audience, Form, Language, OfferKind, Registration
from offers.models import Address, OfferPage
from offers.recurrence import Occurrence


@dataclass(frozen=True)
class Action:
    """The one button that matters."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Facts:
    """Everything in words; empty strings and lists are not shown."""

    next_date: str
    rhythm: str
    note: str
    more_dates: tuple[str, ...]
    cancelled: tuple[str, ...]
    by_arrangement: bool
    over: bool
    form: str
    location: Address | None
    age: str
    audience: tuple[str, ...]
    languages: tuple[str, ...]
    accessibility: tuple[str, ...]
    cost: str
    registration: str
    action: Action | None


MORE_DATES = 8


def facts(offer: OfferPage, now: datetime | None = None) -> Facts:
    """Read an offer as a family does. Uses the offer's prefetched schedules; asks for its provider once."""
    now = now or timezone.localtime()
    dates = offer.occurrences(now.date(), now.date() + timedelta(days=400), with_cancelled=True)
    coming = [each for each in dates if each.end > now and not each.cancelled]
    first = coming[0] if coming else None
    has_rules = bool(offer.schedules.all())
    return Facts(
        next_date=wording.long_date(first.start, first.end, now) if first else "",
        rhythm=wording.rhythm(calendar.rules_of(offer)),
        note=first.note if first else "",
        more_dates=tuple(_line(each, now) for each in coming[1 : MORE_DATES + 1]),
        cancelled=tuple(wording.cancellation(each) for each in dates if each.cancelled and each.end > now)[:3],
        by_arrangement=not has_rules,
        over=has_rules and first is None,
        form=str(Form(offer.form).label) if offer.form != Form.ON_SITE else "",
        location=offer.location,
        age=wording.age_range(offer.min_age_months, offer.max_age_months),
        audience=_labels(offer.audience, Audience),
        languages=_labels(offer.languages or [Language.GERMAN], Language),
        accessibility=_labels(offer.accessibility, Accessibility),
        cost=wording.cost(offer.cost, offer.cost_note),
        registration=str(Registration(offer.registration).label),
        action=_action(offer, bool(first)),
    )


def _line(occurrence: Occurrence, now: datetime) -> str:
    date = wording.long_date(occurrence.start, occurrence.end, now)
    return f"{date} ({occurrence.note})" if occurrence.note else date


def _labels(codes: list[str], choices: type) -> tuple[str, ...]:
    return tuple(str(choices(code).label) for code in codes)


def _action(offer: OfferPage, has_date: bool) -> Action | None:
    """Register or call where that is needed; otherwise put the date into the calendar."""
    counselling = offer.kind == OfferKind.COUNSELLING
    registers = offer.registration != Registration.NONE and not counselling
    phone = offer.contact_phone or offer.provider.phone
    email = offer.contact_email or offer.provider.email
    if registers or counselling or not has_date:
        if phone:
            # Nobody has to register for somebody to talk to.
            text = _("Anmelden: %(phone)s") if registers else _("Anrufen: %(phone)s")
            return Action(text % {"phone": phone}, f"tel:{phone.replace(' ', '')}", "phone")
        if email:
            return Action(_("Per E-Mail anmelden") if registers else _("E-Mail schreiben"), f"mailto:{email}", "mail")
    return Action(_("In den Kalender"), "termine.ics", "calendar-plus") if has_date else None
