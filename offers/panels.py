"""The editing forms, in the order an editor thinks: what, when, where, for whom, at what cost.

One page with panels that fold, not tabs: on a telephone a tab hides a missing field, and Wagtail's outline of the page leads to
every panel. The second tab, with address and search engines, is only for those who keep the whole directory.

Fields are named here, models never imported: the models import this module.
"""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.panels.base import get_form_for_model

from offers.choices import Cost, Form, Frequency, Registration, VenueKind
from offers.forms import USUAL_AUDIENCE, OfferForm, ProviderForm, ScheduleForm
from offers.widgets import PositionPanel

# Who keeps the list of topics keeps the addresses of pages too; Kitas see neither.
DIRECTORY_STAFF = "offers.change_topic"

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


def page_form(heading: Any, panels: list[Panel], form_class: type) -> TabbedInterface:
    """Our panels, and a tab for the directory's staff; without permission its fields are not in the form at all."""
    promote = [
        FieldPanel(
            "slug",
            heading=_("Ende der Internetadresse"),
            permission=DIRECTORY_STAFF,
            help_text=_("Der letzte Teil der Internetadresse. Alte Links gehen nicht mehr, wenn er sich ändert."),
        ),
        FieldPanel(
            "seo_title",
            heading=_("Titel für Suchmaschinen"),
            permission=DIRECTORY_STAFF,
            help_text=_("Steht in Suchmaschinen und im Reiter des Browsers. Leer: der Name."),
        ),
        FieldPanel(
            "search_description",
            heading=_("Satz für Suchmaschinen"),
            permission=DIRECTORY_STAFF,
            help_text=_("Der Satz unter dem Namen in Suchmaschinen. Leer: der kurze Text."),
        ),
    ]
    return TabbedInterface(
        [
            ObjectList(panels, heading=heading),
            ObjectList(promote, heading=_("Internetadresse"), permission=DIRECTORY_STAFF),
            ObjectList([PublishingPanel(), CommentPanel()], heading=_("Zeitpunkt")),
        ],
        base_form_class=form_class,
    )


class NamePanel(TitleFieldPanel):
    """The name; the address follows it where the form has an address to follow."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_attrs(self) -> dict[str, Any]:
            if "slug" in self.form.fields:
                attrs: dict[str, Any] = super().get_attrs()
                return attrs
            return {"placeholder": self.get_placeholder() or ""}


class ScheduleInlinePanel(InlinePanel):
    """Rows of rules whose gaps may wait until the offer is published."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        form = get_form_for_model(self.db_field.related_model, form_class=ScheduleForm, defer_required_on_fields=deferred)
        options["formsets"][self.relation_name]["form"] = form
        return options


def address_panels(help_text: Any) -> list[Panel]:
    return [
        FieldPanel("street", help_text=help_text),
        FieldRowPanel([FieldPanel("postal_code", widget=forms.TextInput(attrs={"inputmode": "numeric"})), FieldPanel("town")]),
        PositionPanel(),
    ]


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


def what_panel() -> Panel:
    return MultiFieldPanel(
        [
            FieldPanel("kind", widget=forms.RadioSelect, help_text=_("Danach suchen und filtern Familien. Die Art gibt auch die Farbe.")),
            FieldPanel(
                "summary",
                widget=counted_text(3, 300),
                help_text=_("Ein, zwei Sätze. Familien lesen sie in der Trefferliste, noch bevor sie das Angebot öffnen."),
            ),
            FieldPanel(
                "topics",
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Unter diesen Themen finden Familien das Angebot. Ein bis drei genügen."),
            ),
        ],
        heading=_("Was ist es?"),
        icon="tag",
        attrs={"data-controller": "usual-audience", "data-usual-audience-by-kind-value": json.dumps(USUAL_AUDIENCE)},
    )


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


