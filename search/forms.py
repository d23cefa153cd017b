"""The search's parameters as the address carries them. What is broken is left out, named, and the rest still holds."""

import math
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from offers.choices import Form, Language, OfferKind
from offers.models import Topic

MAX_TEXT = 200
MAX_PAGE = 500
RADII = (2, 5, 10, 15, 25, 50)
DEFAULT_RADIUS = 15

DAY_CHOICES = [
    ("mo", _("Montag")),
    ("di", _("Dienstag")),
    ("mi", _("Mittwoch")),
    ("do", _("Donnerstag")),
    ("fr", _("Freitag")),
    ("sa", _("Samstag")),
    ("so", _("Sonntag")),
]
TIME_CHOICES = [("vormittag", _("Vormittag")), ("nachmittag", _("Nachmittag")), ("abend", _("Abend"))]
SORT_CHOICES = [("relevanz", _("Am besten passend")), ("entfernung", _("Nächste zuerst")), ("datum", _("Bald zuerst"))]


def tidy(text: str) -> str:
    """Without control characters, with single blanks, and with an ä as one letter however it was typed."""
    visible = "".join(" " if unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} else character for character in text)
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", visible).strip())


class TextField(forms.CharField):
    """Words of any length: what is too long is cut, and the form says so."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = tidy(str(value or "")[: MAX_TEXT * 5])
        if len(text) <= MAX_TEXT:
            return text
        # Half a word would be another word.
        return text[: MAX_TEXT + 1].rpartition(" ")[0] or text[:MAX_TEXT]


class NumberField(forms.FloatField):
    """A number with a comma or a point; neither infinite nor "not a number"."""

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        number = super().to_python(str(value).replace(",", ".")[:40] if value not in self.empty_values else None)
        if number is not None and not math.isfinite(number):
            raise ValidationError(_("keine Zahl"))
        return number


class SeveralField(forms.MultipleChoiceField):
    """Several values of a list. Unknown ones are left out; the form names them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> list[str]:
        known = {str(code) for code, _label in list(self.choices)}  # type: ignore[arg-type]
        return list(dict.fromkeys(each for each in value or [] if each in known))


class SwitchField(forms.BooleanField):
    """On when the address says 1, ja or on."""

    # The check box's own widget takes any text for "on".
    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> bool:
        if value in (None, False, ""):
            return False
        if str(value).lower() in {"1", "ja", "on", "true"}:
            return True
        if str(value).lower() in {"0", "nein", "off", "false"}:
            return False
        raise ValidationError(_("kein Schalter"))


class DayField(forms.DateField):
    """A date as the browser's own field sends it, or as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, input_formats=["%Y-%m-%d", "%d.%m.%Y"], **kwargs)


class SearchForm(forms.Form):
    """Names are those of the public address and stay. `cleaned_data` has a valid value for each, whatever came."""

    q = TextField(label=_("Was suchen Sie?"))
    ort = TextField(label=_("Wo?"))
    umkreis = NumberField(required=False, min_value=0.1, max_value=500, label=_("Umkreis"))
    lat = NumberField(required=False, min_value=-90, max_value=90)
    lon = NumberField(required=False, min_value=-180, max_value=180)
    art = SeveralField(choices=OfferKind.choices, label=_("Art"))
    thema = SeveralField(label=_("Thema"))
    alter = forms.IntegerField(required=False, min_value=0, max_value=216, label=_("Alter des Kindes"))
    tag = SeveralField(choices=DAY_CHOICES, label=_("Tag"))
    zeit = forms.ChoiceField(required=False, choices=TIME_CHOICES, label=_("Tageszeit"))
    von = DayField(label=_("Von"))
    bis = DayField(label=_("Bis"))
    sprache = SeveralField(choices=Language.choices, label=_("Sprache"))
    form = forms.ChoiceField(required=False, choices=Form.choices, label=_("Wie"))
    kostenfrei = SwitchField(label=_("Kostenfrei"))
    ohne_anmeldung = SwitchField(label=_("Ohne Anmeldung"))
    barrierefrei = SwitchField(label=_("Mit dem Rollstuhl erreichbar"))
    anbieter = forms.SlugField(required=False, max_length=120)
    woertlich = SwitchField(label=_("Nur als Wörter suchen"))
    sortierung = forms.ChoiceField(required=False, choices=SORT_CHOICES, label=_("Reihenfolge"))
    seite = forms.IntegerField(required=False, min_value=1, max_value=MAX_PAGE)

    def __init__(self, query: QueryDict, topics: list[Topic]) -> None:
        super().__init__(query)
        self.query = query
        self.fields["thema"].choices = [(topic.slug, topic.name) for topic in topics]  # type: ignore[attr-defined]
        self.hints: list[str] = []
        self.full_clean()
        self.hints = self._hints()

    def clean(self) -> dict[str, Any]:
        # Broken fields are missing in cleaned_data; downstream everything is there.
        data = dict.fromkeys(self.fields) | self.cleaned_data
        for name, field in self.fields.items():
            if data[name] is None and isinstance(field, SeveralField):
                data[name] = []
        if data["von"] and data["bis"] and data["bis"] < data["von"]:
            data["von"], data["bis"] = data["bis"], data["von"]
        if (data["lat"] is None) != (data["lon"] is None):
            data["lat"] = data["lon"] = None
        return data

    def _hints(self) -> list[str]:
        """What was left out or cut, a sentence each, for the visitor."""
        hints: list[Any] = []
        for name in self.errors:
            label = self.fields[name].label or name
            hints.append(
                _("„%(value)s“ passt nicht zu „%(label)s“. Wir haben ohne diese Angabe gesucht.")
                % {"value": tidy(str(self.data.get(name, ""))[:200])[:40], "label": label}
            )
        for name, field in self.fields.items():
            if isinstance(field, SeveralField):
                kept = set(self.cleaned_data[name])
                unknown = [value for value in dict.fromkeys(self.query.getlist(name)) if value and value not in kept]
                sentence = _("„%(value)s“ kennen wir bei „%(label)s“ nicht. Wir haben ohne diese Angabe gesucht.")
                hints += [sentence % {"value": tidy(value[:200])[:40], "label": field.label} for value in unknown]
            elif isinstance(field, TextField) and len(self.data.get(name, "")) > MAX_TEXT:
                hints.append(_("Das war sehr lang. Wir haben nach den ersten %(count)d Zeichen gesucht.") % {"count": MAX_TEXT})
        lone = [name for name in ("lat", "lon") if self.data.get(name)]
        if len(lone) == 1:
            hints.append(_("Zu einem Punkt gehören „lat“ und „lon“. Wir haben ohne den Punkt gesucht."))
        return [str(hint) for hint in hints[:6]]
