"""The engine on Elasticsearch: one index on a server or a cluster, written and read by any number of processes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from math import ceil
from pathlib import Path
from time import perf_counter
from typing import Any

from search.contract import Box, Circle, Cluster, Hit, OfferCard, OfferDocument, SearchRequest, SearchResponse
from search.engines.elasticsearch import clusters as grouping
from search.engines.elasticsearch import related
from search.engines.elasticsearch.address import Address, BadAddress
from search.engines.elasticsearch.asking import Asking, asking
from search.engines.elasticsearch.conditions import any_of
from search.engines.elasticsearch.documents import source
from search.engines.elasticsearch.facets import counting
from search.engines.elasticsearch.facts import Memory
from search.engines.elasticsearch.hits import as_hit, card_of, hit
from search.engines.elasticsearch.mapping import MOST_HITS
from search.engines.elasticsearch.queries import counted, everything, found, in_order, is_by_relevance
from search.engines.elasticsearch.relevance import best_by_words, most_alike, rest, weighed
from search.engines.elasticsearch.server import Server, several
from search.engines.elasticsearch.storage import Storage
from search.engines.shared.completing import completions

Answer = Mapping[str, Any]


class ElasticsearchEngine:
    """The index at one address."""

    def __init__(self, url: str) -> None:
        """Raises BadAddress. Does not look whether the server answers."""
        address = Address.parse(url)
        if address.ca and not Path(address.ca).is_file():
            raise BadAddress(f"SEARCH_URL names {address.ca} as the authority of certificates, and there is no such file.")
        self.server = Server(address)
        self.storage = Storage(self.server)
        self.memory = Memory()

    def search(self, request: SearchRequest) -> SearchResponse:
        began = perf_counter()
        asked = self._asking(request)
        counts = counting(request)
        filters = found(request, asked, counts.always)
        if is_by_relevance(request, asked):
            narrowed = [*filters, *counts.afterwards]
            first, *others = self._ask(counted(best_by_words(request, asked, filters), counts), *most_alike(request, asked, narrowed))
            hits = self._by_relevance(request, asked, [first, *others])
        else:
            (first,) = self._ask(counted(in_order(request, filters), counts))
            hits = [as_hit(each, request.circle, asked.plan.marked) for each in first["hits"]["hits"]]
        number = first["hits"]["total"]["value"]
        return SearchResponse(
            total=number,
            page=request.page,
            pages=ceil(number / request.page_size),
            hits=tuple(hits),
            facets=counts.read(first.get("aggregations", {}), request),
            suggestion=asked.plan.suggestion if number else "",
            took_ms=(perf_counter() - began) * 1000,
        )

    def _by_relevance(self, request: SearchRequest, asked: Asking, answers: list[Answer]) -> list[Hit]:
        """The hits of the request's page. Only a page beyond those that were weighed asks once more."""
        start = (request.page - 1) * request.page_size
        end = start + request.page_size
        best = weighed(answers, request)
        marked = asked.plan.marked
        hits = [hit(each.card, each.score, each.distance_km, marked) for each in best[start:end]]
        further = min(end, answers[0]["hits"]["total"]["value"], MOST_HITS) - max(start, len(best))
        if further > 0:
            filters = [everything(request, asked)]
            body = rest(asked, filters, (each.card.page_id for each in best), max(0, start - len(best)), further)
            hits += [as_hit(each, request.circle, marked) for each in self._ask(body)[0]["hits"]["hits"]]
        return hits

    def count(self, request: SearchRequest) -> int:
        query = everything(request, self._asking(request))
        answer = self.server.read(lambda client: client.count(index=self.storage.prefix, query=query, ignore_unavailable=True))
        return int(answer["count"])

    def clusters(self, request: SearchRequest, box: Box, zoom: int) -> tuple[Cluster, ...]:
        match = everything(request, self._asking(request))
        groups = None
        for levels in grouping.levels(zoom):
            (answer,) = self._ask(grouping.body(match, box, levels))
            groups = grouping.read(answer.get("aggregations", {}), levels)
            if groups is not None:
                break
        cards = self._cards([group.page_id for group in groups or () if group.page_id])
        return tuple(Cluster(group.latitude, group.longitude, group.number, cards.get(group.page_id)) for group in groups or ())

    def complete(self, prefix: str, limit: int) -> tuple[OfferCard, ...]:
        body = related.completing(prefix, limit)
        return completions([card_of(each) for each in self._ask(body)[0]["hits"]["hits"]], prefix, limit) if body else ()

    def similar(self, key: str, circle: Circle | None, now: datetime, limit: int) -> tuple[Hit, ...]:
        own = self._ask({"query": {"term": {"key": key}}, "size": 1, "_source": ["card"]})[0]["hits"]["hits"]
        if not own or limit < 1:
            return ()
        card = card_of(own[0])
        hits = chain.from_iterable(answer["hits"]["hits"] for answer in self._ask(*related.alike(card, circle, limit)))
        here = related.around(card, circle)
        return tuple(as_hit(each, here) for each in list(hits)[:limit])

    def write(self, documents: Iterable[OfferDocument], deleted: Iterable[int] = ()) -> None:
        # Of two documents of one page the last counts.
        made = {document.card.page_id: source(document) for document in documents}
        gone = list(deleted)
        if made or gone:
            self.storage.write(made, gone)
            self.memory.forget()

    def needs_rebuild(self) -> bool:
        return self.storage.needs_rebuild()

    def rebuild(self, documents: Iterable[OfferDocument]) -> None:
        self.storage.rebuild(documents)
        self.memory.forget()

    def digests(self) -> Iterator[tuple[int, str]]:
        for fields in self.storage.scan({"match_all": {}}, ("page_id", "digest")):
            yield fields["page_id"], fields["digest"]

    def stale(self, now: datetime) -> list[int]:
        due = {"range": {"stale_at": {"lte": int(now.timestamp())}}}
        return sorted(fields["page_id"] for fields in self.storage.scan(due, ("page_id",)))

    def _asking(self, request: SearchRequest) -> Asking:
        return asking(request, self.memory, self.storage.prefix, self.server.read)

    def _ask(self, *bodies: dict[str, Any]) -> list[dict[str, Any]]:
        """The answers to these searches, in one request."""
        return self.server.read(lambda client: several(client, self.storage.prefix, list(bodies)))

    def _cards(self, page_ids: list[int]) -> dict[int, OfferCard]:
        if not page_ids:
            return {}
        (answer,) = self._ask({"query": {"bool": {"filter": any_of("page_id", page_ids)}}, "size": len(page_ids), "_source": ["card"]})
        return {card.page_id: card for card in map(card_of, answer["hits"]["hits"])}
