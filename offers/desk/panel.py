""" "Meine Angebote" on the first page after signing in."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.middleware.csrf import get_token
from wagtail.admin.ui.components import Component

from cms.models import User
from offers.desk.listing import counts, own_providers, rows_of, this_week
from offers.desk.views import NOTICE
from offers.models import ProviderPage

# Who keeps more providers than this chooses one first.
FEW = 3
ROWS_A_PAGE = 20


class DeskPanel(Component):
    """Own providers with their offers, what is on this week, and the way to a new one."""

    name = "desk"
    template_name = "wagtailadmin/desk/desk.html"
    order = 50

    def __init__(self, request: HttpRequest, user: User) -> None:
        self.request, self.user = request, user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        everybody = own_providers(self.user)
        chosen = self._chosen(everybody)
        shown = [chosen] if chosen else everybody if len(everybody) <= FEW else []
        rows = rows_of(shown, self.user)
        page = Paginator(rows, ROWS_A_PAGE).get_page(self.request.GET.get("seite"))
        houses = [(provider, [row for row in page if row.offer.provider == provider]) for provider in shown]
        online = counts(everybody) if not shown else {}
        return {
            # A component is rendered without the request.
            "csrf_token": get_token(self.request),
            "houses": houses,
            "week": this_week(rows),
            "page": page,
            "chosen": chosen,
            "choices": [(provider, *online[provider.pk]) for provider in everybody] if not shown else [],
            "several": len(everybody) > FEW,
            "notice": self.request.session.pop(NOTICE, None),
        }

    def _chosen(self, everybody: list[ProviderPage]) -> ProviderPage | None:
        wish = self.request.GET.get("anbieter", "")
        return next((provider for provider in everybody if str(provider.pk) == wish), None)
