"""The form of an offer."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, Panel, TabbedInterface

from offers.choices import Cost, Form, Registration, VenueKind
from offers.forms import USUAL_AUDIENCE, OfferForm
from offers.panels.dates import when_panels
from offers.panels.inputs import counted_text, shown_fields, typed_input
from offers.panels.page import NamePanel, address_panels, page_form


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
        HelpPanel(template="wagtailadmin/desk/findability_panel.html", heading=_("So finden es Familien"), icon="search"),
    ]
    return page_form(_("Angebot"), panels, OfferForm)


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
            FieldPanel(
                "picture_alt",
                help_text=_("Leer: die Beschreibung, die schon beim Bild steht. Sonst ein Satz für Menschen, die es nicht sehen."),
            ),
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
