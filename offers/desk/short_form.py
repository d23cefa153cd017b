"""The short form of a new offer: twelve fields, filled in from an example, and everything else at good defaults."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from offers.choices import Cost, Form, Frequency, OfferKind, Registration
from offers.examples import Example
from offers.forms import REMEDIES, first_values, missing_for_families
from offers.models import OfferPage, ProviderPage, Schedule, Topic
from offers.panels import date_input
from offers.panels.inputs import time_input

WEEKLY, FORTNIGHTLY, MONTHLY, ONCE, BY_ARRANGEMENT = "weekly", "fortnightly", "monthly", "once", "arrangement"
RHYTHMS = (
    (WEEKLY, _("Jede Woche an diesem Wochentag")),
    (FORTNIGHTLY, _("Alle zwei Wochen")),
    (MONTHLY, _("Einmal im Monat, am gleichen Wochentag")),
    (ONCE, _("Nur an diesem Tag")),
    (BY_ARRANGEMENT, _("Nach Absprache, ohne festen Termin")),
)
# Months, both may be open: the usual ages, in the words of families.
AGES = (
    ("-", _("Für jedes Alter")),
    ("0-12", _("0 bis 12 Monate")),
    ("0-36", _("0 bis 3 Jahre")),
    ("12-36", _("1 bis 3 Jahre")),
    ("36-72", _("3 bis 6 Jahre")),
    ("0-72", _("0 bis 6 Jahre")),
    ("72-144", _("Schulkinder")),
)
# Where the page's own check names a field that has another name here.
FIELD_OF = {
    "date": "first_day",
    "weekday": "first_day",
    "cost_note": "price",
    "cost": "price",
    "registration_note": "contact_phone",
    "min_age_months": "age",
    "max_age_months": "age",
}
FREE = {"", "0", "kostenfrei", "kostenlos", "gratis", "umsonst", "frei", "nichts"}


class ShortForm(forms.Form):
    """Makes an offer under `provider` that has not been saved. A draft needs only its name."""

    title = forms.CharField(
        label=_("Wie heißt es?"), max_length=120, help_text=_("So wie Eltern es nennen, ohne den Namen Ihrer Einrichtung.")
    )
    kind = forms.ChoiceField(label=_("Was ist es?"), choices=OfferKind, help_text=_("Danach suchen und filtern Familien."))
    summary = forms.CharField(
        label=_("Kurz gesagt"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ein, zwei Sätze: Was passiert, für wen ist es?"),
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Worum geht es?"),
        queryset=Topic.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ein bis drei Themen genügen."),
    )
    first_day = forms.DateField(
        label=_("Wann ist es das nächste Mal?"), required=False, widget=date_input(), help_text=_("Der Wochentag ergibt sich daraus.")
    )
    rhythm = forms.ChoiceField(label=_("Wie oft?"), choices=RHYTHMS)
    start_time = forms.TimeField(label=_("Von"), required=False, widget=time_input())
    end_time = forms.TimeField(label=_("Bis"), required=False, widget=time_input())
    age = forms.ChoiceField(label=_("Wie alt sind die Kinder?"), choices=AGES, help_text=_("Familien suchen nach dem Alter ihres Kindes."))
    price = forms.CharField(
        label=_("Was kostet es?"), max_length=200, required=False, help_text=_("Leer heißt kostenfrei. Sonst: „3 Euro je Treffen“.")
    )
    registration = forms.ChoiceField(label=_("Mit Anmeldung?"), choices=Registration)
    contact_phone = forms.CharField(
        label=_("Telefon für Fragen"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=_("Steht auf der Seite und wird auf dem Telefon zum Knopf."),
    )

    def __init__(self, data: Any = None, *, provider: ProviderPage, example: Example, today: date, draft: bool = False) -> None:
        self.provider, self.example, self.draft, self.today = provider, example, draft, today
        super().__init__(data, initial=beginning(provider, example, today))
        for name, field in self.fields.items():
            if name in REMEDIES:
                field.error_messages["required"] = REMEDIES[name]
            if draft and name != "title":
                field.required = False
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"{name}-help"
        self.offer = OfferPage()

    @property
    def scheduled(self) -> bool:
        return self.cleaned_data.get("rhythm") != BY_ARRANGEMENT

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.draft and self.scheduled:
            for name, remedy in (
                ("first_day", _("Bitte den Tag eintragen, oder „Nach Absprache“ wählen.")),
                ("start_time", REMEDIES["start_time"]),
                ("end_time", REMEDIES["end_time"]),
            ):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, remedy)
        day = cleaned.get("first_day")
        if day and day < self.today and not self.draft:
            self.add_error("first_day", _("Dieser Tag ist vorbei. Bitte den nächsten Termin eintragen."))
        return cleaned

    def _post_clean(self) -> None:
        """The same checks as in the full form, with what they say beside our fields."""
        super()._post_clean()  # type: ignore[misc]  # of Django
        self.offer = self._offer()
        if self.errors or self.draft:
            return
        faults: dict[str, list[Any]] = {}
        for check in (lambda: self.offer.full_clean(exclude=["path", "depth", "key"]), self._check_schedules):
            try:
                check()
            except ValidationError as error:
                faults.update(error.message_dict)
        for field, remedy in missing_for_families(self.offer):
            faults.setdefault(field, [remedy])
        for field, messages in faults.items():
            name = FIELD_OF.get(field, field)
            self.add_error(name if name in self.fields else None, messages)

    def _check_schedules(self) -> None:
        for schedule in self.offer.schedules.all():
            schedule.full_clean(exclude=["offer"])

    def _offer(self) -> OfferPage:
        """The page that the fields describe, not saved."""
        values = self.cleaned_data
        first = first_values(values.get("kind") or self.example.kind, self.provider)
        price = (values.get("price") or "").strip()
        free = price.casefold().rstrip(".") in FREE
        low, _dash, high = (values.get("age") or "-").partition("-")
        title = values.get("title") or ""
        offer = OfferPage(
            title=title,
            draft_title=title,
            slug=self._free_slug(title),
            kind=values.get("kind") or self.example.kind,
            summary=values.get("summary") or "",
            description=self.example.description,
            form=self.example.form,
            venue="anbieter" if self.example.form == Form.ON_SITE else "keiner",
            min_age_months=int(low) if low else None,
            max_age_months=int(high) if high else None,
            audience=self.example.audience or first["audience"],
            languages=first["languages"],
            cost=Cost.FREE if free else Cost.FEE,
            cost_note="" if free else price,
            registration=values.get("registration") or Registration.NONE,
            contact_phone=values.get("contact_phone") or "",
            contact_email=first["contact_email"],
        )
        offer.provider = self.provider
        offer.topics = list(values.get("topics") or [])
        schedule = self._schedule(offer)
        offer.schedules.set([schedule] if schedule else [])
        return offer

    def _schedule(self, offer: OfferPage) -> Schedule | None:
        values = self.cleaned_data
        day, rhythm = values.get("first_day"), values.get("rhythm")
        if not self.scheduled or not day:
            return None
        times = {"start_time": values.get("start_time"), "end_time": values.get("end_time")}
        if rhythm == ONCE:
            return Schedule(frequency=Frequency.ONCE, date=day, **times)
        offer.starts_on = day
        if rhythm == MONTHLY:
            number = (day.day - 1) // 7 + 1
            return Schedule(frequency=Frequency.MONTHLY, weekday=day.weekday(), week_of_month=number if number < 5 else -1, **times)
        return Schedule(frequency=Frequency.WEEKLY, weekday=day.weekday(), interval=2 if rhythm == FORTNIGHTLY else 1, **times)

    def _free_slug(self, title: str) -> str:
        taken = set(self.provider.get_children().values_list("slug", flat=True))
        wish = slugify(title)[:200] or "angebot"
        return next(name for number in range(1, len(taken) + 3) if (name := wish if number == 1 else f"{wish}-{number}") not in taken)

    @property
    def general_errors(self) -> list[Any]:
        return list(self.errors.get(NON_FIELD_ERRORS, []))


def beginning(provider: ProviderPage, example: Example, today: date) -> dict[str, Any]:
    """What the fields begin with."""
    ahead = (example.weekday - today.weekday()) % 7 or 7 if example.weekday is not None else 0
    return {
        "title": example.title,
        "kind": example.kind,
        "summary": example.summary,
        "topics": list(example.topics),
        "first_day": today + timedelta(days=ahead) if ahead else None,
        "rhythm": example.rhythm,
        "start_time": example.start_time or None,
        "end_time": example.end_time or None,
        "age": example.age,
        "price": example.price,
        "registration": example.registration,
        "contact_phone": provider.phone,
    }