def where_panel() -> Panel:
    own = ["venue_name", "street", "postal_code", "town", "latitude", "longitude", "position"]
    return MultiFieldPanel(
        [
            FieldPanel("form", widget=forms.RadioSelect, help_text=_("Angebote online und am Telefon finden Familien aus allen Orten.")),
            FieldPanel("venue", widget=forms.RadioSelect, help_text=_("„Bei uns im Haus“ nimmt die Adresse Ihrer Einrichtung.")),
            FieldPanel("venue_name", help_text=_("So finden Familien die Tür: „Dorfgemeinschaftshaus, Eingang im Hof“.")),
            *address_panels(_("Damit zeigen wir den Weg und die Entfernung.")),
        ],
        heading=_("Wo ist es?"),
        icon="site",
        attrs=shown_fields(
            {
                "form": {Form.ON_SITE: ["venue"], Form.ONLINE: [], Form.TELEPHONE: [], Form.AT_HOME: []},
                "venue": {VenueKind.PROVIDER: [], VenueKind.OWN: own, VenueKind.NONE: []},
            }
        ),
    )


def whom_panel() -> Panel:
    return MultiFieldPanel(
        [
            FieldRowPanel(
                [
                    FieldPanel(
                        "min_age_months",
                        widget=forms.NumberInput(attrs={"data-controller": "age-choices"}),
                        disable_comments=True,
                    ),
                    FieldPanel("max_age_months", disable_comments=True),
                ],
                help_text=_("Familien suchen nach dem Alter ihres Kindes. Leer: für jedes Alter."),
            ),
            FieldPanel("audience", help_text=_("Steht groß auf der Seite. Wer sich gemeint fühlt, kommt eher.")),
            FieldPanel("languages", help_text=_("In diesen Sprachen können Familien mit Ihnen sprechen.")),
            FieldPanel("accessibility", help_text=_("Familien, die darauf angewiesen sind, suchen gezielt danach.")),
        ],
        heading=_("Für wen ist es?"),
        icon="group",
    )


def cost_panel() -> Panel:
    return MultiFieldPanel(
        [
            FieldPanel("cost", widget=forms.RadioSelect, help_text=_("„Kostenfrei“ ist für viele Familien die wichtigste Auskunft.")),
            FieldPanel("cost_note", help_text=_("So steht es auf der Seite: „3 Euro je Treffen, mit Familienkarte frei“.")),
            FieldPanel("registration", widget=forms.RadioSelect, help_text=_("Ohne Anmeldung heißt: Familien dürfen einfach kommen.")),
            FieldPanel("registration_note", help_text=_("Ein Satz, zum Beispiel „Rufen Sie bis Montag an“.")),
        ],
        heading=_("Kosten und Anmeldung"),
        icon="form",
        attrs=shown_fields(
            {
                "cost": {Cost.FREE: [], Cost.FEE: ["cost_note"], Cost.DONATION: ["cost_note"]},
                "registration": {
                    Registration.NONE: [],
                    Registration.WELCOME: ["registration_note"],
                    Registration.REQUIRED: ["registration_note"],
                },
            }
        ),
    )


def contact_panel() -> Panel:
    return MultiFieldPanel(
        [
            FieldPanel("contact_name", help_text=_("Wer sich meldet, etwa „Kitasozialarbeit“. Der Name steht öffentlich auf der Seite.")),
            FieldPanel("contact_phone", widget=typed_input("tel"), help_text=_("Auf dem Telefon wird daraus ein Knopf zum Anrufen.")),
            FieldPanel("contact_email", help_text=_("Familien, die ungern anrufen, schreiben lieber.")),
        ],
        heading=_("Wen fragen Familien?"),
        icon="user",
    )


def text_panel() -> Panel:
    return MultiFieldPanel(
        [
            FieldPanel(
                "description",
                widget=forms.Textarea(attrs={"rows": 8}),
                help_text=_("Was passiert, was man mitbringt, wer da ist. Absätze mit einer Leerzeile."),
            ),
            FieldPanel("picture", help_text=_("Zeigen Sie den Raum oder das Material. Kinder nur mit Einwilligung der Eltern.")),
            FieldPanel("picture_alt", help_text=_("Das hören Menschen, die das Bild nicht sehen: „Spielteppich mit Holzbausteinen“.")),
        ],
        heading=_("Beschreibung und Bild"),
        icon="doc-full",
    )


