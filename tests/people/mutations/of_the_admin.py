"""Rules about Wagtail's own addresses, lists and files: the guard, what teams see of each other, the menu."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from wagtail import hooks
from wagtail.admin.models import popular_tags_for_model
from wagtail.admin.views.pages.listing import PageFilterSet

from cms.menu import MenuItemFor
from cms.models import User
from cms.wagtail_hooks import NOT_FOR_ALL
from people import isolation
from tests.people.mutations.rule import Rule, as_above, in_silence, instead, of_tests, row, says, thing_at, without_entry

GUARD, MENU, MEDIA = of_tests("people", "test_guard.py"), of_tests("people", "test_menu.py"), of_tests("people", "test_media.py")
ADMIN = "test_the_menu_shows_each_role_its_own"


@contextmanager
def unhooked(name: str) -> Iterator[None]:
    """Wagtail does not call this function where it is hooked in."""
    owner, own = thing_at(name)
    function = getattr(owner, own)
    without = {hook: [each for each in registered if each[0] is not function] for hook, registered in hooks._hooks.items()}
    with patch.dict(hooks._hooks, without):
        yield


def for_all(name: str) -> AbstractContextManager[Any]:
    """The menu's entry for everybody who may open the admin."""
    entry = name.partition("[")[2].removesuffix("]")
    return patch.dict(NOT_FOR_ALL, {entry: "wagtailadmin.access_admin"})


def shown_to_all(name: str) -> AbstractContextManager[Any]:
    """An entry of the menu whatever its condition says."""
    entry, asked = name.partition("[")[2].removesuffix("]"), MenuItemFor.is_shown
    return patch.object(MenuItemFor, "is_shown", lambda self, request: self.name == entry or asked(self, request))


@contextmanager
def everybody_in_filters(name: str) -> Iterator[None]:
    """Wagtail's filters by person as they were before the process started."""
    filtersets = (PageFilterSet, *all_below(PageFilterSet))
    filters = [each.base_filters[field] for each in filtersets for field in ("owner", "edited_by") if field in each.base_filters]
    before = [each.queryset for each in filters]
    for each in filters:
        each.queryset = lambda request: User.objects.all()
    try:
        yield
    finally:
        for each, queryset in zip(filters, before, strict=True):
            each.queryset = queryset


def all_below(base: type) -> Iterator[Any]:
    for each in base.__subclasses__():
        yield each
        yield from all_below(each)


@contextmanager
def all_tags(name: str) -> Iterator[None]:
    """Wagtail's suggestions of tags as they were before the process started."""
    with (
        patch.object(isolation.admin_filters, "popular_tags_for_model", popular_tags_for_model),
        patch.object(isolation.picture_chooser, "popular_tags_for_model", popular_tags_for_model),
    ):
        yield


LISTS = "wagtailadmin_reports:"
OPENS = "test_whom_an_address_opens_for"
BULK = "wagtail_bulk_action wagtailcore page delete"

