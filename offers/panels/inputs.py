"""How fields are typed: the telephone's own keyboards, calendars and clocks, and what shows when."""

import json

from django import forms

Rules = dict[str, dict[str, list[str]]]


def shown_fields(rules: Rules) -> dict[str, str]:
    """Attributes for static/js/admin/fields.js: which fields show at which value of a field. Without JavaScript all show."""
    return {"data-controller": "shown-fields", "data-shown-fields-rules-value": json.dumps(rules)}


def date_input() -> forms.DateInput:
    """The telephone's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    """The telephone's own clock, in steps of five minutes."""
    return forms.TimeInput(attrs={"type": "time", "step": "300"}, format="%H:%M")


def counted_text(rows: int, limit: int) -> forms.Textarea:
    """A text with a live count of what is left."""
    return forms.Textarea(attrs={"rows": rows, "maxlength": limit, "data-controller": "text-count"})


def typed_input(kind: str, autocomplete: str = "off") -> forms.TextInput:
    """A line whose type chooses the telephone's keyboard."""
    return forms.TextInput(attrs={"type": kind, "autocomplete": autocomplete})
