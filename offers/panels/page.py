"""What the forms of all pages have in common."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from offers.widgets import PositionPanel

# Who keeps the list of topics keeps the addresses of pages too; Kitas see neither.
DIRECTORY_STAFF = "offers.change_topic"


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


def address_panels(help_text: Any) -> list[Panel]:
    return [
        FieldPanel("street", help_text=help_text),
        FieldRowPanel([FieldPanel("postal_code", widget=forms.TextInput(attrs={"inputmode": "numeric"})), FieldPanel("town")]),
        PositionPanel(),
    ]
