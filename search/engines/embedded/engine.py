"""The embedded engine: Tantivy in the process, on disk, for one machine."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from math import ceil
from pathlib import Path
from time import perf_counter
from typing import Any

import tantivy
from tantivy import FieldType, Query

from search.analysis import mark_words, wanted_tokens
from search.cards import from_json
from search.contract import Box, Circle, Cluster, Hit, OfferCard, OfferDocument, SearchRequest, SearchResponse
from search.engines.embedded import clusters as grouping
from search.engines.embedded.conditions import all_of, conditions, term
from search.engines.embedded.facets import facets
from search.engines.embedded.ranking import Place, rank, total
from search.engines.embedded.related import completions, related, titles
from search.engines.embedded.schema import build_document
from search.engines.embedded.storage import SCHEMA, Snapshot, Storage
from search.engines.embedded.wording import plan
from search.geometry import distance_km

# What a request without these asks is counted once for a state of the index.
_UNCOUNTED: dict[str, Any] = {"page": 1, "page_size": 20, "sort": "relevanz"}
DIGESTS_AT_ONCE = 5000


class EmbeddedEngine:
    """One index in one folder. Several processes may read and write it."""

    def __init__(self, root: Path) -> None:
        self.storage = Storage(root)

    def search(self, request: SearchRequest) -> SearchResponse:
        began = perf_counter()
        snapshot = self.storage.snapshot()
        words = plan(snapshot, request.text)
        ranked = rank(snapshot, request, words)
        counts = {}
        if request.facets:
            question = replace(request, **_UNCOUNTED, now=datetime.min)
            counts = snapshot.counts.get(question, partial(facets, snapshot, request, words))
        wanted = wanted_tokens(words.words)
        return SearchResponse(
            total=ranked.total,
            page=request.page,
            pages=ceil(ranked.total / request.page_size),
            hits=tuple(hit(snapshot, place, request.circle, wanted) for place in ranked.places),
            facets=counts,
            suggestion=words.suggestion if ranked.total else "",
            took_ms=(perf_counter() - began) * 1000,
        )

    def count(self, request: SearchRequest) -> int:
        snapshot = self.storage.snapshot()
        return total(snapshot, all_of(_filters(snapshot, request)))

    def clusters(self, request: SearchRequest, box: Box, zoom: int) -> tuple[Cluster, ...]:
        snapshot = self.storage.snapshot()
        groups = grouping.clusters(snapshot, _filters(snapshot, request), box, zoom)
        single = [page_id for page_id, *_rest in groups if page_id]
        cards = {}
        if single:
            hits = snapshot.searcher.search(grouping.by_page_ids(single), limit=len(single), count=False).hits
            cards = {found.page_id: found for _score, address in hits if (found := card(snapshot, address))}
        return tuple(Cluster(latitude, longitude, count, cards.get(page_id)) for page_id, latitude, longitude, count in groups)

    def complete(self, prefix: str, limit: int) -> tuple[OfferCard, ...]:
        snapshot = self.storage.snapshot()
        return completions([card(snapshot, address) for address in titles(snapshot, prefix, limit)], prefix, limit)

    def similar(self, key: str, circle: Circle | None, now: datetime, limit: int) -> tuple[Hit, ...]:
        snapshot = self.storage.snapshot()
        here, places = related(snapshot, key, circle, limit, partial(card, snapshot))
        return tuple(hit(snapshot, place, here, frozenset()) for place in places)

    def write(self, documents: Iterable[OfferDocument], deleted: Iterable[int] = ()) -> None:
        # Made before the lock is taken: others may write meanwhile.
        made = [(document.card.page_id, build_document(document)) for document in documents]
        gone = list(deleted)
        if not made and not gone:
            return
        with self.storage.writing() as writer:
            for page_id in [*gone, *(page_id for page_id, _document in made)]:
                # By query: delete_documents_by_term takes a Python int for a signed one and finds nothing in an unsigned field.
                writer.delete_documents_by_query(term("page_id", page_id))
            for document in dict(made).values():
                writer.add_document(document)

    def needs_rebuild(self) -> bool:
        return self.storage.needs_rebuild()

    def rebuild(self, documents: Iterable[OfferDocument]) -> None:
        with self.storage.rebuilding() as writer:
            for document in documents:
                writer.add_document(build_document(document))

    def digests(self) -> Iterator[tuple[int, str]]:
        snapshot = self.storage.snapshot()
        number = snapshot.searcher.num_docs
        if not number:
            return
        # All addresses of one state: what is written meanwhile does not matter.
        addresses = [address for _score, address in snapshot.searcher.search(Query.all_query(), limit=number, count=False).hits]
        for address in addresses:
            document = snapshot.searcher.doc(address)
            yield document.get_first("page_id"), bytes(document.get_first("digest")).decode()

    def stale(self, now: datetime) -> list[int]:
        snapshot = self.storage.snapshot()
        query = Query.range_query(SCHEMA, "stale_at", FieldType.Integer, upper_bound=int(now.timestamp()))
        number = total(snapshot, query)
        if not number:
            return []
        hits = snapshot.searcher.search(query, limit=number, count=False).hits
        return sorted(snapshot.searcher.fast_field_values("page_id", [address for _score, address in hits]))


def _filters(snapshot: Snapshot, request: SearchRequest) -> list[Query]:
    match = plan(snapshot, request.text).match
    return [*conditions(snapshot, request), *([match] if match is not None else [])]


def card(snapshot: Snapshot, address: tantivy.DocAddress) -> OfferCard:
    return from_json(bytes(snapshot.searcher.doc(address).get_first("card")))


def hit(snapshot: Snapshot, place: Place, circle: Circle | None, wanted: frozenset[str]) -> Hit:
    """The hit with its document; one without a point of its own has no distance."""
    document = snapshot.searcher.doc(place.address)
    found = from_json(bytes(document.get_first("card")))
    return Hit(
        card=found,
        score=place.score,
        distance_km=_distance(snapshot, place, circle),
        title_marked=mark_words(found.title, wanted),
        summary_marked=mark_words(found.summary, wanted),
    )


def _distance(snapshot: Snapshot, place: Place, circle: Circle | None) -> float | None:
    if circle is None:
        return None
    latitude = snapshot.searcher.fast_field_values("latitude", [place.address])[0]
    longitude = snapshot.searcher.fast_field_values("longitude", [place.address])[0]
    return None if latitude is None or latitude > 90 else distance_km(circle.latitude, circle.longitude, latitude, longitude)
