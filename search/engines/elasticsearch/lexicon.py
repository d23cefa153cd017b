"""The words of the index, as search.wordplan asks for them."""

from dataclasses import dataclass

from search.engines.elasticsearch.conditions import ALL, Query
from search.engines.elasticsearch.facts import Answer, Fact, Facts
from search.engines.shared.fields import from_surface
from search.spelling import meant

# Documents in which the spelling of a word is looked up, and words that are compared.
LOOK_INTO = 40


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is not known yet counts as zero, and is noted in `facts`."""

    facts: Facts

    def size(self) -> int:
        return self.facts.count("size", ALL) or 0

    def frequency(self, stem: str) -> int:
        return self.facts.count(f"stem {stem}", {"term": {"all": stem}}) or 0

    def nearest(self, exact: str, errors: int) -> str:
        # Only once it is certain that the index does not have the word.
        if not self.facts.counted:
            return ""
        return (
            self.facts.other(f"near {errors} {exact}", lambda: Fact(_alike(exact, errors), lambda answer: _nearest(exact, errors, answer)))
            or ""
        )


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


def _nearest(exact: str, errors: int, answer: Answer) -> str:
    entries = answer.get("suggest", {}).get("near", [])
    best = meant(exact, {option["text"]: option["freq"] for entry in entries for option in entry["options"]}, errors)
    spellings: dict[str, str] = {}
    for hit in answer["hits"]["hits"]:
        spellings.update(from_surface(hit["_source"]["spelling"].encode()))
    return spellings.get(best, best)
