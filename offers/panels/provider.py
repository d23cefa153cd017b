"""The forms of a provider and of the list of providers."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TabbedInterface

from offers.forms import ProviderForm
from offers.panels.inputs import date_input, typed_input
from offers.panels.page import NamePanel, address_panels, page_form


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
