"""The words in which pages and other apps ask for providers and offers."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models.query import ModelIterable
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from offers.models import ProviderPage


class ProviderQuerySet(PageQuerySet):
    def with_details(self) -> Self:
        """With what a list of providers shows: their municipality."""
        return self.select_related("municipality")


class OfferQuerySet(PageQuerySet):
    _wants_providers = False

    def of_provider(self, provider: "ProviderPage") -> Self:
        return self.child_of(provider)

    def lowered(self) -> Self:
        """Those that families find further down, because nobody has confirmed them for long."""
        return self.filter(setback__kind="lowered")

    def with_details(self) -> Self:
        """With what a list of offers shows, in a constant number of queries: topics, rules, exceptions, the providers above."""
        details = self.select_related("municipality").prefetch_related("topics", "schedules", "exceptions")
        details._wants_providers = True
        return details

    def _clone(self) -> Self:
        clone = super()._clone()
        clone._wants_providers = self._wants_providers
        return clone

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh and self._wants_providers and issubclass(self._iterable_class, ModelIterable):
            # The provider is the page above, which no join of Django's reaches.
            from offers.calendar import attach_providers

            results: list[Any] = list(self._result_cache or ())
            attach_providers(results)


ProviderManager = PageManager.from_queryset(ProviderQuerySet)
OfferManager = PageManager.from_queryset(OfferQuerySet)
