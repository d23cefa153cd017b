"""Answers from the database, in the words of the contract. Slower than an index and without its language: for minutes, not for days."""

from collections import defaultdict
from datetime import datetime
from math import ceil
from time import perf_counter

from search.analysis import mark
from search.contract import Box, Circle, Cluster, Hit, OfferCard, OfferDocument, SearchRequest, SearchResponse
from search.engines.shared import clusters
from search.geometry import tile_at
from search.limited.candidates import candidates, plain_words, read, titled
from search.limited.conditions import distance_of, facets, holds

# What a word counts where it is found: title, labels, provider and place, summary, description.
TITLE, LABELS, PLACE, SUMMARY, DESCRIPTION = 5.0, 3.0, 2.0, 1.5, 0.5

# When it takes place, whether it is ranked lower, and its page's id.
Moment = tuple[float, bool, int]


class DatabaseSearch:
    """What the reading half of an engine promises, as far as a database can: filters, place, plain words."""

    def search(self, request: SearchRequest) -> SearchResponse:
        began = perf_counter()
        known = candidates(request)
        found = _in_order([each for each in known if holds(each, request)], request)
        start = (request.page - 1) * request.page_size
        return SearchResponse(
            total=len(found),
            page=request.page,
            pages=ceil(len(found) / request.page_size),
            hits=tuple(_hit(each, score, request) for score, each in found[start : start + request.page_size]),
            facets=facets(known, request),
            took_ms=(perf_counter() - began) * 1000,
            limited=True,
        )

    def count(self, request: SearchRequest) -> int:
        return sum(holds(each, request) for each in candidates(request))

    def clusters(self, request: SearchRequest, box: Box, zoom: int) -> tuple[Cluster, ...]:
        shown = []
        for each in candidates(request):
            card = each.card
            if each.reaches_everywhere or card.latitude is None or card.longitude is None or not holds(each, request):
                continue
            if box.south <= card.latitude <= box.north and box.west <= card.longitude <= box.east:
                shown.append((card.latitude, card.longitude, card))
        for level in range(min(clusters.HIGHEST, zoom + clusters.LEVELS_FINER), -1, -1):
            tiles: dict[tuple[int, int], list[tuple[float, float, OfferCard]]] = defaultdict(list)
            for latitude, longitude, card in shown:
                tiles[tile_at(level, latitude, longitude)].append((latitude, longitude, card))
            if len(tiles) <= clusters.MOST:
                break
        return tuple(_cluster(inside) for inside in tiles.values())

    def complete(self, prefix: str, limit: int) -> tuple[OfferCard, ...]:
        return tuple(each.card for each in read(titled(prefix, limit), datetime.now().astimezone()))

    def similar(self, key: str, circle: Circle | None, now: datetime, limit: int) -> tuple[Hit, ...]:
        """None: they stand beside what a visitor came for."""
        return ()


def _in_order(found: list[OfferDocument], request: SearchRequest) -> list[tuple[float, OfferDocument]]:
    plain = plain_words(request.text)
    scored = [(_score(each, plain), each) for each in found]
    if request.sort == "datum" or (request.circle is None and not plain):
        return sorted(scored, key=lambda pair: _by_date(pair[1]))
    if plain and (request.sort == "relevanz" or request.circle is None):
        return sorted(scored, key=lambda pair: (-pair[0], pair[1].card.lowered, _by_date(pair[1])))

    def by_distance(pair: tuple[float, OfferDocument]) -> tuple[bool, float, bool, Moment]:
        distance = distance_of(pair[1], request)
        return distance is None, distance or 0.0, pair[1].card.lowered, _by_date(pair[1])

    return sorted(scored, key=by_distance)


def _by_date(document: OfferDocument) -> Moment:
    """By the next date; of those at the same moment, what nobody has confirmed for long comes last."""
    dates = document.card.occurrences
    return dates[0].start.timestamp() if dates else float("inf"), document.card.lowered, document.card.page_id


def _score(document: OfferDocument, plain: list[str]) -> float:
    card = document.card
    weighed = (
        (TITLE, card.title),
        (LABELS, " ".join(document.words)),
        (PLACE, f"{card.provider_name} {card.venue_name} {card.town}"),
        (SUMMARY, card.summary),
        (DESCRIPTION, document.description),
    )
    texts = [(weight, text.casefold()) for weight, text in weighed]
    return sum(weight for each in plain for weight, text in texts if each in text)


def _hit(document: OfferDocument, score: float, request: SearchRequest) -> Hit:
    card = document.card
    return Hit(card, score, distance_of(document, request), mark(card.title, request.text), mark(card.summary, request.text))


def _cluster(inside: list[tuple[float, float, OfferCard]]) -> Cluster:
    number = len(inside)
    latitude, longitude = (sum(point[axis] for point in inside) / number for axis in (0, 1))  # type: ignore[misc]
    return Cluster(latitude, longitude, number, inside[0][2] if number == 1 else None)
