"""The first page of those who read all offers and keep none: where to read, and what to do where something is wrong."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from people.offer_list import PERMISSION

# Whoever may set the rules has work lists, and no need of this.
STAFF = "offers.change_listingrules"


class ReadingPanel(Component):
    name = "reading"
    template_name = "wagtailadmin/home/reading.html"
    order = 50

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"offers_url": reverse("people_offers"), "search_url": reverse("search")}


def reads_only(request: HttpRequest) -> bool:
    return request.user.has_perm(PERMISSION) and not request.user.has_perm(STAFF)
