"""The position picker of the editing forms: put `PositionPanel()` among the panels of a page that has `latitude` and `longitude`.

It shows two inputs and, with JavaScript, a map between them and the page's `postal_code` and `town`. The inputs alone are sent and count.
Where other fields decide whether it shows, it answers to the name `position`.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.widgets import Media, Script
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.admin.panels.group import PanelGroup

from offers.coordinates import plain_degrees


class CoordinateInput(forms.TextInput):
    """Decimal degrees; takes a comma, a degree sign, minutes and seconds too."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # "decimal" would give iPhones a keyboard without minus, degree sign and paste of two numbers.
        super().__init__({"autocomplete": "off", "inputmode": "text", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Six decimals are ten centimetres: more is noise."""
        return f"{round(value, 6)}" if isinstance(value, float) else super().format_value(value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return plain_degrees(value) if isinstance(value, str) else value


class PositionPanel(PanelGroup):
    """Latitude and longitude with a map."""

    def __init__(self, children: Sequence[Panel] = (), *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Punkt auf der Karte"))
        children = children or [FieldPanel(name, widget=CoordinateInput()) for name in ("latitude", "longitude")]
        super().__init__(children, *args, **kwargs)

    class BoundPanel(PanelGroup.BoundPanel):
        template_name = "offers/widgets/position.html"

        @property
        def media(self) -> Media:
            own = Media(
                css={"all": ["css/map.css", "css/admin-position.css"]},
                js=[Script("js/admin/position.js", type="module")],  # type: ignore[list-item]
            )
            return super().media + own
