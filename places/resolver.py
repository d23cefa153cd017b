"""The gazetteer of this process: built from the database once, and again when somebody has changed a place.

`resolve()` and `suggest()` ask the database nothing while nothing has changed, but for one small question every
`PLACES_CHECK_SECONDS` whether another process has changed something. Any number of threads may call them.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from places.areas import Area, PlaceRecord, PostcodeRecord, Resolution
from places.gazetteer import Gazetteer
from places.models import Place, PlacesVersion, Postcode

__all__ = ["Area", "Resolution", "Resolver", "named", "resolve", "suggest"]


@dataclass(frozen=True, slots=True)
class Built:
    gazetteer: Gazetteer
    version: str


class Resolver:
    """Keeps a gazetteer and notices when it is out of date.

    `check_seconds`: how long changes of other processes may go unnoticed. `clock`: monotonic seconds.
    """

    def __init__(self, check_seconds: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._check_seconds = check_seconds
        self._clock = clock
        self._building = threading.Lock()
        self._built: Built | None = None
        self._checked_at = float("-inf")
        self._changes = 0  # counts the changes that this process has been told of
        self._changes_built = 0

    def forget(self) -> None:
        """Something has changed: the next question builds anew."""
        self._changes += 1

    def gazetteer(self) -> Gazetteer:
        """The gazetteer of now. Where another thread is just looking for changes, the one of before."""
        built = self._built
        fresh = built is not None and self._changes == self._changes_built
        if fresh and built and self._clock() - self._checked_at < self._check_seconds:
            return built.gazetteer
        if not self._building.acquire(blocking=not fresh):
            assert built is not None
            return built.gazetteer
        try:
            return self._renew().gazetteer
        finally:
            self._building.release()

    def _renew(self) -> Built:
        changes, version = self._changes, PlacesVersion.current()
        if self._built is None or changes != self._changes_built or version != self._built.version:
            # The version is read before the places: a change in between makes the next check build again, and none is missed.
            self._built = Built(Gazetteer(_places(), _postcodes()), version)
            self._changes_built = changes
        self._checked_at = self._clock()
        return self._built


def _places() -> list[PlaceRecord]:
    return [
        PlaceRecord(
            id=place.pk,
            name=place.name,
            slug=place.slug,
            kind=place.kind,
            parent_id=place.parent_id,
            latitude=place.latitude,
            longitude=place.longitude,
            population=place.population,
            aliases=tuple(line.strip() for line in place.aliases.splitlines() if line.strip()),
        )
        for place in Place.objects.order_by("pk").defer("loaded")
    ]


def _postcodes() -> list[PostcodeRecord]:
    places: dict[int, set[int]] = {}
    for postcode_id, place_id in Postcode.places.through.objects.values_list("postcode_id", "place_id"):
        places.setdefault(postcode_id, set()).add(place_id)
    rows = Postcode.objects.order_by("code").values_list("id", "code", "name", "latitude", "longitude")
    return [
        PostcodeRecord(code, name, latitude, longitude, frozenset(places.get(postcode_id, ())))
        for postcode_id, code, name, latitude, longitude in rows
    ]


_resolver = Resolver(settings.PLACES_CHECK_SECONDS)


def resolve(text: str) -> Resolution:
    """The place that a text means: a postcode, a name in any spelling, or both. Never raises for a text, of any kind or length.

    `Resolution.found` is None where nothing, or nothing certain, is meant; `corrected` says that a typing error was put right, so that a
    page can show what it understood. Towns outside of the district are found too, with `outside`.
    """
    return _resolver.gazetteer().resolve(text)


def named(text: str) -> tuple[Area, ...]:
    """The places here that have exactly this name, the one that is meant first, or the area of a postcode; for words of a sentence."""
    return _resolver.gazetteer().named(text)


def suggest(prefix: str, limit: int = 8) -> tuple[Area, ...]:
    """Places and postcodes that begin like the text, for a list while somebody types."""
    return _resolver.gazetteer().suggest(prefix, limit)


def forget() -> None:
    """Build anew at the next question, in this process alone."""
    _resolver.forget()


def changed() -> None:
    """Places, their postcodes or aliases have changed: tell all processes. To be called in the transaction of the change."""
    PlacesVersion.renew()
    _resolver.forget()
    # Another thread may build from the database before this transaction ends.
    transaction.on_commit(_resolver.forget)
