"""Forms of invitations. What a cell of the table must keep to, a field keeps to as well."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators, validate_password
from django.utils.translation import gettext_lazy as _

from cms.models import User
from offers.choices import ProviderKind
from offers.models import ProviderPage
from people.joining.entries import LONGEST, cell_fault
from people.joining.houses import House, Person


class ProviderChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.town})" if obj.town else obj.title


class PersonForm(forms.Form):
    """Whom one invites."""

    first_name = forms.CharField(label=_("Vorname"), max_length=LONGEST["vorname"], required=False)
    last_name = forms.CharField(label=_("Nachname"), max_length=LONGEST["nachname"])
    email = forms.EmailField(label=_("E-Mail-Adresse"), help_text=_("Dorthin geht die Einladung. Familien sehen sie nicht."))

    columns: tuple[tuple[str, str], ...] = (("first_name", "vorname"), ("last_name", "nachname"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, column in self.columns:
            text = cleaned.get(name)
            if text and (message := cell_fault(column, text, {"kennung": ""})):
                self.add_error(name, message)
        return cleaned

    @property
    def person(self) -> Person:
        cleaned = self.cleaned_data
        return Person(cleaned["first_name"], cleaned["last_name"], cleaned["email"].lower())


class InvitationForm(PersonForm):
    """A provider, there or new, and who looks after it."""

    provider = ProviderChoice(
        ProviderPage.objects.none(), to_field_name="key", label=_("Anbieter"), required=False, empty_label=_("Neu: Name und Ort darunter")
    )
    name = forms.CharField(label=_("Name der Einrichtung"), max_length=LONGEST["name"], required=False)
    kind = forms.ChoiceField(label=_("Art"), choices=ProviderKind.choices, required=False)
    street = forms.CharField(label=_("Straße und Hausnummer"), max_length=LONGEST["strasse"], required=False)
    postal_code = forms.CharField(label=_("Postleitzahl"), max_length=5, required=False)
    town = forms.CharField(label=_("Ort"), max_length=LONGEST["ort"], required=False)

    field_order = ("provider", "name", "kind", "street", "postal_code", "town", "first_name", "last_name", "email")
    columns = (*PersonForm.columns, ("name", "name"), ("street", "strasse"), ("postal_code", "plz"), ("town", "ort"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = ProviderPage.objects.order_by("title", "town")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("provider") and "provider" not in self.errors:
            for name in ("name", "town"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Bitte ausfüllen, oder oben einen Anbieter wählen."))
        return cleaned

    @property
    def house(self) -> House:
        cleaned = self.cleaned_data
        if cleaned["provider"]:
            return House(key=cleaned["provider"].key)
        return House("", cleaned["name"], cleaned["kind"], cleaned["street"], cleaned["postal_code"], cleaned["town"])


class TableForm(forms.Form):
    """The table; what is in it is checked after."""

    table = forms.FileField(
        label=_("Tabelle"),
        help_text=_("Excel (.xlsx) oder CSV, höchstens 1000 Zeilen und 5 MB. Es wird noch niemand eingeladen; Sie sehen erst alles."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )


class JoinForm(forms.Form):
    """The first password. One field: whoever has mistyped it gets a new link with two taps."""

    email = forms.CharField(label=_("Ihre E-Mail-Adresse"), widget=forms.EmailInput(attrs={"readonly": True, "autocomplete": "username"}))
    password = forms.CharField(label=_("Passwort"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, person: User, data: Any = None) -> None:
        super().__init__(data, initial={"email": person.email})
        self.person = person
        self.fields["email"].disabled = True
        lengths = [each.min_length for each in get_default_password_validators() if isinstance(each, MinimumLengthValidator)]
        self.fields["password"].help_text = _("Mindestens %d Zeichen. Ein kurzer Satz ist gut.") % max(lengths, default=1)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password
