"""Which columns the two files have, and where each lives on the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page

from offers.calendar import rules_of
from offers.choices import Accessibility, Audience, Cost, Form, Language, OfferKind, ProviderKind, Registration, VenueKind
from offers.interchange.cells import Cell, Choice, Codes, Day, Degrees, Text, Whole, YesNo
from offers.interchange.faults import CellError
from offers.interchange.rules import Rules
from offers.models import OfferPage, ProviderPage, Schedule, Topic
from offers.recurrence import Rule

TEXT, TEXTS, YES_NO, DAY = Text(), Text(lines=True), YesNo(), Day()
AGE = Whole(0, 216)
VENUE = ("treffpunkt", "strasse", "plz", "ort", "breite", "laenge")


@dataclass(frozen=True)
class Column:
    """One column: its name in the file, its cell, its field of the page. `get` and `put` where the field alone does not say it,
    `checked` unless the cell's own check is all there is."""

    name: str
    cell: Cell
    field: str
    required: bool = False
    checked: bool = True
    get: Callable[[Any], Any] | None = None
    put: Callable[[Any, Any], None] | None = None

    def text(self, page: Page) -> str:
        """The cell as the page has it now."""
        return self.cell.format(self.get(page) if self.get else getattr(page, self.field))

    def write(self, page: Page, value: Any) -> None:
        if self.put:
            self.put(page, value)
        else:
            setattr(page, self.field, value)


@dataclass(frozen=True)
class Table:
    """The columns of one kind of page."""

    model: type[ProviderPage] | type[OfferPage]
    columns: tuple[Column, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def column_of_field(self) -> dict[str, str]:
        """Column name by field name, for what the model's own checks find."""
        return {"slug": "kennung"} | {column.field: column.name for column in self.columns}

    def value(self, column: Column, text: str) -> Any:
        """The cell's value, checked as the field of the model checks it. Raises CellError."""
        if column.required and not text:
            raise CellError(_("Bitte ausfüllen."))
        value = column.cell.parse(text)
        if not column.checked or value in (None, ""):
            return value
        try:
            return self.model._meta.get_field(column.field).clean(value, None)  # type: ignore[union-attr]
        except ValidationError as fault:
            raise CellError(" ".join(fault.messages)) from fault

    def text(self, page: Page) -> dict[str, str]:
        """The page as a row."""
        return {column.name: column.text(page) for column in self.columns}


def provider_table() -> Table:
    return Table(
        ProviderPage,
        (
            Column("kennung", TEXT, "key", required=True),
            Column("name", TEXT, "title", required=True),
            Column("art", Choice(ProviderKind.values), "kind"),
            Column("traeger", TEXT, "carrier"),
            Column("strasse", TEXT, "street"),
            Column("plz", TEXT, "postal_code"),
            Column("ort", TEXT, "town"),
            Column("breite", Degrees(90), "latitude"),
            Column("laenge", Degrees(180), "longitude"),
            Column("telefon", TEXT, "phone"),
            Column("email", TEXT, "email"),
            Column("webseite", TEXT, "website"),
            Column("beschreibung", TEXTS, "description"),
        ),
    )


def offer_table(topics: Mapping[str, Topic]) -> Table:
    """The columns of offers; `topics` by slug are those that a cell may name."""

    def put_topics(page: OfferPage, slugs: list[str]) -> None:
        page.topics = [topics[slug] for slug in slugs]

    return Table(
        OfferPage,
        (
            Column("kennung", TEXT, "key", required=True),
            Column("anbieter", TEXT, "provider", required=True, checked=False, get=lambda page: page.provider.key, put=_keep),
            Column("titel", TEXT, "title", required=True),
            Column("art", Choice(OfferKind.values), "kind"),
            Column("themen", Codes(sorted(topics)), "topics", checked=False, get=_topics, put=put_topics),
            Column("kurztext", TEXT, "summary", required=True),
            Column("beschreibung", TEXTS, "description"),
            _venue("treffpunkt", TEXT, "venue_name"),
            _venue("strasse", TEXT, "street"),
            _venue("plz", TEXT, "postal_code"),
            _venue("ort", TEXT, "town"),
            _venue("breite", Degrees(90), "latitude"),
            _venue("laenge", Degrees(180), "longitude"),
            Column("form", Choice(Form.values), "form"),
            Column("alter_von_monate", AGE, "min_age_months"),
            Column("alter_bis_monate", AGE, "max_age_months"),
            Column("zielgruppe", Codes(Audience.values), "audience"),
            Column("sprachen", Codes(Language.values), "languages"),
            Column("kosten", Choice(Cost.values), "cost"),
            Column("kosten_hinweis", TEXT, "cost_note"),
            Column("anmeldung", Choice(Registration.values), "registration"),
            Column("anmeldung_hinweis", TEXT, "registration_note"),
            Column("kontakt_name", TEXT, "contact_name"),
            Column("kontakt_telefon", TEXT, "contact_phone"),
            Column("kontakt_email", TEXT, "contact_email"),
            Column("barrierefreiheit", Codes(Accessibility.values), "accessibility"),
            Column("termine", Rules(), "schedules", checked=False, get=rules_of, put=_put_rules),
            Column("beginnt_am", DAY, "starts_on"),
            Column("endet_am", DAY, "ends_on"),
            Column("pause_in_schulferien", YES_NO, "pauses_in_school_holidays", put=_put_pauses),
            Column("sozialraumbudget", YES_NO, "funded"),
            Column("sensibel", YES_NO, "sensitive"),
        ),
    )


def _venue(name: str, cell: Cell, field: str) -> Column:
    """A cell of the venue: empty where the offer is not at a venue of its own, whatever its fields still hold."""
    return Column(name, cell, field, get=lambda page: getattr(page, field) if page.venue == VenueKind.OWN else None)


def settle_venue(page: OfferPage) -> None:
    """Where the offer is, from what the row says: an own venue, nowhere (online, by telephone), or the provider's house."""
    if page.venue_name or page.has_address or page.latitude is not None:
        page.venue = VenueKind.OWN
    elif page.form in (Form.ONLINE, Form.TELEPHONE):
        page.venue = VenueKind.NONE
    else:
        page.venue = VenueKind.PROVIDER


def _keep(page: OfferPage, key: str) -> None:
    """An offer is under its provider's page: whoever writes the page puts it there."""


def _topics(page: OfferPage) -> list[str]:
    return sorted(topic.slug for topic in page.topics.all())


def _put_rules(page: OfferPage, rules: list[Rule]) -> None:
    page.schedules = [  # type: ignore[misc]
        Schedule(
            sort_order=number,
            frequency=rule.frequency,
            weekday=rule.weekday,
            interval=rule.interval,
            week_of_month=rule.week_of_month,
            date=rule.day,
            start_time=rule.start_time,
            end_time=rule.end_time,
        )
        for number, rule in enumerate(rules)
    ]


def _put_pauses(page: OfferPage, pauses: bool) -> None:
    """The file knows one answer; a series that pauses in the school holidays pauses on public holidays too."""
    page.pauses_in_school_holidays = page.pauses_on_public_holidays = pauses
