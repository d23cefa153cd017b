""" "Alle Angebote": what advisers and the district read, online or not. Nothing here changes anything."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Length, Substr
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn, UpdatedAtColumn
from wagtail.admin.views.generic import IndexView
from wagtail.models import Page

from offers.models import OfferPage, ProviderPage

PERMISSION = "people.read_offers"


def needs_permission(user: Any) -> None:
    """Raises PermissionDenied for those who may not read all."""
    if not user.has_perm(PERMISSION):
        raise PermissionDenied


def address_of(offer: OfferPage) -> str:
    """The page that families see, or the draft in its place."""
    if offer.live and not offer.has_unpublished_changes and offer.url:
        return offer.url
    return reverse("people_offer", args=(offer.pk,))


class OfferFilters(WagtailFilterSet):
    provider = ModelChoiceFilter(queryset=ProviderPage.objects.order_by("title"), label=_("Anbieter"), method="of_provider")

    class Meta:
        model = OfferPage
        fields = ("provider", "kind", "live")

    def of_provider(self, offers: QuerySet[OfferPage], name: str, provider: ProviderPage | None) -> QuerySet[OfferPage]:
        return offers.filter(path__startswith=provider.path) if provider else offers


class OfferListView(IndexView):
    model = OfferPage
    page_title = _("Alle Angebote")
    header_icon = "list-ul"
    index_url_name = "people_offers"
    index_results_url_name = "people_offers_results"
    search_fields = ("title", "summary", "provider_title")
    search_backend_name = None
    default_ordering = "title"
    paginate_by = 50
    filterset_class = OfferFilters
    any_permission_required: tuple[str, ...] = ()
    permission_policy = None
    columns = (
        TitleColumn("title", label=_("Angebot"), get_url=address_of, sort_key="title"),
        Column("provider_title", label=_("Anbieter"), sort_key="provider_title"),
        Column("state", label=_("Stand"), sort_key="state"),
        UpdatedAtColumn(),
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        needs_permission(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[OfferPage]:
        above = Page.objects.filter(path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)).values("title")[:1]
        state = Case(
            When(live=False, then=Value(str(_("nicht online")))),
            When(has_unpublished_changes=True, then=Value(str(_("online, Änderungen offen")))),
            default=Value(str(_("online"))),
            output_field=CharField(),
        )
        return OfferPage.objects.annotate(provider_title=Subquery(above), state=state, _updated_at=F("latest_revision_created_at"))


def read_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """The offer as its team has left it, in the look that families get."""
    needs_permission(request.user)
    draft = get_object_or_404(OfferPage, pk=pk).get_latest_revision_as_object()
    show: Callable[..., HttpResponse] = draft.make_preview_request
    return show(request, draft.default_preview_mode)
