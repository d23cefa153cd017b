"""Accounts in Wagtail's admin: our log's page, the account page's links, and the offer of a second factor."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.menu import MenuItemFor
from people.accounts import factors, log
from people.accounts.report import LogView
from people.roles import is_district

OFFER = "second-factor-offer"

hooks.register("register_log_actions", log.register)


@hooks.register("register_admin_urls")
def log_urls() -> list[URLPattern]:
    return [
        path("protokoll/", LogView.as_view(), name="people_log"),
        path("protokoll/results/", LogView.as_view(results_only=True), name="people_log_results"),
    ]


@hooks.register("register_admin_menu_item")
def log_menu_item() -> MenuItem:
    return MenuItemFor(
        lambda request: is_district(request.user),  # type: ignore[arg-type]
        _("Protokoll"),
        reverse("people_log"),
        name="people-log",
        icon_name="history",
        order=9500,
    )


@hooks.register("register_account_menu_item")
def account_password(request: HttpRequest) -> dict[str, str]:
    return {"url": reverse("account_change_password"), "label": str(_("Passwort ändern")), "help_text": ""}


@hooks.register("register_account_menu_item")
def account_sessions(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("usersessions_list"),
        "label": str(_("Wo bin ich angemeldet?")),
        "help_text": str(_("Andere Geräte abmelden.")),
    }


class FactorOffer(Component):
    """One line on the first page, until it is closed or taken up."""

    name = OFFER
    template_name = "wagtailadmin/home/second_factor_offer.html"
    order = 900

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"dismissible_id": OFFER, "set_up_url": reverse("second_factor")}


@hooks.register("construct_homepage_panels")
def offer_second_factor(request: HttpRequest, panels: list[Component]) -> None:
    """To whoever may go without. Wagtail's profile remembers who has closed it."""
    profile = getattr(request.user, "wagtail_userprofile", None)
    if profile and profile.dismissibles.get(OFFER):
        return
    if not factors.factors_of(request.user).exists():
        panels.append(FactorOffer())
