"""The names of the providers, kept by each process: one small question to the database every CHECK_SECONDS, none a request."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db.models import Count, Max

from offers.models import ProviderPage
from search.understanding import ProviderNames

CHECK_SECONDS = 60.0


class KnownProviders:
    """`clock`: monotonic seconds. Any number of threads may ask."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._reading = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._names: ProviderNames | None = None
        self._version: dict[str, Any] = {}
        self._checked_at = float("-inf")

    def names(self) -> ProviderNames:
        """The names of now, or of at most CHECK_SECONDS ago. Where another thread is just looking, those of before."""
        names = self._names
        if names is not None and self._clock() - self._checked_at < CHECK_SECONDS:
            return names
        if not self._reading.acquire(blocking=names is None):
            assert names is not None
            return names
        try:
            return self._renewed()
        finally:
            self._reading.release()

    def _renewed(self) -> ProviderNames:
        live = ProviderPage.objects.live()
        # Read before the names: a change in between is seen at the next look.
        version = live.aggregate(number=Count("pk"), published=Max("last_published_at"), latest=Max("latest_revision_created_at"))
        names = self._names
        if names is None or version != self._version:
            names = ProviderNames(live.values_list("title", flat=True))
            self._names, self._version = names, version
        self._checked_at = self._clock()
        return names


_known = KnownProviders()


def provider_names() -> ProviderNames:
    return _known.names()


def forget() -> None:
    """Read anew at the next question."""
    _known.forget()
