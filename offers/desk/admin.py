"""Where the desk meets Wagtail's admin: addresses, the first page, the menu, the words of the history."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry, LogFormatter

from cms import log_words
from cms.menu import MenuItemFor
from offers import wording
from offers.desk import actions, new, views
from offers.desk.listing import own_providers
from offers.desk.panel import DeskPanel

# What Wagtail puts before everybody and the desk says better: recent edits, what is in a workflow, what is locked; the tree of pages.
WAGTAILS_PANELS = {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation", "recent_edits", "locked_pages"}
WAGTAILS_MENU = {"explorer"}


def keeps_listings(request: HttpRequest) -> bool:
    """Whether somebody's work is the listings of a provider or of several; the district, with rights to all, has its own lists."""
    return bool(own_providers(request.user))


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("angebote/<int:pk>/bestaetigen/", views.confirm, name="offer_confirm"),
        path("angebote/<int:pk>/faellt-aus/", views.cancel_date, name="offer_cancel_date"),
        path("angebote/<int:pk>/findet-statt/", views.restore_date, name="offer_restore_date"),
        path("angebote/<int:pk>/offline/", views.take_off, name="offer_take_off"),
        path("angebote/<int:pk>/online/", views.put_online, name="offer_put_online"),
        path("angebote/<int:pk>/kopieren/", views.copy, name="offer_copy"),
        path("angebote/<int:pk>/fertig/", new.written, name="offer_written"),
        path("neues-angebot/<int:provider_id>/", new.choose, name="new_offer"),
        path("neues-angebot/<int:provider_id>/<slug:example>/", new.write, name="new_offer_from"),
    ]


@hooks.register("construct_homepage_panels", order=1000)
def first_page(request: HttpRequest, panels: list[Component]) -> None:
    if keeps_listings(request):
        panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in WAGTAILS_PANELS]
        panels.append(DeskPanel(request, views.person(request)))


@hooks.register("insert_global_admin_css")
def looks() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-desk.css"))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return MenuItemFor(keeps_listings, _("Meine Angebote"), reverse("wagtailadmin_home"), name="desk", icon_name="list-ul", order=1)


@hooks.register("construct_main_menu")
def without_the_tree(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """All pages of one's own are on the desk."""
    if keeps_listings(request):
        menu_items[:] = [item for item in menu_items if item.name not in WAGTAILS_MENU]


class OfDate(LogFormatter):
    """Adds the day that is meant."""

    def format_message(self, log_entry: Any) -> str:
        day = log_entry.data.get("day")
        return f"{self.message}: {wording.day_and_month(date.fromisoformat(day))}" if day else str(self.message)


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    for action, label, message in (
        (actions.CANCELLED, _("Termin fällt aus"), _("Ein Termin fällt aus")),
        (actions.RESTORED, _("Termin findet statt"), _("Ein Termin findet doch statt")),
    ):
        log_words.register(registry, action, OfDate, label=label, message=message)
