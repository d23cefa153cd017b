"""The first page of the district's staff: how much waits for them, and the way there. What is to be approved Wagtail lists below."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.ui.components import Component

from offers.freshness.admin import keeps_the_directory, overdue
from offers.reports.admin import reports_for


class DistrictPanel(Component):
    """Offers that nobody confirms and reports of families that are open. A constant number of queries."""

    name = "district"
    template_name = "wagtailadmin/home/district.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        unconfirmed = [len(cases) for _house, cases in overdue(timezone.localdate())]
        reports = reports_for(self.request.user).open().count()
        return {"offers": sum(unconfirmed), "houses": len(unconfirmed), "reports": reports}


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, panels: list[Component]) -> None:
    if keeps_the_directory(request.user):
        panels.append(DistrictPanel(request))
