"""What offers add to the admin: helpers of the editing forms, the lists that the district keeps."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from offers import district_panel  # noqa: F401  what waits for the district
from offers.desk import admin as desk_admin  # noqa: F401  the first page of those who keep listings
from offers.freshness import admin  # noqa: F401  the district's work list
from offers.models import SchoolHoliday, Topic
from offers.panels import date_input
from offers.reports import admin as reports  # noqa: F401  what families report

SCRIPTS = ("js/admin/fields.js", "js/admin/schedule.js")


@hooks.register("insert_editor_js")
def form_helpers() -> SafeString:
    return format_html_join("", '<script type="module" src="{}"></script>', ((static(script),) for script in SCRIPTS))


class TopicViewSet(SnippetViewSet):
    """The subjects under which families look; their keys are part of addresses and of the import."""

    model = Topic
    icon = "tag"
    menu_label = _("Themen")
    list_display = ("name", "featured", "description")
    ordering = ("name",)
    search_fields = ("name", "description")
    search_backend_name = None
    panels = (
        FieldPanel("name", help_text=_("So steht das Thema in der Suche und über der Themenseite.")),
        FieldPanel("description", help_text=_("Familien lesen ihn unter dem Namen.")),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("icon"), FieldPanel("featured")]),
    )


class SchoolHolidayViewSet(SnippetViewSet):
    """School holidays of the state: most series pause in them."""

    model = SchoolHoliday
    icon = "date"
    menu_label = _("Schulferien")
    list_display = ("name", "first_day", "last_day")
    ordering = ("first_day",)
    panels = (
        FieldPanel("name", help_text=_("Zum Beispiel „Herbstferien“.")),
        FieldRowPanel([FieldPanel("first_day", widget=date_input()), FieldPanel("last_day", widget=date_input())]),
    )


class DirectoryGroup(SnippetViewSetGroup):
    """One entry of the menu for what the district keeps for all providers."""

    menu_label = _("Verzeichnis")
    menu_icon = "list-ul"
    menu_order = 250
    items: tuple[Any, ...] = (TopicViewSet, SchoolHolidayViewSet)


register_snippet(DirectoryGroup)
