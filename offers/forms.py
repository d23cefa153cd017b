"""What the editing forms know beyond their fields: how a new offer begins, what may wait, and what a gap is called."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from offers.choices import Cost, Form, Language, OfferKind, Registration, VenueKind

# The kind says whom an offer is usually for; the form starts with it, the editor has the last word.
USUAL_AUDIENCE: dict[str, list[str]] = {
    OfferKind.GROUP: ["eltern", "kinder"],
    OfferKind.COUNSELLING: ["eltern"],
    OfferKind.EVENT: ["eltern"],
    OfferKind.COURSE: ["eltern"],
    OfferKind.OPEN_HOUSE: ["familien"],
}

REMEDIES = {
    "title": gettext_lazy("Bitte geben Sie einen Namen ein. Mit einem Namen allein lässt sich schon ein Entwurf speichern."),
    "summary": gettext_lazy("Bitte sagen Sie in ein, zwei Sätzen, was Familien erwartet."),
    "start_time": gettext_lazy("Bitte eintragen, wann es anfängt."),
    "end_time": gettext_lazy("Bitte eintragen, wann es endet."),
    "date": gettext_lazy("Bitte den Tag eintragen."),
    "name": gettext_lazy("Bitte den Anlass eintragen."),
    "first_day": gettext_lazy("Bitte den ersten Tag eintragen."),
    "last_day": gettext_lazy("Bitte den letzten Tag eintragen. Bei einem einzelnen Tag ist es derselbe."),
}

OWN_VENUE_FIELDS = ("venue_name", "street", "postal_code", "town", "latitude", "longitude")


class RemedyForm(WagtailAdminPageForm):
    """A page's form whose errors say what to do, all in one list at the top, those of its rows included."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [form for formset in self.formsets.values() for form in [*formset.forms, formset.empty_form]]
        for form in [self, *rows]:
            for name in form.fields.keys() & REMEDIES.keys():
                form.fields[name].error_messages["required"] = REMEDIES[name]

    def is_valid(self) -> bool:
        valid: bool = super().is_valid()
        if self.is_bound and not valid and not self.non_field_errors():
            # Wagtail lists every error by its field's label as soon as one belongs to no field.
            self.add_error(None, [*self.row_errors(), self.comfort()])
        return valid

    def row_errors(self) -> list[str]:
        """Errors of the rows: "Termin 2, Wochentag: Bitte den Wochentag wählen." """
        found = []
        for formset in self.formsets.values():
            name = str(formset.model._meta.verbose_name)
            for number, form in enumerate(formset.forms, start=1):
                for field, errors in form.errors.items():
                    label = f", {form.fields[field].label}" if field in form.fields else ""
                    found += [f"{name} {number}{label}: {error}" for error in errors]
        return found

    def comfort(self) -> str:
        if self.is_deferred_validation:
            return _("Nichts ist verloren: Berichtigen Sie diese Felder und speichern Sie noch einmal.")
        return _("Nichts ist verloren: Sie können auch erst einen Entwurf speichern und später weitermachen.")


class ProviderForm(RemedyForm):
    """The form of a provider, and of the list of providers."""


class OfferForm(RemedyForm):
    """The form of an offer. A draft needs only a name; an offer that families see needs no guessing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance, provider = kwargs.get("instance"), kwargs.get("parent_page")
        if instance is not None and instance.pk is None and provider is not None:
            kwargs["initial"] = {**first_values(instance.kind, provider.specific_deferred), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("form") and cleaned["form"] != Form.ON_SITE:
            cleaned["venue"] = VenueKind.NONE
        if not self.is_deferred_validation:
            for field, remedy in gaps(cleaned, has_address=self.provider_has_address()):
                self.add_error(field if field in self.fields else None, remedy)
        if cleaned.get("venue") != VenueKind.OWN:
            # The form hides these fields then; what they held before must not lead families astray.
            cleaned.update({name: None if name in ("latitude", "longitude") else "" for name in OWN_VENUE_FIELDS if name in cleaned})
        return cleaned

    def provider_has_address(self) -> bool:
        provider = self.parent_page.specific_deferred if self.parent_page else None
        return provider is None or bool(getattr(provider.specific, "has_address", True))

    def save(self, commit: bool = True) -> Any:
        if {"action-publish", "action-submit"} & set(self.data):
            # Whoever publishes has just read it.
            self.instance.confirmed_at = timezone.localdate()
        return super().save(commit=commit)


def gaps(values: Mapping[str, Any], *, has_address: bool) -> list[tuple[str, str]]:
    """What families would stumble over in these values of an offer, as pairs of field and remedy; `has_address`: of the provider."""
    venue, picture = values.get("venue"), values.get("picture")
    reachable = values.get("contact_phone") or values.get("contact_email")
    found = [
        (
            venue == VenueKind.OWN and not values.get("town"),
            ("town", _("Bitte den Ort eintragen, damit Familien sehen, wie weit es ist.")),
        ),
        (
            venue == VenueKind.PROVIDER and not has_address,
            (
                "venue",
                _("Ihre Einrichtung hat noch keine Adresse. Tragen Sie die Adresse auf der Seite der Einrichtung ein."),
            ),
        ),
        (
            values.get("cost") == Cost.FEE and not values.get("cost_note"),
            ("cost_note", _("Bitte sagen Sie, was es kostet, zum Beispiel „3 Euro je Treffen“.")),
        ),
        (
            values.get("registration") == Registration.REQUIRED and not (reachable or values.get("registration_note")),
            ("registration_note", _("Bitte sagen Sie, wie Familien sich anmelden, oder tragen Sie Telefon oder E-Mail ein.")),
        ),
        (
            picture is not None and not (values.get("picture_alt") or picture.description),
            ("picture_alt", _("Bitte sagen Sie in einem Satz, was auf dem Bild zu sehen ist.")),
        ),
        (
            picture is not None and not picture.consent,
            (
                "picture",
                _("Ob wir dieses Bild zeigen dürfen, ist noch offen. Setzen Sie das Häkchen unter „Bilder“, oder nehmen Sie ein anderes."),
            ),
        ),
    ]
    return [gap for missing, gap in found if missing]


CHECKED = (
    *("venue", "town", "cost", "cost_note", "registration", "registration_note"),
    *("contact_phone", "contact_email", "picture", "picture_alt"),
)


def missing_for_families(offer: Any) -> list[tuple[str, str]]:
    """As `gaps`, of an offer as it is in memory."""
    return gaps({name: getattr(offer, name) for name in CHECKED}, has_address=offer.provider.has_address)


def first_values(kind: str, provider: Any) -> dict[str, Any]:
    """How the form of a new offer begins."""
    specific = provider.specific
    return {
        "languages": [Language.GERMAN.value],
        "audience": USUAL_AUDIENCE.get(kind, []),
        "contact_phone": getattr(specific, "phone", ""),
        "contact_email": getattr(specific, "email", ""),
    }


class ScheduleForm(WagtailAdminModelForm):
    """One rule. In a draft it may still lack its weekday or its times."""

    def _post_clean(self) -> None:
        self.instance.unfinished = self.is_deferred_validation
        super()._post_clean()
