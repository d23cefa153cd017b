"""The one field, and what it is about by one tap."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offers.models.report import ReportTopic
from offers.reports.privacy import one_line

LONGEST = 500


class ReportForm(forms.Form):
    """`text` comes out as one line of at most 500 characters."""

    topic = forms.ChoiceField(choices=[("", ""), *ReportTopic.choices], required=False)
    # Cleaned before its length counts: browsers send two characters for a break and count one.
    text = forms.CharField(required=False, strip=False, max_length=None)

    def clean_text(self) -> str:
        text = one_line(self.cleaned_data["text"])
        if len(text) > LONGEST:
            raise ValidationError(_("Das ist etwas lang. Bitte schreiben Sie höchstens 500 Zeichen."))
        return text

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not values.get("text") and values.get("topic") in ("", ReportTopic.OTHER):
            self.add_error("text", _("Bitte schreiben Sie kurz, was nicht stimmt, oder wählen Sie oben etwas aus."))
        return values
