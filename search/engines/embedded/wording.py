"""From a plan of words (`search.wordplan`) to Tantivy's queries: which documents match, and what each word's places and forms weigh."""

from dataclasses import dataclass

from tantivy import Occur, Query

from search.analysis import Word
from search.engines.embedded.spelling import nearest
from search.engines.embedded.storage import SCHEMA, Snapshot
from search.fusion import CONSTITUENTS, COVERAGE, FURTHER_FORM, TITLE, WEIGHTS, WORDS
from search.wordplan import Asked, Form, WordPlan, plan_words


@dataclass(frozen=True)
class SnapshotLexicon:
    """The words of an index as it is now."""

    snapshot: Snapshot

    def size(self) -> int:
        return self.snapshot.searcher.num_docs

    def frequency(self, stem: str) -> int:
        return int(self.snapshot.searcher.doc_freq("all", stem))

    def nearest(self, exact: str, errors: int) -> str:
        return nearest(self.snapshot, exact, errors)


@dataclass(frozen=True)
class WordQueries:
    """`match`: documents with enough of the words; None where no document has.

    `score` weighs documents with any of the words. `places` weighs those with all of them, without what all of these get in the same way
    (`coverage`), which is less work; None where `match` asks for fewer.
    """

    plan: WordPlan
    match: Query | None = None
    score: Query | None = None
    places: Query | None = None
    coverage: float = 0.0


def word_queries(snapshot: Snapshot, text: str) -> WordQueries:
    """Worked out once for a text and state of the index."""
    return snapshot.plans.get(text, lambda: _word_queries(snapshot, text))


def _word_queries(snapshot: Snapshot, text: str) -> WordQueries:
    plan = plan_words(text, SnapshotLexicon(snapshot))
    known = [asked for asked in plan.words if asked.known]
    if not known:
        return WordQueries(plan)
    matches = [_any([_matching(form) for form in asked.forms]) for asked in known]
    score = Query.boolean_query([(Occur.Should, _scoring(asked, match)) for asked, match in zip(known, matches, strict=True)])
    level = next((level for level in plan.levels if _reached(snapshot, known, matches, level)), 0)
    if not level:
        return WordQueries(plan, None, score)
    if level < len(known):
        return WordQueries(plan, _at_least(matches, level), score)
    places = _any([clause for asked in known for clause in _places(asked)])
    return WordQueries(plan, _at_least(matches, level), score, places, COVERAGE * sum(asked.share for asked in known))


def _reached(snapshot: Snapshot, known: list[Asked], matches: list[Query], level: int) -> bool:
    """Whether some document has so many of the words. Of one word its frequency tells, unless it is known by its constituents only."""
    if level == 1 and any(snapshot.searcher.doc_freq("all", form.word.stem) for asked in known for form in asked.forms):
        return True
    return bool(snapshot.addresses(_at_least(matches, level), 1))


def _at_least(queries: list[Query], number: int) -> Query:
    if len(queries) == 1:
        return queries[0]
    if number == len(queries):
        return Query.boolean_query([(Occur.Must, each) for each in queries])
    return Query.boolean_query([(Occur.Should, each) for each in queries], minimum_number_should_match=number)


def _any(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, each) for each in queries])


def _term(field: str, token: str, weight: float = 1.0) -> Query:
    query = Query.term_query(SCHEMA, field, token, index_option="freq")
    return query if weight == 1.0 else Query.boost_query(query, weight)


def _matching(form: Form) -> Query:
    """Documents with the word; for a compound also those that have all its constituents where it matters."""
    word = form.word
    if not word.whole or len(word.parts) < 2:
        return _term("all", word.stem)
    return _any([_term("all", word.stem), _together(word)])


def _together(word: Word) -> Query:
    return Query.boolean_query([(Occur.Must, _term("focus", part)) for part in word.parts])


def _scoring(asked: Asked, match: Query) -> Query:
    """All forms count, and that the word is there at all."""
    there = Query.const_score_query(match, COVERAGE * asked.share)
    return Query.boolean_query([(Occur.Must, there), (Occur.Should, _any(_places(asked)))])


def _places(asked: Asked) -> list[Query]:
    """More for a better place and a closer form. Side by side, not one within the other: each level would take as long as the first."""
    clauses = []
    for number, form in enumerate(asked.forms):
        word, weight = form.word, WORDS * form.weight
        # That the title says it counts however common the word is.
        clauses.append(Query.const_score_query(_term("title", word.stem), TITLE * asked.share * form.weight))
        if number:
            # What stands for the word is worth no walk through longer lists.
            clauses.append(_term("title", word.stem, weight * FURTHER_FORM * WEIGHTS["title"]))
            continue
        clauses += [
            _term("title", f"={word.exact}", weight * WEIGHTS["title="]),
            _term("title", f"#{word.stem}", weight * WEIGHTS["title#"]),
        ]
        clauses += [_term(field, word.stem, weight * WEIGHTS[field]) for field in ("title", "focus", "place")]
        if word.whole:
            share = CONSTITUENTS / len(word.parts)
            clauses += [_term("title", part, weight * WEIGHTS["title"] * share) for part in word.parts]
    return clauses
