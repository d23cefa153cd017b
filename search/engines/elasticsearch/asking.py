"""A question as the index takes it: its words, and the offers whose meaning is like it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from elasticsearch import Elasticsearch

from search.contract import Meaning, SearchRequest
from search.engines.elasticsearch.conditions import NONE, Query, either
from search.engines.elasticsearch.facts import Fact, Facts, Memory
from search.engines.elasticsearch.lexicon import Lexicon
from search.engines.elasticsearch.likeness import alike, greatest, likest, likest_key
from search.engines.elasticsearch.wording import word_match, word_score
from search.fusion import speaks
from search.wordplan import WordPlan, plan_words

# However the facts of a question build on each other.
MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Asking:
    """`match`: the offers that words or meaning find; None: the question has neither. `score`: for those that have any of the words."""

    plan: WordPlan
    match: Query | None = None
    score: Query | None = None
    alike: Query | None = None


def asking(request: SearchRequest, memory: Memory, prefix: str, read: Callable[[Callable[[Elasticsearch], None]], None]) -> Asking:
    """Which offers a question finds does not depend on its conditions but for the circle: so the counts beside the filters hold.

    `read` asks the server.
    """
    for _round in range(MOST_ROUNDS):
        facts = Facts(memory, prefix)
        found = _asking(request, facts)
        if facts.complete:
            break
        read(facts.fetch)
    return found


def _asking(request: SearchRequest, facts: Facts) -> Asking:
    plan = plan_words(request.text, Lexicon(facts))
    ways = [match] if (match := _words(plan, facts)) else []
    meant = None
    if (meaning := request.meaning) and speaks(meaning, _greatest(meaning, facts), with_words=bool(ways)):
        meant = alike(meaning, request.circle)
        ways.append(meant)
    asks = bool(plan.words or meaning)
    return Asking(plan, (either(ways) if ways else NONE) if asks else None, word_score(plan), meant)


def _words(plan: WordPlan, facts: Facts) -> Query | None:
    """The most demanding level that some document reaches, whatever else is asked for."""
    for level in plan.levels if facts.counted else ():
        query = word_match(plan, level)
        if facts.other(f"found {query}", lambda query=query: _is_found(query)):  # type: ignore[misc]
            return query
    return None


def _is_found(query: Query) -> Fact:
    body = {"size": 0, "terminate_after": 1, "track_total_hits": True, "query": query}
    return Fact(body, lambda answer: bool(answer["hits"]["total"]["value"]))


def _greatest(meaning: Meaning, facts: Facts) -> float:
    found = facts.other(likest_key(meaning), lambda: Fact(likest(meaning), partial(greatest, meaning)))
    return float("-inf") if found is None else found
