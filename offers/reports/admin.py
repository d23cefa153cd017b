""" "Hinweise": what families report, for a Kita its own, for the district all; each answered with one tap."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import LinkMenuItemComponent, MenuItem
from wagtail.log_actions import LogActionRegistry, log
from wagtail.permissions import page_permission_policy

from cms.menu import MenuItemFor
from cms.models import User
from offers.calendar import attach_providers
from offers.freshness.admin import keeps_the_directory
from offers.models import ProviderPage
from offers.models.report import Report, ReportQuerySet, ReportState
from offers.reports import states

LISTED = 200
FILTERS = (("offen", gettext_lazy("Offen")), ("lange", gettext_lazy("Lange ohne Antwort")), ("zu", gettext_lazy("Abgeschlossen")))
# What the buttons send, the state that it gives, and its words in the page's history.
ANSWERS = {
    "change": (ReportState.IN_WORK, "offers.report_in_work", gettext_lazy("Hinweis in Arbeit")),
    "done": (ReportState.DONE, "offers.report_done", gettext_lazy("Hinweis erledigt")),
    "not_right": (ReportState.NOT_RIGHT, "offers.report_not_right", gettext_lazy("Hinweis geprüft: stimmt doch")),
    "reopen": (ReportState.IN_WORK, "offers.report_reopened", gettext_lazy("Hinweis wieder geöffnet")),
}


def may_answer(user: User | AnonymousUser) -> bool:
    """Whether somebody edits any provider's page, and so its offers."""
    return user.is_active and _editable(user).type(ProviderPage).exists()


def reports_for(user: User | AnonymousUser) -> ReportQuerySet:
    """Reports of the offers that somebody may edit, live or not."""
    return Report.objects.filter(offer__in=_editable(user).values("pk"))


def _editable(user: User | AnonymousUser) -> Any:
    return page_permission_policy.instances_user_has_permission_for(user, "change")


@require_safe
def offer_reports(request: HttpRequest) -> HttpResponse:
    """`/admin/hinweise/`: what comes first stands first. A constant number of queries."""
    user = _user(request)
    if not may_answer(user):
        raise PermissionDenied
    today, district = timezone.localdate(), keeps_the_directory(user)
    chosen = request.GET.get("stand")
    chosen = chosen if chosen in dict(FILTERS) else FILTERS[0][0]
    reports = reports_for(user).select_related("offer")
    reports = reports.filter(closed_on__isnull=False).order_by("-closed_on", "-pk") if chosen == "zu" else reports.open()
    found = states.in_order(reports, today, settings.REPORT_ANSWER_DAYS)
    if chosen == "lange":
        found = [report for report in found if states.is_late(report, today, settings.REPORT_ANSWER_DAYS)]
    times = states.ended(found)
    shown = [report for report in found[:LISTED] if report.offer.permissions_for_user(user).can_edit()]
    attach_providers([report.offer for report in shown])
    rows = [
        {
            "report": report,
            "late": states.is_late(report, today, settings.REPORT_ANSWER_DAYS),
            "days": (today - report.reported_on).days,
            "ended": report.topic == "ended" and times.get(report.offer_id, 0) >= states.HARDLY_A_MISTAKE,
        }
        for report in shown
    ]
    context = {
        "rows": rows,
        "further": len(found) - len(found[:LISTED]),
        "district": district,
        "filters": FILTERS,
        "chosen": chosen,
        "days": settings.REPORT_ANSWER_DAYS,
    }
    return TemplateResponse(request, "wagtailadmin/reports_of_families/list.html", context)


@require_POST
def answer_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """`change` (and on to the form), `done`, `not_right`, `reopen`. One of another house is not there."""
    user = _user(request)
    sent = next((name for name in ANSWERS if name in request.POST), None)
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).select_related("offer").filter(pk=report_id).first()
        if report is None or sent is None or not report.offer.permissions_for_user(user).can_edit():
            raise Http404
        state, action, _words = ANSWERS[sent]
        if states.answer(report, state, timezone.localdate()):
            report.save()
            log(instance=report.offer, action=action, user=user)
    if sent == "change":
        return redirect("wagtailadmin_pages:edit", report.offer_id)
    messages.success(request, _("„%(title)s“: %(state)s.") % {"title": report.offer.title, "state": report.get_state_display()})
    return redirect("offer_reports")


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class ReportsMenuItem(MenuItemFor):
    """With the number of those that are new."""

    def render_component(self, request: HttpRequest) -> LinkMenuItemComponent:
        number = reports_for(request.user).filter(state=ReportState.NEW).count()
        label = f"{self.label} ({number})" if number else self.label
        return LinkMenuItemComponent(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("hinweise/", offer_reports, name="offer_reports"),
        path("hinweise/<int:report_id>/", answer_report, name="answer_report"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return ReportsMenuItem(
        lambda request: may_answer(request.user),
        _("Hinweise"),
        reverse("offer_reports"),
        name="offer-reports",
        icon_name="comment",
        order=255,
    )


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    for _state, action, words in ANSWERS.values():
        registry.register_action(action, words, words)
