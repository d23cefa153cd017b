"""What the index knows, remembered for a moment; what is missing is asked for in one go.

A plan is worked out with what is remembered. Where something was missing it is fetched and the plan worked out again: a question costs at
most as many requests before its own as its facts build on each other, and none while somebody has just asked with the same words.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from elasticsearch import Elasticsearch

from search.engines.elasticsearch.conditions import Query
from search.engines.elasticsearch.server import several

# What other processes write changes little in how common a word is, but that a word is new matters: so long it may go unnoticed.
SECONDS = 2.0
MOST_REMEMBERED = 100_000

Answer = Mapping[str, Any]


class Memory:
    """Facts about one index, each for some seconds. Safe for many threads."""

    def __init__(self) -> None:
        self._facts: OrderedDict[str, tuple[float, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Any:
        """None: not known, or not any more."""
        found = self._facts.get(key)
        return found[1] if found and monotonic() - found[0] < SECONDS else None

    def put(self, facts: Mapping[str, Any]) -> None:
        now = monotonic()
        with self._lock:
            for key, value in facts.items():
                self._facts[key] = (now, value)
                self._facts.move_to_end(key)
            while len(self._facts) > MOST_REMEMBERED:
                self._facts.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._facts.clear()


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that is missing: what to search for, and how it is read from the answer."""

    body: Query
    read: Callable[[Answer], Any]


class Facts:
    """The facts for one question. Numbers of documents are asked for together, other facts each by a search of its own."""

    def __init__(self, memory: Memory, prefix: str) -> None:
        self.memory = memory
        self.prefix = prefix
        self._counts: dict[str, Query] = {}
        self._others: dict[str, Fact] = {}

    @property
    def complete(self) -> bool:
        return not self._counts and not self._others

    @property
    def counted(self) -> bool:
        """Whether all numbers that were asked for were known."""
        return not self._counts

    def count(self, key: str, query: Query) -> int | None:
        """How many documents the query finds; None where that must be fetched first."""
        found: int | None = self.memory.get(key)
        if found is None:
            self._counts[key] = query
        return found

    def other(self, key: str, fact: Callable[[], Fact]) -> Any:
        """What the fact is; None where it must be fetched first."""
        found = self.memory.get(key)
        if found is None:
            self._others[key] = fact()
        return found

    def fetch(self, client: Elasticsearch) -> None:
        """Remember what was missing; one request."""
        bodies: list[Query] = [fact.body for fact in self._others.values()]
        if self._counts:
            bodies.append({"size": 0, "track_total_hits": False, "aggs": {"counts": {"filters": {"filters": self._counts}}}})
        answers = several(client, self.prefix, bodies)
        found = {key: fact.read(answer) for (key, fact), answer in zip(self._others.items(), answers, strict=False)}
        if self._counts:
            # An index that nobody has written yet has no counts.
            buckets = answers[-1].get("aggregations", {}).get("counts", {}).get("buckets", {})
            found |= {key: buckets[key]["doc_count"] if key in buckets else 0 for key in self._counts}
        self.memory.put(found)
