"""When an offer takes place: its rules, its pauses, and what is different once."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.admin.panels.base import get_form_for_model

from offers.choices import Frequency
from offers.forms import ScheduleForm
from offers.panels.inputs import date_input, shown_fields, time_input


class ScheduleInlinePanel(InlinePanel):
    """Rows of rules whose gaps may wait until the offer is published."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        form = get_form_for_model(self.db_field.related_model, form_class=ScheduleForm, defer_required_on_fields=deferred)
        options["formsets"][self.relation_name]["form"] = form
        return options


SCHEDULE_PANELS = [
    FieldPanel(
        "frequency",
        widget=forms.Select(
            attrs={
                "data-controller": "shown-fields schedule-sentence",
                "data-shown-fields-rules-value": json.dumps(
                    {
                        "frequency": {
                            Frequency.WEEKLY: ["weekday", "interval"],
                            Frequency.MONTHLY: ["week_of_month", "weekday"],
                            Frequency.ONCE: ["date"],
                        }
                    }
                ),
            }
        ),
    ),
    FieldRowPanel([FieldPanel("week_of_month"), FieldPanel("weekday"), FieldPanel("interval")]),
    FieldPanel("date", widget=date_input()),
    FieldRowPanel(
        [
            FieldPanel("start_time", widget=time_input(), disable_comments=True),
            FieldPanel("end_time", widget=time_input(), disable_comments=True),
        ]
    ),
]

EXCEPTION_PANELS = [
    FieldRowPanel(
        [
            FieldPanel("date", widget=date_input()),
            FieldPanel(
                "change",
                widget=forms.Select(
                    attrs=shown_fields({"change": {"cancelled": [], "moved": ["new_date", "new_start_time", "new_end_time"]}})
                ),
            ),
        ]
    ),
    FieldPanel("new_date", widget=date_input()),
    FieldRowPanel(
        [
            FieldPanel("new_start_time", widget=time_input(), disable_comments=True),
            FieldPanel("new_end_time", widget=time_input(), disable_comments=True),
        ]
    ),
    FieldPanel("note", help_text=_("Steht neben dem Termin, zum Beispiel „Wir machen einen Ausflug“.")),
]


def when_panels() -> list[Panel]:
    return [
        MultiFieldPanel(
            [
                ScheduleInlinePanel(
                    "schedules",
                    panels=SCHEDULE_PANELS,
                    heading=_("Termine"),
                    label=_("Termin"),
                    help_text=_("Familien lesen daraus die nächsten Tage. Ohne Termin steht dort „Nach Absprache“."),
                ),
                FieldRowPanel(
                    [
                        FieldPanel(
                            "starts_on",
                            widget=date_input(),
                            help_text=_("Vorher erscheinen keine Tage. Leer: die Reihe läuft schon."),
                        ),
                        FieldPanel(
                            "ends_on",
                            widget=date_input(),
                            help_text=_("Danach verschwindet das Angebot aus der Suche. Leer: ohne Ende."),
                        ),
                    ]
                ),
                FieldPanel("pauses_in_school_holidays", help_text=_("In den Ferien erscheinen dann keine Termine.")),
                FieldPanel("pauses_on_public_holidays", help_text=_("An gesetzlichen Feiertagen erscheinen dann keine Termine.")),
                FieldPanel("pauses_at_closures", help_text=_("Die Schließzeiten stehen auf der Seite Ihrer Einrichtung.")),
            ],
            heading=_("Wann ist es?"),
            icon="date",
        ),
        InlinePanel(
            "exceptions",
            panels=EXCEPTION_PANELS,
            heading=_("Fällt einmal aus oder ist verlegt"),
            label=_("Ausfall oder Verlegung"),
            help_text=_("Familien sehen sofort „Fällt aus“ oder den neuen Tag. Die Reihe läuft danach weiter."),
            classname="collapsed",
            icon="warning",
        ),
    ]
