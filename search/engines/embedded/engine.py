"""The embedded engine: Tantivy in the process, on disk, for one machine."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from math import ceil
from pathlib import Path
from time import perf_counter

from tantivy import FieldType, Query

from search.analysis import mark_words
from search.contract import Box, Circle, Cluster, Hit, OfferCard, OfferDocument, SearchRequest, SearchResponse
from search.engines.embedded import clusters as grouping
from search.engines.embedded.asking import asking
from search.engines.embedded.beside import beside
from search.engines.embedded.conditions import term
from search.engines.embedded.facets import tally
from search.engines.embedded.places import Place, card, distances
from search.engines.embedded.ranking import matching, rank
from search.engines.embedded.related import related, titles
from search.engines.embedded.schema import build_document
from search.engines.embedded.storage import SCHEMA, Snapshot, Storage
from search.engines.shared.completing import completions


class EmbeddedEngine:
    """One index in one folder. Several processes may read and write it."""

    def __init__(self, root: Path) -> None:
        self.storage = Storage(root)

    def search(self, request: SearchRequest) -> SearchResponse:
        began = perf_counter()
        snapshot = self.storage.snapshot()
        asked = asking(snapshot, request)
        # Counted while the hits are ranked.
        counting = beside().submit(tally, snapshot, request, asked)
        places = rank(snapshot, request, asked, lambda: counting.result().totals)
        counted = counting.result()
        number = sum(counted.totals)
        wanted = asked.words.plan.marked
        return SearchResponse(
            total=number,
            page=request.page,
            pages=ceil(number / request.page_size),
            hits=hits(snapshot, places, request.circle, wanted),
            facets=counted.facets,
            suggestion=asked.words.plan.suggestion if number else "",
            took_ms=(perf_counter() - began) * 1000,
        )

    def count(self, request: SearchRequest) -> int:
        snapshot = self.storage.snapshot()
        return sum(tally(snapshot, replace(request, facets=()), asking(snapshot, request)).totals)

    def clusters(self, request: SearchRequest, box: Box, zoom: int) -> tuple[Cluster, ...]:
        snapshot = self.storage.snapshot()
        # What reaches everywhere has no point: the first part is all that a map can show.
        located = matching(snapshot, request, asking(snapshot, request))[0]
        groups = grouping.clusters(snapshot, located, box, zoom)
        single = [page_id for page_id, *_rest in groups if page_id]
        found = (card(snapshot, address) for address in snapshot.addresses(grouping.by_page_ids(single), len(single)))
        cards = {each.page_id: each for each in found}
        return tuple(Cluster(latitude, longitude, count, cards.get(page_id)) for page_id, latitude, longitude, count in groups)

    def complete(self, prefix: str, limit: int) -> tuple[OfferCard, ...]:
        snapshot = self.storage.snapshot()
        return completions([card(snapshot, address) for address in titles(snapshot, prefix, limit)], prefix, limit)

    def similar(self, key: str, circle: Circle | None, now: datetime, limit: int) -> tuple[Hit, ...]:
        snapshot = self.storage.snapshot()
        here, places = related(snapshot, key, circle, limit, partial(card, snapshot))
        return hits(snapshot, places, here, frozenset())

    def write(self, documents: Iterable[OfferDocument], deleted: Iterable[int] = ()) -> None:
        # Made before the lock is taken: others may write meanwhile.
        made = {document.card.page_id: (document, build_document(document)) for document in documents}
        gone = list(deleted)
        if not made and not gone:
            return
        with self.storage.writing() as writer:
            for page_id in [*gone, *made]:
                # By query: delete_documents_by_term takes a Python int for a signed one and finds nothing in an unsigned field.
                writer.index.delete_documents_by_query(term("page_id", page_id))
            for document, entry in made.values():
                writer.index.add_document(entry)
                writer.vectors.add(document, replaces=True)

    def needs_rebuild(self) -> bool:
        return self.storage.needs_rebuild()

    def rebuild(self, documents: Iterable[OfferDocument]) -> None:
        with self.storage.rebuilding() as writer:
            for document in documents:
                writer.index.add_document(build_document(document))
                writer.vectors.add(document, replaces=False)

    def digests(self) -> Iterator[tuple[int, str]]:
        snapshot = self.storage.snapshot()
        # All addresses of one state: what is written meanwhile does not matter.
        addresses = snapshot.addresses(Query.all_query(), snapshot.searcher.num_docs)
        for page_id, address in zip(snapshot.column("page_id", addresses), addresses, strict=True):
            yield page_id, snapshot.stored(address, "digest").decode()

    def stale(self, now: datetime) -> list[int]:
        snapshot = self.storage.snapshot()
        query = Query.range_query(SCHEMA, "stale_at", FieldType.Integer, upper_bound=int(now.timestamp()))
        return sorted(snapshot.column("page_id", snapshot.addresses(query, snapshot.total(query))))


def hits(snapshot: Snapshot, places: list[Place], circle: Circle | None, wanted: frozenset[str]) -> tuple[Hit, ...]:
    """The hits with their documents; one without a point of its own has no distance."""
    away = distances(snapshot, [place.address for place in places], circle)
    return tuple(_hit(card(snapshot, place.address), place.score, far, wanted) for place, far in zip(places, away, strict=True))


def _hit(found: OfferCard, score: float, distance_km: float | None, wanted: frozenset[str]) -> Hit:
    return Hit(
        card=found,
        score=score,
        distance_km=distance_km,
        title_marked=mark_words(found.title, wanted),
        summary_marked=mark_words(found.summary, wanted),
    )
