"""A question as the index takes it: its words, and the offers whose meaning is like it."""

from dataclasses import dataclass

import numpy as np
from tantivy import Occur, Query

from search.contract import Meaning, SearchRequest
from search.engines.embedded.conditions import any_of
from search.engines.embedded.storage import Snapshot
from search.engines.embedded.vectors import Alike
from search.engines.embedded.wording import WordQueries, word_queries
from search.fusion import MOST_ALIKE, least_likeness, speaks
from search.semantics.quantized import Matrix


@dataclass(frozen=True)
class Asking:
    """`match`: the offers that words or meaning find; None: the question has neither. `alike`: page ids found by meaning."""

    words: WordQueries
    match: Query | None
    alike: tuple[int, ...] = ()


def asking(snapshot: Snapshot, request: SearchRequest) -> Asking:
    """Which offers a question finds does not depend on its conditions but for the circle: so the counts beside the filters hold."""
    words = word_queries(snapshot, request.text)
    meaning = request.meaning
    if meaning is None:
        return Asking(words, (words.match or Query.empty_query()) if words.plan.words else None)
    key = (request.text, meaning, request.circle)
    return snapshot.plans.get(key, lambda: _asking(snapshot, request, words, meaning))


def _asking(snapshot: Snapshot, request: SearchRequest, words: WordQueries, meaning: Meaning) -> Asking:
    along = direction(meaning)
    whole = request.circle is None or request.circle.radius_km is None
    # Elsewhere, only the offer that is most like the question matters.
    anywhere = snapshot.vectors.nearest(along, None, MOST_ALIKE if whole else 1)
    alike: tuple[int, ...] = ()
    if anywhere.likeness and speaks(meaning, anywhere.likeness[0] - meaning.offset, with_words=words.match is not None):
        alike = _like_enough(anywhere if whole else snapshot.vectors.nearest(along, request.circle, MOST_ALIKE), meaning)
    ways = [words.match] if words.match is not None else []
    if alike:
        ways.append(any_of("page_id", alike))
    if len(ways) == 2:
        return Asking(words, Query.boolean_query([(Occur.Should, way) for way in ways]), alike)
    return Asking(words, ways[0] if ways else Query.empty_query(), alike)


def _like_enough(found: Alike, meaning: Meaning) -> tuple[int, ...]:
    least = least_likeness(meaning) + meaning.offset
    return tuple(page_id for page_id, along in zip(found.page_ids, found.likeness, strict=True) if along >= least)


def direction(meaning: Meaning) -> Matrix:
    return vector(meaning.direction)


def vector(data: bytes) -> Matrix:
    return np.frombuffer(data, dtype="<f4")
