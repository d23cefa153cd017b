"""What roles change in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from cms.menu import MenuItemFor
from people import isolation, offer_list
from people.media import may_read_document
from people.reading_panel import ReadingPanel, reads_only


@hooks.register("construct_page_chooser_queryset")
def choose_among_what_one_may_see(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return isolation.visible_pages(request.user, pages)  # type: ignore[arg-type]


@hooks.register("construct_admin_api", order=1000)
def own_files_in_the_api(router: WagtailAPIRouter) -> None:
    """After Wagtail's own, which know no folders."""
    router.register_endpoint("images", isolation.PicturesOfOnesOwn)
    router.register_endpoint("documents", isolation.DocumentsOfOnesOwn)


@hooks.register("before_serve_document")
def documents_of_drafts_stay_in_the_team(document: Any, request: HttpRequest) -> None:
    if not may_read_document(request.user, document):
        raise Http404


@hooks.register("register_admin_urls")
def offer_urls() -> list[URLPattern]:
    return [
        path("alle-angebote/", offer_list.OfferListView.as_view(), name="people_offers"),
        path("alle-angebote/results/", offer_list.OfferListView.as_view(results_only=True), name="people_offers_results"),
        path("alle-angebote/<int:pk>/", offer_list.read_offer, name="people_offer"),
    ]


@hooks.register("register_admin_menu_item")
def offer_list_item() -> MenuItem:
    return MenuItemFor(
        lambda request: request.user.has_perm(offer_list.PERMISSION),
        _("Alle Angebote"),
        reverse("people_offers"),
        name="people-offers",
        icon_name="list-ul",
        order=150,
    )


@hooks.register("construct_homepage_panels")
def somewhere_to_read(request: HttpRequest, panels: list[Component]) -> None:
    if reads_only(request):
        panels.append(ReadingPanel())


@hooks.register("construct_reports_menu")
def no_report_that_is_refused(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """The one report among them that is for administrators alone (people/guard.py)."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name != "page-types-usage"]


isolation.filter_by_colleagues_only()
isolation.suggest_no_tags()
