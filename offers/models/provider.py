"""Providers: Kitas, family centres, counselling centres. Their offers are the pages under theirs."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models import BasePage, KeyedPage, User
from cms.permissions import HomeStaysTester
from offers import panels
from offers.choices import ProviderKind
from offers.models.address import Address
from offers.permissions import ProviderPermissionTester
from offers.querysets import ProviderManager


class ProviderIndexPage(BasePage):
    """The list of all providers; every provider's page is under it."""

    introduction = models.TextField(_("Einleitung"), blank=True)

    edit_handler = panels.provider_index_form()
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["offers.ProviderPage"]
    max_count = 1

    class Meta:
        verbose_name = _("Verzeichnis der Anbieter")
        verbose_name_plural = _("Verzeichnisse der Anbieter")

    def permissions_for_user(self, user: User) -> HomeStaysTester:
        return HomeStaysTester(user, self)

    @property
    def providers(self) -> models.QuerySet["ProviderPage"]:
        """All that families may see, by town. One query."""
        return ProviderPage.objects.child_of(self).live().public().order_by("town", "title")


class ProviderPage(KeyedPage, Address, BasePage):
    """An organization (HSDS) that offers something to families."""

    kind = models.CharField(_("Art"), max_length=20, choices=ProviderKind, default=ProviderKind.KITA)
    carrier = models.CharField(_("Träger"), max_length=160, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    website = models.URLField(_("Internetseite"), blank=True)
    description = models.TextField(_("Über uns"), blank=True)

    objects = ProviderManager()

    edit_handler = panels.provider_form()
    parent_page_types: ClassVar[list[str]] = ["offers.ProviderIndexPage"]
    subpage_types: ClassVar[list[str]] = ["offers.OfferPage"]

    class Meta:
        verbose_name = _("Anbieter")
        verbose_name_plural = _("Anbieter")

    def permissions_for_user(self, user: User) -> ProviderPermissionTester:
        return ProviderPermissionTester(user, self)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        super().full_clean(*args, **kwargs)
        # Wagtail makes the slug in full_clean; the key is its first value.
        self.ensure_key(self.slug)
        self.locate()

    @property
    def meta_description(self) -> str:
        return self.search_description or self.description[:155]
