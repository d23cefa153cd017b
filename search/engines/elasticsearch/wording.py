"""From a plan of words to queries of the server. Pure; what a plan is, search.wordplan says."""

from dataclasses import dataclass

from search.analysis import Word
from search.engines.elasticsearch.conditions import NONE, Query, either
from search.wordplan import Asked, Form, WordPlan

# How much a word weighs by where it is found. The title has it as written ("="), as its own stem ("#") and as part of a compound.
WEIGHTS = {"title=": 1.2, "title#": 1.2, "title": 1.4, "words": 1.0, "focus": 0.8, "place": 0.6, "all": 0.5}
# Lucene leaves the constant factor of BM25, k1 + 1, out; the other engine has it.
BM25 = 2.2


@dataclass(frozen=True, slots=True)
class Wording:
    """What a question asks of the index by its words. `match` decides, `score` also ranks; None: there are no words."""

    match: Query | None = None
    score: Query | None = None
    marked: frozenset[str] = frozenset()
    suggestion: str = ""


def wording(plan: WordPlan, level: int) -> Wording:
    """The queries that find documents with so many of the plan's words; with 0, none."""
    if not plan.words:
        return Wording()
    if not level:
        return Wording(NONE, NONE)
    match = _at_least(level, [_matching(each) for each in plan.words])
    score = _at_least(level, [_scoring(each) for each in plan.words])
    return Wording(match, score, plan.marked, plan.suggestion)


def _at_least(number: int, queries: list[Query]) -> Query:
    return {"bool": {"should": queries, "minimum_should_match": number}} if len(queries) > 1 else queries[0]


def _term(field: str, token: str, weight: float = 1.0) -> Query:
    return {"term": {field: {"value": token, "boost": round(BM25 * weight, 4)}}}


def _matching(asked: Asked) -> Query:
    """Documents with the word in one of its forms; for a compound also those that have all its constituents where it matters."""
    return either([way for form in asked.forms for way in _ways(form.word, 1.0)]) if asked.forms else NONE


def _ways(each: Word, weight: float) -> list[Query]:
    ways = [_term("all", each.stem, weight)]
    if each.whole and len(each.parts) > 1:
        ways.append({"bool": {"must": [_term("focus", part, weight) for part in each.parts]}})
    return ways


def _scoring(asked: Asked) -> Query:
    """As `_matching`, and more for a better place and a closer form; the best form counts."""
    forms = [_form(form) for form in asked.forms]
    return forms[0] if len(forms) == 1 else {"dis_max": {"queries": forms}} if forms else NONE


def _form(form: Form) -> Query:
    each, weight = form.word, form.weight
    better = [
        _term("title", f"={each.exact}", WEIGHTS["title="] * weight),
        _term("title", f"#{each.stem}", WEIGHTS["title#"] * weight),
        *(_term(field, each.stem, WEIGHTS[field] * weight) for field in ("title", "words", "focus", "place")),
    ]
    if each.whole:
        share = weight / len(each.parts)
        better += [_term(field, part, WEIGHTS[field] * share) for field in ("title", "words") for part in each.parts]
    return {"bool": {"must": either(_ways(each, WEIGHTS["all"] * weight)), "should": better}}