RULES = (
    Rule("people.guard.AdminGuardMiddleware.process_view raise 1", in_silence, GUARD(f"{OPENS}[wagtailadmin_workflows:task_chooser]")),
    Rule("people.guard.RULES[wagtailadmin_reports:page_types_usage*]", without_entry, GUARD(f"{OPENS}[{LISTS}page_types_usage]")),
    Rule("people.guard.RULES[wagtailadmin_reports:*]", without_entry, GUARD(f"{OPENS}[{LISTS}site_history]")),
    Rule("people.guard.RULES[wagtailadmin_workflows:*]", without_entry, GUARD(f"{OPENS}[wagtailadmin_workflows:task_chooser]")),
    Rule("people.guard.RULES[wagtailadmin_tag_*]", without_entry, row("wagtailadmin_tag_autocomplete ?term={private}")),
    Rule("people.guard.RULES[wagtailadmin_explore*]", without_entry, row("wagtailadmin_explore {home}")),
    Rule("people.guard.RULES[wagtailadmin_pages:move_confirm]", without_entry, row("wagtailadmin_pages:move_confirm {draft} {to}")),
    Rule(
        "people.guard.RULES[wagtailadmin_pages:confirm_workflow_cancellation]",
        without_entry,
        row("wagtailadmin_pages:confirm_workflow_cancellation {waiting}"),
    ),
    Rule("people.guard.RULES[wagtailadmin_choose_page_child]", without_entry, row("wagtailadmin_choose_page_child {home}")),
    Rule(
        "people.guard.RULES[wagtailadmin_choose_page_chosen_multiple]",
        without_entry,
        row("wagtailadmin_choose_page_chosen_multiple ?id={draft}"),
    ),
    Rule("people.guard.RULES[wagtail_bulk_action]", without_entry, row(f"{BULK} ?id={{draft}}")),
    Rule("people.guard.user_keeps", says(True), row(f"{BULK} ?id=all&childOf={{home}}")),
    Rule("people.isolation.visible_pages", instead(lambda user, pages: pages), row("wagtailadmin_choose_page_search ?q=Angebot")),
    Rule("people.isolation.explores", says(True), row("wagtailadmin_explore {home}")),
    Rule("people.isolation.visible_files", instead(lambda user, model: model.objects.all()), row("wagtailadmin_api:images:listing")),
    Rule("people.isolation.colleagues", instead(lambda user: User.objects.all()), row("wagtailadmin_explore {home}")),
    Rule("people.isolation.sees_all", says(True), row(f"{BULK} ?id={{draft}}")),
    Rule("people.isolation.PicturesOfOnesOwn.get_queryset", as_above, row("wagtailadmin_api:images:listing")),
    Rule("people.isolation.DocumentsOfOnesOwn.get_queryset", as_above, row("wagtailadmin_api:documents:listing")),
    Rule("people.isolation.filter_by_colleagues_only", everybody_in_filters, row("wagtailadmin_explore {home}")),
    Rule("people.isolation.suggest_no_tags", all_tags, row("wagtailimages:index")),
    Rule("people.media.media raise 1", in_silence, MEDIA("test_nothing_else_lies_there[documents/plan.pdf]")),
    Rule("people.media._original raise 1", in_silence, MEDIA("test_the_picture_as_uploaded_is_for_who_may_use_it")),
    Rule("people.media.may_read_document", says(True), MEDIA("test_a_document_is_the_team_s_until_a_page_online_uses_it")),
    Rule(
        "people.wagtail_hooks.documents_of_drafts_stay_in_the_team raise 1",
        in_silence,
        MEDIA("test_a_document_is_the_team_s_until_a_page_online_uses_it"),
    ),
    Rule("people.wagtail_hooks.choose_among_what_one_may_see", unhooked, row("wagtailadmin_choose_page_search ?q=Angebot")),
    Rule("people.wagtail_hooks.no_report_that_is_refused", unhooked, MENU("test_the_reports_are_those_that_open[district]")),
    Rule("people.reading_panel.reads_only", says(True), MENU("test_the_adviser_is_led_to_what_there_is_to_read")),
    Rule("people.offer_list.needs_permission raise 1", in_silence, row("people_offers")),
    Rule("cms.menu.MenuItemFor[people-offers]", shown_to_all, MENU(f"{ADMIN}[press]")),
    Rule("cms.menu.MenuItemFor[people]", shown_to_all, MENU(f"{ADMIN}[press]")),
    Rule("cms.menu.MenuItemFor[own-team]", shown_to_all, MENU(f"{ADMIN}[press]")),
    Rule("cms.menu.MenuItemFor[people-log]", shown_to_all, MENU(f"{ADMIN}[press]")),
    Rule("cms.menu.MenuItemFor[desk]", shown_to_all, MENU(f"{ADMIN}[press]")),
    Rule("cms.menu.MenuItemFor[unconfirmed]", shown_to_all, MENU(f"{ADMIN}[press]")),
    Rule("cms.menu.MenuItemFor[offer-reports]", shown_to_all, MENU(f"{ADMIN}[press]")),
    Rule("cms.menu.MenuItemFor[unsent-mails]", shown_to_all, MENU("test_the_mails_that_wait_are_for_the_district")),
    Rule("offers.desk.admin.without_the_tree", unhooked, MENU(f"{ADMIN}[provider]")),
    Rule("cms.wagtail_hooks.leave_out_what_is_of_no_use", unhooked, MENU(f"{ADMIN}[press]")),
    Rule("cms.wagtail_hooks.NOT_FOR_ALL[reports]", for_all, MENU(f"{ADMIN}[press]")),
    Rule("cms.wagtail_hooks.NOT_FOR_ALL[help]", for_all, MENU(f"{ADMIN}[press]")),
    Rule("cms.wagtail_hooks.no_figures_of_other_people", unhooked, MENU("test_figures_of_the_whole_site_are_for_administrators")),
    Rule(
        "cms.wagtail_hooks.no_approval_for_those_who_publish",
        unhooked,
        of_tests("people", "test_approval.py")("test_one_button_ends_the_work[never-action-publish-action-submit]"),
    ),
    Rule("cms.mail.admin.may_see", says(True), row("unsent_mails")),
    Rule("cms.mail.admin.unsent raise 1", in_silence, row("unsent_mails")),
    Rule("cms.mail.admin.retry raise 1", in_silence, row("retry_mails")),
)
