"""The words in which other apps ask for releases."""

from typing import Self

from django.db.models import Q
from django.utils import timezone
from wagtail.models import PageManager
from wagtail.query import PageQuerySet


class PressReleaseQuerySet(PageQuerySet):
    def published(self) -> Self:
        """Live, public, past its embargo; newest first."""
        free = Q(embargo_until__isnull=True) | Q(embargo_until__lte=timezone.now())
        return self.live().public().filter(free).order_by("-released_at", "-number")


PressReleaseManager = PageManager.from_queryset(PressReleaseQuerySet)
