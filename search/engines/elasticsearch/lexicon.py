"""What the index knows of its words, remembered for a moment; what is missing is asked for in one go.

A plan is worked out with what is remembered. Where something was missing it is fetched, and the plan worked out again: so a question costs
at most as many further requests as its words build on each other, and none while others have just asked with the same words.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any

from elasticsearch import Elasticsearch

from search.engines.elasticsearch.conditions import Query
from search.engines.elasticsearch.server import several
from search.engines.embedded.schema import from_surface
from search.wordplan import WordPlan, plan_words

# What other processes write changes how common a word is, but that a word is new matters: so long it may go unnoticed.
SECONDS = 3.0
MOST_REMEMBERED = 50_000
# Documents in which a mistyped word is looked up.
LOOK_INTO = 40
# However the words build on each other.
ROUNDS = 6


class Remembered:
    """Facts about one index, each for some seconds."""

    def __init__(self) -> None:
        self._facts: OrderedDict[str, tuple[float, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Any:
        """None: not known any more."""
        found = self._facts.get(key)
        return found[1] if found and monotonic() - found[0] < SECONDS else None

    def put(self, facts: dict[str, Any]) -> None:
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


class Lexicon:
    """search.wordplan's view of the index. What is not remembered counts as zero, and is noted for `fetch`."""

    def __init__(self, remembered: Remembered, prefix: str) -> None:
        self.remembered = remembered
        self.prefix = prefix
        self._size_missing = False
        self._stems: set[str] = set()
        self._typed: set[tuple[str, int]] = set()

    @property
    def complete(self) -> bool:
        return not (self._size_missing or self._stems or self._typed)

    def size(self) -> int:
        found = self.remembered.get("size")
        self._size_missing |= found is None
        return found or 0

    def frequency(self, stem: str) -> int:
        found = self.remembered.get(f"#{stem}")
        if found is None:
            self._stems.add(stem)
        return found or 0

    def nearest(self, exact: str, errors: int) -> str:
        found = self.remembered.get(f"~{errors}{exact}")
        # Only once it is certain that the index does not have the word.
        if found is None and not self._stems:
            self._typed.add((exact, errors))
        return found or ""

    def fetch(self, client: Elasticsearch) -> None:
        """Remember what was missing; one request."""
        stems, typed = sorted(self._stems), sorted(self._typed)
        bodies = [_frequencies(stems), *(_alike(exact, errors) for exact, errors in typed)]
        searches: list[Query] = [part for body in bodies for part in ({"index": self.prefix, "ignore_unavailable": True}, body)]
        first, *others = several(client, searches)
        facts: dict[str, Any] = {"size": first["hits"]["total"]["value"]}
        buckets = first.get("aggregations", {}).get("stems", {}).get("buckets", {})
        facts |= {f"#{stem}": buckets[stem]["doc_count"] if stem in buckets else 0 for stem in stems}
        facts |= {f"~{errors}{exact}": _nearest(exact, answer) for (exact, errors), answer in zip(typed, others, strict=True)}
        self.remembered.put(facts)


def plan(text: str, remembered: Remembered, prefix: str, read: Callable[[Callable[[Elasticsearch], None]], None]) -> WordPlan:
    """What to look for. `read` asks the server."""
    for _round in range(ROUNDS):
        lexicon = Lexicon(remembered, prefix)
        found = plan_words(text, lexicon)
        if lexicon.complete:
            break
        read(lexicon.fetch)
    return found


def _frequencies(stems: list[str]) -> Query:
    body: Query = {"size": 0, "track_total_hits": True}
    if stems:
        body["aggs"] = {"stems": {"filters": {"filters": {stem: {"term": {"all": stem}} for stem in stems}}}}
    return body


def _alike(exact: str, errors: int) -> Query:
    """Words of the index with so many typing errors, how common each is, and documents that tell how each is written."""
    return {
        "size": LOOK_INTO,
        "_source": ["spelling"],
        "query": {"fuzzy": {"surface": {"value": exact, "fuzziness": errors, "transpositions": True}}},
        "track_total_hits": False,
        "suggest": {
            "near": {
                "text": exact,
                "term": {
                    "field": "surface",
                    "suggest_mode": "always",
                    "max_edits": errors,
                    "prefix_length": 0,
                    "min_word_length": 1,
                    "accuracy": 0.01,
                    "string_distance": "damerau_levenshtein",
                    "size": LOOK_INTO,
                },
            }
        },
    }


def _nearest(exact: str, answer: dict[str, Any]) -> str:
    spellings: dict[str, str] = {}
    for hit in answer["hits"]["hits"]:
        spellings.update(from_surface(hit["_source"]["spelling"].encode()))
    entries = answer.get("suggest", {}).get("near", [])
    near = [(_errors(exact, each), -each["freq"], each["text"]) for entry in entries for each in entry["options"]]
    if not near:
        return ""
    _fewest, _commonest, best = min(near)
    return spellings.get(best, best)


def _errors(exact: str, option: dict[str, Any]) -> int:
    """Typing errors of a suggestion, from its likeness, which is their share of the shorter word."""
    return round((1 - option["score"]) * min(len(exact), len(option["text"])))
