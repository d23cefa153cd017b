"""What pages ask: the engine, and while it cannot answer, the database. A page never breaks because an index is away."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from search.contract import Box, Circle, Cluster, Engine, Hit, IndexUnavailable, OfferCard, SearchRequest, SearchResponse
from search.engines import get_engine
from search.limited import DatabaseSearch

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")
Reader = Engine | DatabaseSearch


class Reading:
    """The reading half of an engine. Answers of the database say that they are `limited`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.database = DatabaseSearch()

    def search(self, request: SearchRequest) -> SearchResponse:
        return self._ask(lambda of: of.search(request))

    def count(self, request: SearchRequest) -> int:
        return self._ask(lambda of: of.count(request))

    def clusters(self, request: SearchRequest, box: Box, zoom: int) -> tuple[Cluster, ...]:
        return self._ask(lambda of: of.clusters(request, box, zoom))

    def complete(self, prefix: str, limit: int) -> tuple[OfferCard, ...]:
        return self._ask(lambda of: of.complete(prefix, limit))

    def similar(self, key: str, circle: Circle | None, now: datetime, limit: int) -> tuple[Hit, ...]:
        return self._ask(lambda of: of.similar(key, circle, now, limit))

    def _ask(self, question: Callable[[Any], Answer]) -> Answer:
        try:
            return question(self.engine)
        except IndexUnavailable as error:
            logger.warning("The database answers for the index: %s", error)
            return question(self.database)


def get_reader() -> Reading:
    """For the engine of the setting SEARCH_URL. Raises ImproperlyConfigured."""
    return Reading(get_engine())
