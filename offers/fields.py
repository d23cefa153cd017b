"""A field that holds several values of a closed list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class CodeListField(models.JSONField):
    """Several codes of one `TextChoices`, in the order of its definition; shown as check boxes.

    The codes are no part of the migration: a new language is no change of the table.
    Kept as a JSON list, so that SQLite and PostgreSQL hold the same, and queried only by the search index.
    """

    def __init__(self, *args: Any, codes: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.codes = codes
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def clean(self, value: Any, model_instance: models.Model | None) -> list[str]:
        known = self.codes.values if self.codes else []
        unknown = [code for code in value or [] if code not in known]
        if unknown:
            raise ValidationError(_("Unbekannter Wert: %(values)s."), params={"values": ", ".join(map(str, unknown))})
        return [code for code in known if code in (value or [])]

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.codes.choices if self.codes else [],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=kwargs.get("label", str(self.verbose_name)),
            help_text=self.help_text,
        )
