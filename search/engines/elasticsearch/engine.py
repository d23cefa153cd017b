"""The engine on Elasticsearch: one index on a server or a cluster, written and read by any number of processes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from math import ceil
from time import perf_counter
from typing import Any

from search.analysis import mark_words
from search.cards import from_json
from search.contract import Box, Circle, Cluster, Hit, OfferCard, OfferDocument, SearchRequest, SearchResponse
from search.engines.elasticsearch import clusters as grouping
from search.engines.elasticsearch import related
from search.engines.elasticsearch.address import Address
from search.engines.elasticsearch.conditions import any_of
from search.engines.elasticsearch.documents import source
from search.engines.elasticsearch.lexicon import Remembered, plan
from search.engines.elasticsearch.queries import PARAMETERS, matching, page
from search.engines.elasticsearch.server import Server, several
from search.engines.elasticsearch.storage import Storage
from search.engines.elasticsearch.wording import Wording, wording
from search.engines.embedded.related import completions
from search.geometry import distance_km
from search.wordplan import WordPlan


class ElasticsearchEngine:
    """The index at one address."""

    def __init__(self, url: str) -> None:
        """Raises BadAddress. Does not look whether the server answers."""
        self.server = Server(Address.parse(url))
        self.storage = Storage(self.server)
        self.remembered = Remembered()

    def search(self, request: SearchRequest) -> SearchResponse:
        began = perf_counter()
        words = self._words(request.text)
        asked = page(request, words)
        answer = self._ask(asked.body)
        number = answer["hits"]["total"]["value"]
        return SearchResponse(
            total=number,
            page=request.page,
            pages=ceil(number / request.page_size),
            hits=tuple(_hit(each, request.circle, words.marked) for each in answer["hits"]["hits"]),
            facets=asked.counting.read(answer.get("aggregations", {}), request),
            suggestion=words.suggestion if number else "",
            took_ms=(perf_counter() - began) * 1000,
        )

    def count(self, request: SearchRequest) -> int:
        query = matching(request, self._words(request.text))
        return int(self.server.read(lambda client: client.count(index=self.storage.prefix, query=query, ignore_unavailable=True))["count"])

    def clusters(self, request: SearchRequest, box: Box, zoom: int) -> tuple[Cluster, ...]:
        match = matching(request, self._words(request.text))
        for levels in grouping.levels(zoom):
            answer = self._ask(grouping.body(match, box, levels))
            groups = grouping.read(answer.get("aggregations", {}), levels)
            if groups is not None:
                break
        assert groups is not None, "The coarsest level has an answer whatever it is."
        cards = self._cards([group.page_id for group in groups if group.page_id])
        return tuple(Cluster(group.latitude, group.longitude, group.number, cards.get(group.page_id)) for group in groups)

    def complete(self, prefix: str, limit: int) -> tuple[OfferCard, ...]:
        body = related.completing(prefix, limit)
        return completions([_card(hit) for hit in self._ask(body)["hits"]["hits"]], prefix, limit) if body else ()

    def similar(self, key: str, circle: Circle | None, now: datetime, limit: int) -> tuple[Hit, ...]:
        own = self._ask({"query": {"term": {"key": key}}, "size": 1, "_source": ["card"]})["hits"]["hits"]
        if not own or limit < 1:
            return ()
        card = _card(own[0])
        found = chain.from_iterable(answer["hits"]["hits"] for answer in self._ask_several(related.alike(card, circle, limit)))
        here = related.around(card, circle)
        return tuple(_hit(each, here, frozenset()) for each in list(found)[:limit])

    def needs_rebuild(self) -> bool:
        return self.storage.needs_rebuild()

    def write(self, documents: Iterable[OfferDocument], deleted: Iterable[int] = ()) -> None:
        # Of two documents of one page the last counts.
        made = {document.card.page_id: source(document) for document in documents}
        gone = list(deleted)
        if made or gone:
            self.storage.write(made, gone)
            self.remembered.forget()

    def rebuild(self, documents: Iterable[OfferDocument]) -> None:
        self.storage.rebuild(documents)
        self.remembered.forget()

    def digests(self) -> Iterator[tuple[int, str]]:
        for fields in self.storage.scan({"match_all": {}}, ("page_id", "digest")):
            yield fields["page_id"], fields["digest"]

    def stale(self, now: datetime) -> list[int]:
        due = {"range": {"stale_at": {"lte": int(now.timestamp())}}}
        return sorted(fields["page_id"] for fields in self.storage.scan(due, ("page_id",)))

    def _words(self, text: str) -> Wording:
        """The words of a question, of which as many must be found as some document has."""
        found = plan(text, self.remembered, self.storage.prefix, self.server.read)
        return wording(found, self._level(text, found))

    def _level(self, text: str, found: WordPlan) -> int:
        if len(found.levels) < 2:
            return found.levels[0] if found.levels else 0
        known: int | None = self.remembered.get(f"level {text}")
        if known is None or known not in found.levels:
            probes = [{"size": 0, "terminate_after": 1, "query": wording(found, level).match} for level in found.levels]
            totals = [answer["hits"]["total"]["value"] for answer in self._ask_several(probes)]
            known = next((level for level, total in zip(found.levels, totals, strict=True) if total), found.levels[-1])
            self.remembered.put({f"level {text}": known})
        return known

    def _ask(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return self.server.read(lambda client: client.search(index=self.storage.prefix, body=dict(body), **PARAMETERS)).body

    def _ask_several(self, bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """In one request."""
        header = {"index": self.storage.prefix, **PARAMETERS}
        searches = [part for body in bodies for part in (header, body)]
        return self.server.read(lambda client: several(client, searches))

    def _cards(self, page_ids: list[int]) -> dict[int, OfferCard]:
        if not page_ids:
            return {}
        body = {"query": {"bool": {"filter": any_of("page_id", page_ids)}}, "size": len(page_ids), "_source": ["card"]}
        cards = [_card(hit) for hit in self._ask(body)["hits"]["hits"]]
        return {card.page_id: card for card in cards}


def _card(hit: Mapping[str, Any]) -> OfferCard:
    return from_json(hit["_source"]["card"])


def _distance(found: Mapping[str, Any], circle: Circle | None) -> float | None:
    point = found.get("fields")
    if circle is None or not point:
        return None
    return distance_km(circle.latitude, circle.longitude, point["latitude"][0], point["longitude"][0])


def _hit(found: Mapping[str, Any], circle: Circle | None, wanted: frozenset[str]) -> Hit:
    card = _card(found)
    return Hit(
        card=card,
        score=found.get("_score") or 0.0,
        distance_km=_distance(found, circle),
        title_marked=mark_words(card.title, wanted),
        summary_marked=mark_words(card.summary, wanted),
    )
