"""From a plan of words (`search.wordplan`) to queries: which documents match, and what each word's places and forms weigh. Pure."""

from search.analysis import Word
from search.engines.elasticsearch.conditions import Query, either
from search.fusion import CONSTITUENTS, COVERAGE, FURTHER_FORM, TITLE, WEIGHTS, WORDS
from search.wordplan import Asked, Form, WordPlan


def word_match(plan: WordPlan, level: int) -> Query:
    """Documents with so many of the words that the index knows."""
    queries = [_any_form(asked) for asked in plan.words if asked.known]
    return {"bool": {"should": queries, "minimum_should_match": level}} if len(queries) > 1 else queries[0]


def word_score(plan: WordPlan) -> Query | None:
    """For documents with any of the words: all forms count, and that the word is there at all. None where the index knows no word."""
    known = [asked for asked in plan.words if asked.known]
    return {"bool": {"should": [_scoring(asked) for asked in known]}} if known else None


def _any_form(asked: Asked) -> Query:
    """Documents with the word; for a compound also those that have all its constituents where it matters."""
    ways: list[Query] = []
    for word in (form.word for form in asked.forms):
        ways.append({"term": {"all": word.stem}})
        if word.whole and len(word.parts) > 1:
            ways.append({"bool": {"filter": [{"term": {"focus": part}} for part in word.parts]}})
    return either(ways)


def _scoring(asked: Asked) -> Query:
    there = {"constant_score": {"filter": _any_form(asked), "boost": COVERAGE * asked.share}}
    own, *others = asked.forms
    further = [_term("title", form.word.stem, WORDS * form.weight * FURTHER_FORM * WEIGHTS["title"]) for form in others]
    in_title = [_in_title(form, asked.share) for form in asked.forms]
    return {"bool": {"must": there, "should": [_places(own), *further, *in_title]}}


def _in_title(form: Form, share: float) -> Query:
    """That the title says it counts however common the word is."""
    return {"constant_score": {"filter": {"term": {"title": form.word.stem}}, "boost": TITLE * share * form.weight}}


def _places(form: Form) -> Query:
    """More for a better place and a closer form."""
    word: Word = form.word
    clauses = [_term("title", f"={word.exact}", WEIGHTS["title="]), _term("title", f"#{word.stem}", WEIGHTS["title#"])]
    clauses += [_term(field, word.stem, WEIGHTS[field]) for field in ("title", "focus", "place")]
    if word.whole:
        share = CONSTITUENTS / len(word.parts)
        clauses += [_term("title", part, WEIGHTS["title"] * share) for part in word.parts]
    return {"bool": {"should": clauses, "boost": WORDS * form.weight}}


def _term(field: str, token: str, weight: float) -> Query:
    return {"term": {field: {"value": token, "boost": weight}}}
