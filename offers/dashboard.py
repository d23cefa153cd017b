"""The first page after signing in: a Kita's own offers, one tap from each."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q
from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.models import GroupPagePermission

from offers.models import OfferPage, ProviderPage

# Who keeps more providers than this works with the lists, not with this panel.
FEW = 5


def own_providers(user: AbstractBaseUser | AnonymousUser) -> list[ProviderPage]:
    """The providers on whose pages the user's groups may add offers; empty where those are many. One query."""
    granted = GroupPagePermission.objects.filter(group__user=user.pk, permission__codename="add_page").values("page")
    found = list(ProviderPage.objects.filter(pk__in=granted).order_by("title")[: FEW + 1])
    return found if len(found) <= FEW else []


def offers_of(providers: list[ProviderPage]) -> dict[int, list[OfferPage]]:
    """The offers of each provider by its id, in the order of their names. One query."""
    under = Q()
    for provider in providers:
        under |= Q(path__startswith=provider.path, depth=provider.depth + 1)
    by_path: dict[str, list[OfferPage]] = {provider.path: [] for provider in providers}
    for offer in OfferPage.objects.filter(under).order_by("title") if providers else ():
        by_path[offer.path[: -offer.steplen]].append(offer)
    return {provider.pk: by_path[provider.path] for provider in providers}


class OwnOffersPanel(Component):
    """Own providers with their offers and the way to a new one."""

    name = "own_offers"
    template_name = "wagtailadmin/home/own_offers.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.providers = own_providers(request.user)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        offers = offers_of(self.providers)
        return {"providers": [(provider, offers[provider.pk]) for provider in self.providers]}