def rest_panel() -> Panel:
    return MultiFieldPanel(
        [
            FieldPanel(
                "sensitive",
                help_text=_("Für Hilfe bei Gewalt und Ähnlichem: Die Seite bekommt „Seite schnell verlassen“ und keine Knöpfe zum Teilen."),
            ),
            FieldPanel("funded", help_text=_("Familien sehen das nicht. Der Kreis zählt damit, was das Budget bewirkt.")),
            FieldPanel(
                "confirm_every_months",
                help_text=_("So oft fragen wir Sie, ob noch alles stimmt. Familien sehen, wann Sie zuletzt ja gesagt haben."),
            ),
        ],
        heading=_("Schutz, Geld, Aktualität"),
        icon="cog",
    )


def offer_form() -> TabbedInterface:
    """The form of one offer."""
    title = NamePanel(
        "title",
        heading=_("Wie heißt das Angebot?"),
        placeholder=_("Krabbelgruppe am Mittwoch"),
        help_text=_("Die Überschrift in der Liste. So wie Eltern es nennen, ohne den Namen der Einrichtung."),
    )
    panels = [
        title,
        what_panel(),
        *when_panels(),
        where_panel(),
        whom_panel(),
        cost_panel(),
        contact_panel(),
        text_panel(),
        rest_panel(),
    ]
    return page_form(_("Angebot"), panels, OfferForm)


def provider_form() -> TabbedInterface:
    """The form of one provider."""
    title = NamePanel(
        "title",
        heading=_("Wie heißt Ihre Einrichtung?"),
        placeholder=_("Kita Regenbogen"),
        help_text=_("Steht bei jedem Ihrer Angebote."),
    )
    about = MultiFieldPanel(
        [
            FieldPanel("kind", widget=forms.RadioSelect, help_text=_("Steht unter dem Namen.")),
            FieldPanel("carrier", help_text=_("Wer die Einrichtung betreibt, zum Beispiel „Stadt Nassau“.")),
            FieldPanel(
                "description",
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text=_("Familien lesen hier, wer Sie sind. Drei, vier Sätze genügen."),
            ),
        ],
        heading=_("Wer sind Sie?"),
        icon="home",
    )
    address = MultiFieldPanel(
        address_panels(_("Gilt für alle Angebote „Bei uns im Haus“. Damit zeigen wir den Weg und die Entfernung.")),
        heading=_("Wo sind Sie?"),
        icon="site",
    )
    contact = MultiFieldPanel(
        [
            FieldPanel("phone", widget=typed_input("tel"), help_text=_("Steht auf Ihrer Seite und in jedem neuen Angebot schon drin.")),
            FieldPanel("email", help_text=_("Steht auf Ihrer Seite und in jedem neuen Angebot schon drin.")),
            FieldPanel("website", help_text=_("Ein Link für Familien, die mehr wissen möchten.")),
        ],
        heading=_("Wie erreicht man Sie?"),
        icon="mail",
    )
    closures = InlinePanel(
        "closures",
        panels=[
            FieldPanel("name", help_text=_("Zum Beispiel „Betriebsferien“ oder „Konzeptionstag“.")),
            FieldRowPanel([FieldPanel("first_day", widget=date_input()), FieldPanel("last_day", widget=date_input())]),
        ],
        heading=_("Wann ist das Haus zu?"),
        label=_("Schließzeit"),
        help_text=_("An diesen Tagen zeigen wir keine Termine bei Ihnen im Haus."),
        icon="date",
    )
    return page_form(_("Einrichtung"), [title, about, address, contact, closures], ProviderForm)


def provider_index_form() -> TabbedInterface:
    """The form of the list of providers."""
    introduction = FieldPanel("introduction", help_text=_("Ein, zwei Sätze über der Liste aller Einrichtungen."))
    return page_form(_("Verzeichnis"), [NamePanel("title", help_text=_("Die Überschrift der Liste.")), introduction], ProviderForm)
