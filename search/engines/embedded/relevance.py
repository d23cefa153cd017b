"""The order by relevance: what words and meaning find is weighed together (`search.fusion`), the rest follows by its words."""

from collections.abc import Iterable

import tantivy
from tantivy import Occur, Query

from search.contract import SearchRequest
from search.engines.embedded.asking import Asking, direction
from search.engines.embedded.conditions import all_of, any_of
from search.engines.embedded.places import Place, distances, features_at
from search.engines.embedded.storage import Snapshot
from search.fusion import MOST_BY_WORDS, Candidate, fused

Scored = tuple[float, tantivy.DocAddress]


def by_relevance(snapshot: Snapshot, request: SearchRequest, asked: Asking, within: list[Query], start: int, end: int) -> list[Place]:
    """The hits from `start` to `end` (exclusive) among those that the question finds and for which all of `within` hold."""
    # Beyond those that are weighed, as many more as may already be among them.
    limit = MOST_BY_WORDS if end <= MOST_BY_WORDS else end + MOST_BY_WORDS + len(asked.alike)
    by_words = _ordered(snapshot, _by_words(snapshot, asked, within, limit))
    best = by_words[:MOST_BY_WORDS]
    if asked.alike:
        also = _alike(snapshot, asked, within)
        # What words and meaning find may be both.
        every = {_key(each): each for each in (*also, *best)}
        best = _ordered(snapshot, every.values())[:MOST_BY_WORDS]
        known = {_key(each) for each in best}
        best += [each for each in also if _key(each) not in known]
    places = [Place(address, score) for score, address in _fused(snapshot, request, best)]
    if end > len(places):
        # By their words alone: all that only meaning finds was weighed.
        known = {_key(each) for each in best}
        places += [Place(address, score) for score, address in by_words if _key((score, address)) not in known]
    return places[start:end]


def _key(found: Scored) -> tuple[int, int]:
    return found[1].segment_ord, found[1].doc


def _fused(snapshot: Snapshot, request: SearchRequest, found: list[Scored]) -> list[Scored]:
    offers = [features_at(snapshot, address) for _score, address in found]
    likeness: list[float | None] = [None] * len(found)
    if request.meaning:
        offset = request.meaning.offset
        along = snapshot.vectors.along(direction(request.meaning), [each.page_id for each in offers])
        likeness = [None if value is None else value - offset for value in along]
    addresses = {each.page_id: address for each, (_score, address) in zip(offers, found, strict=True)}
    away = distances(snapshot, [address for _score, address in found], request.circle)
    candidates = [
        Candidate(each, score, alike, kilometres)
        for each, (score, _address), alike, kilometres in zip(offers, found, likeness, away, strict=True)
    ]
    return [(score, addresses[each.offer.page_id]) for score, each in fused(candidates, request)]


def _by_words(snapshot: Snapshot, asked: Asking, within: list[Query], limit: int) -> list[Scored]:
    """At least the best `limit` by their words, and all that share the score of the last of them."""
    words = asked.words
    if words.match is None:
        return []
    match = Query.const_score_query(all_of([*within, words.match]), words.coverage)
    query = _scored(match, words.score if words.places is None else words.places)
    wanted = limit + 40
    while True:
        hits = snapshot.searcher.search(query, limit=wanted, count=False).hits
        if len(hits) < wanted or hits[-1][0] < hits[limit - 1][0]:
            return hits
        wanted *= 4


def _alike(snapshot: Snapshot, asked: Asking, within: list[Query]) -> list[Scored]:
    """All that meaning finds, with what words say of it."""
    match = Query.const_score_query(all_of([*within, any_of("page_id", asked.alike)]), 0.0)
    return snapshot.searcher.search(_scored(match, asked.words.score), limit=len(asked.alike), count=False).hits


def _scored(match: Query, score: Query | None) -> Query:
    return match if score is None else Query.boolean_query([(Occur.Must, match), (Occur.Should, score)])


def _ordered(snapshot: Snapshot, scored: Iterable[Scored]) -> list[Scored]:
    """Best first; equal ones by date and page id, so that the order never changes."""
    found = list(scored)
    dates = snapshot.column("by_date", [address for _score, address in found])
    return [each for each, _date in sorted(zip(found, dates, strict=True), key=lambda pair: (-pair[0][0], pair[1]))]
