"""The words in which other apps ask for places."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from places.models import Place  # noqa: F401


class PlaceQuerySet(models.QuerySet["Place"]):
    def municipalities(self) -> Self:
        """Towns and villages: what has a town page and a mayor."""
        return self.filter(kind__in=["stadt", "ortsgemeinde"])
