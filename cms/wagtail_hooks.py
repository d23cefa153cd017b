"""The admin in the house's colours, without what an editor has no use for."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import WorkflowMenuItem
from wagtail.admin.menu import MenuItem

from cms.mail import admin  # noqa: F401  which mails have not gone out

# Entries that Wagtail shows to everybody who may edit a page, and the permission of those who have a use for them.
NOT_FOR_ALL = {"reports": "offers.change_listingrules", "help": "cms.change_user"}


@hooks.register("insert_global_admin_css")
def house_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def names_of_landmarks() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("js/admin/landmarks.js"))


@hooks.register("construct_main_menu")
def leave_out_what_is_of_no_use(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if request.user.has_perm(NOT_FOR_ALL.get(item.name, "wagtailadmin.access_admin"))]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_figures_of_other_people(request: HttpRequest, items: list[Any]) -> None:
    """Counts of pages and pictures help nobody who came to change one date."""
    if not request.user.has_perm("cms.change_user"):
        items.clear()


@hooks.register("construct_page_action_menu")
def no_approval_for_those_who_publish(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Whoever may publish asks nobody; the choice between two buttons that end the same only puzzles."""
    if any(item.name == "action-publish" for item in menu_items):
        menu_items[:] = [item for item in menu_items if item.name != "action-submit"]


@hooks.register("construct_page_action_menu", order=10)
def first_what_most_came_for(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """The button that is seen without opening the menu: to publish, or to hand in, and not to save a draft that nobody sees."""
    waits = any(isinstance(item, WorkflowMenuItem) for item in menu_items)
    first = ("approve",) if waits else ("action-publish", "action-submit")
    menu_items.sort(key=lambda item: item.name not in first)


@hooks.register("register_account_menu_item")
def second_factor(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("mfa_index"),
        "label": str(_("Anmeldung sicherer machen")),
        "help_text": str(_("Mit Passkey oder App auf dem Telefon.")),
    }
