"""Addresses of Wagtail's admin that ask for less than they show, and who may open them instead."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from cms.models import User
from people.isolation import explores, sees_all
from people.roles import is_district

GetResponse = Callable[[HttpRequest], HttpResponse]
Rule = Callable[[HttpRequest, dict[str, Any]], bool]


def administrators(request: HttpRequest, arguments: dict[str, Any]) -> bool:
    return _user(request).is_superuser


def district(request: HttpRequest, arguments: dict[str, Any]) -> bool:
    return is_district(_user(request))


def lies_on_the_way(request: HttpRequest, arguments: dict[str, Any]) -> bool:
    """A page of the explorer: one that somebody keeps, one below, or one above. Without one, Wagtail picks the first of them."""
    key = arguments.get("parent_page_id")
    return key is None or explores(_user(request), key)


def may_go_there(request: HttpRequest, arguments: dict[str, Any]) -> bool:
    user = _user(request)
    moved = Page.objects.filter(pk=arguments["page_to_move_id"]).first()
    destination = Page.objects.filter(pk=arguments["destination_id"]).first()
    return bool(moved and destination and moved.specific.permissions_for_user(user).can_move_to(destination.specific))


def page_is_kept(request: HttpRequest, arguments: dict[str, Any]) -> bool:
    return user_keeps(_user(request), str(arguments["page_id"]))


def parent_is_visible(request: HttpRequest, arguments: dict[str, Any]) -> bool:
    return sees_all(_user(request), Page, [str(arguments["parent_page_id"])])


def chosen_are_visible(request: HttpRequest, arguments: dict[str, Any]) -> bool:
    return sees_all(_user(request), Page, request.GET.getlist("id"))


def selected_are_visible(request: HttpRequest, arguments: dict[str, Any]) -> bool:
    """What is named in the address of a bulk action; "all" of a folder or page only where that one is visible."""
    user = _user(request)
    model = apps.get_model(arguments["app_label"], arguments["model_name"])
    keys = request.GET.getlist("id")
    if "all" in keys and issubclass(model, Page):
        above = request.GET.getlist("childOf")
        return user.is_superuser or (len(above) == 1 and user_keeps(user, above[0]))
    return sees_all(user, model, keys)


def user_keeps(user: User, key: str) -> bool:
    """Whether somebody may write the page with this key, and so sees all that lies under it."""
    page = Page.objects.filter(pk=key).first() if key.isdigit() else None
    return page is not None and page.permissions_for_user(user).can_edit()


# The first pattern that fits the name of the address decides. What no pattern fits, Wagtail guards itself.
RULES: tuple[tuple[str, Rule], ...] = (
    # The page of each type that was edited last, whoever's it is.
    ("wagtailadmin_reports:page_types_usage*", administrators),
    # Names of people and of pages above one's own; the district works with them.
    ("wagtailadmin_reports:*", district),
    # Workflows, their tasks and the groups that work on them.
    ("wagtailadmin_workflows:*", administrators),
    # The tags of all teams' pictures and documents.
    ("wagtailadmin_tag_*", administrators),
    # Below the lowest page above all of one's own, every page, with its new title and who wrote it.
    ("wagtailadmin_explore*", lies_on_the_way),
    # Names a page and where it should go before it asks whether it may.
    ("wagtailadmin_pages:move_confirm", may_go_there),
    ("wagtailadmin_pages:confirm_workflow_cancellation", page_is_kept),
    ("wagtailadmin_choose_page_child", parent_is_visible),
    ("wagtailadmin_choose_page_chosen_multiple", chosen_are_visible),
    # Says by title what one may not change.
    ("wagtail_bulk_action", selected_are_visible),
)


def rule_for(name: str) -> Rule | None:
    """The rule for an address by its name, with namespaces."""
    return next((rule for pattern, rule in RULES if fnmatchcase(name, pattern)), None)


class AdminGuardMiddleware:
    """Refuses what RULES refuse, with 403."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        match = request.resolver_match
        # Who is not signed in is sent to the door by Wagtail.
        if match is None or not request.user.is_authenticated:
            return
        rule = rule_for(match.view_name)
        if rule and not rule(request, kwargs):
            raise PermissionDenied


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User), "the guard asks those who are signed in"
    return request.user
