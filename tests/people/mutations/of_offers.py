"""Rules about pages, offers and what families report: who writes, publishes, moves and answers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page

from offers.models import ProviderPage
from offers.models.report import Report
from offers.models.rules import Approval
from tests.people.mutations.rule import Rule, as_above, in_silence, instead, of_tests, row, says

PAGES, APPROVAL = of_tests("people", "test_pages.py"), of_tests("people", "test_approval.py")
DESK, RIGHTS = of_tests("offers", "test_first_page.py"), of_tests("offers", "test_desk_rights.py")
MENU, REPORTS = of_tests("people", "test_menu.py"), of_tests("offers", "reports", "test_admin.py")
MAY = "test_what_a_role_may_with_a_page"
PUBLISHES = "test_who_publishes_under_which_rule"
OF_OTHERS = "test_the_district_sees_all_others_nothing[press-False]"


@contextmanager
def everybody_approves(name: str) -> Iterator[None]:
    """Every team is asked to approve."""
    for task in GroupApprovalTask.objects.all():
        task.groups.set(Group.objects.all())
    yield


RULES = (
    Rule("cms.permissions.HomeStaysTester.can_copy", as_above, PAGES(f"{MAY}[own provider-provider]")),
    Rule("cms.permissions.HomeStaysTester.can_delete", as_above, PAGES(f"{MAY}[own provider-provider]")),
    Rule("cms.permissions.HomeStaysTester.can_unpublish", as_above, PAGES(f"{MAY}[own provider-provider]")),
    Rule("cms.permissions.HomeStaysTester.can_set_view_restrictions", as_above, PAGES(f"{MAY}[own offer-provider]")),
    Rule("cms.permissions.HomeStaysTester.from_above", says({"add", "change", "publish"}), PAGES(f"{MAY}[own provider-provider]")),
    Rule("cms.permissions.HomeStaysTester.granted_above", says(True), PAGES(f"{MAY}[own provider-provider]")),
    Rule("offers.permissions.ProviderPermissionTester.can_publish_subpage", as_above, APPROVAL(f"{PUBLISHES}[always-None-False]")),
    Rule("offers.permissions.OfferPermissionTester.can_publish", as_above, APPROVAL(f"{PUBLISHES}[always-None-False]")),
    Rule("offers.permissions.OfferPermissionTester.waits_for_approval", says(False), APPROVAL(f"{PUBLISHES}[always-None-False]")),
    Rule(
        "offers.permissions.OfferPermissionTester.can_move_to",
        as_above,
        APPROVAL("test_what_waits_elsewhere_does_not_go_online_by_a_move"),
    ),
    Rule("offers.permissions.approval_rule", says(Approval.NEVER), APPROVAL(f"{PUBLISHES}[always-None-False]")),
    Rule("offers.permissions.has_been_online", says(True), APPROVAL(f"{PUBLISHES}[first-None-False]")),
    Rule("offers.permissions.waits_for_approval", says(False), APPROVAL(f"{PUBLISHES}[always-None-False]")),
    Rule("people.approval.ensure_approval", everybody_approves, row("wagtailadmin_pages:workflow_action {waiting} approve {task_state}")),
    Rule("offers.desk.admin.keeps_listings", says(True), DESK("test_who_keeps_no_provider_sees_no_desk")),
    Rule(
        "offers.desk.listing.own_providers",
        instead(lambda user: list(ProviderPage.objects.all())),
        DESK("test_who_keeps_no_provider_sees_no_desk"),
    ),
    Rule("offers.desk.new.own_provider raise 1", in_silence, row("new_offer {provider}")),
    Rule("offers.desk.views.own_offer raise 1", in_silence, row("offer_written {offer}")),
    Rule("offers.desk.views.put_online raise 1", in_silence, RIGHTS("test_what_the_district_has_locked_is_not_handed_in")),
    Rule("offers.freshness.admin.keeps_the_directory", says(True), row("unconfirmed_offers")),
    Rule("offers.freshness.admin._only_the_district raise 1", in_silence, row("unconfirmed_offers")),
    Rule("offers.reports.admin.may_answer", says(True), REPORTS(OF_OTHERS)),
    Rule(
        "offers.reports.admin.reports_for",
        instead(lambda user: Report.objects.all()),
        MENU("test_the_number_of_reports_is_that_of_one_s_own"),
    ),
    Rule("offers.reports.admin._editable", instead(lambda user: Page.objects.all()), REPORTS(OF_OTHERS)),
    Rule("offers.reports.admin.offer_reports raise 1", in_silence, REPORTS(OF_OTHERS)),
    Rule("offers.reports.admin.answer_report raise 1", in_silence, REPORTS("test_the_report_of_another_house_is_not_there[done]")),
    Rule(
        "offers.reports.limits.allows",
        says(True),
        of_tests("offers", "reports", "test_form.py")("test_a_network_reports_three_times_a_day_on_an_offer"),
    ),
    Rule("search.findability_admin.offer_findability raise 1", in_silence, row("offer_findability {offer}")),
    Rule(
        "news.models.PressReleasePage.serve raise 1",
        in_silence,
        of_tests("news", "test_newsroom.py")("test_nobody_sees_a_release_before_its_time"),
    ),
)
