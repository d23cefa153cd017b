"""From the words of a question to queries: what must be found, what weighs how much, what was probably meant.

Which words must be found is decided by the whole index, not by what the other conditions leave: so the counts beside the filters hold
when somebody chooses them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tantivy import Occur, Query

from search.analysis import LONGEST_QUESTION, Word, clean, joined, question_words, word, written_words
from search.engines.embedded.schema import from_surface
from search.engines.embedded.storage import SCHEMA, Snapshot

# How much a word weighs by where it is found. The title has it as written ("="), as its own stem ("#") and as part of a compound.
WEIGHTS = {"title=": 1.2, "title#": 1.2, "title": 1.4, "words": 1.0, "focus": 0.8, "place": 0.6, "all": 0.5}
# Documents in which a mistyped word is looked up.
LOOK_INTO = 40


@dataclass(frozen=True)
class Plan:
    """What a question asks of the index. `match` decides, `score` also ranks; None: the question has no words."""

    match: Query | None
    score: Query | None
    words: tuple[Word, ...] = ()  # what is marked
    suggestion: str = ""


def plan(snapshot: Snapshot, text: str) -> Plan:
    """Worked out once for a text and state of the index."""
    return snapshot.plans.get(text, lambda: _plan(snapshot, text))


def _plan(snapshot: Snapshot, text: str) -> Plan:
    asked = question_words(text)
    if not asked:
        return Plan(None, None)
    found = _with_all(snapshot, asked, len(asked))
    if found:
        return found
    corrected = {each.exact: _corrected(snapshot, each) for each in asked}
    changed = {exact: better for exact, better in corrected.items() if better}
    if changed:
        better_words = [word(changed.get(each.exact, each.exact)) for each in asked]
        suggestion = _replaced(clean(text[:LONGEST_QUESTION]), changed)
        for needed in range(len(asked), 0, -1):
            if found := _with_all(snapshot, better_words, needed):
                return Plan(found.match, found.score, found.words, suggestion)
    for needed in range(len(asked) - 1, 0, -1):
        if found := _with_all(snapshot, asked, needed):
            return found
    return Plan(Query.empty_query(), Query.empty_query(), tuple(asked))


def _with_all(snapshot: Snapshot, asked: Sequence[Word], needed: int) -> Plan | None:
    """The plan in which so many of the words must be found, or None where no document has them."""
    alternatives = [[each] for each in asked]
    for number in range(len(asked) - 1):
        both = joined(asked[number], asked[number + 1])
        if snapshot.searcher.doc_freq("all", both.stem):
            alternatives[number].append(both)
            alternatives[number + 1].append(both)
    match = _combined([_matching(each) for each in alternatives], needed)
    if not snapshot.addresses(match, 1):
        return None
    score = _combined([_scoring(each) for each in alternatives], needed)
    return Plan(match, score, tuple(asked))


def _combined(queries: list[Query], needed: int) -> Query:
    if len(queries) == 1:
        return queries[0]
    if needed == len(queries):
        return Query.boolean_query([(Occur.Must, each) for each in queries])
    return Query.boolean_query([(Occur.Should, each) for each in queries], minimum_number_should_match=needed)


def _term(field: str, token: str, weight: float = 1.0) -> Query:
    query = Query.term_query(SCHEMA, field, token, index_option="freq")
    return query if weight == 1.0 else Query.boost_query(query, weight)


def _matching(alternatives: list[Word]) -> Query:
    """Documents with the word; for a compound also those that have all its constituents where it matters."""
    ways: list[Query] = []
    for each in alternatives:
        ways.append(_term("all", each.stem))
        if each.whole and len(each.parts) > 1:
            ways.append(Query.boolean_query([(Occur.Must, _term("focus", part)) for part in each.parts]))
    return ways[0] if len(ways) == 1 else Query.boolean_query([(Occur.Should, each) for each in ways])


def _scoring(alternatives: list[Word]) -> Query:
    """As `_matching`, and more for a better place and a closer form."""
    clauses = [(Occur.Must, Query.boost_query(_matching(alternatives), WEIGHTS["all"]))]
    for each in alternatives:
        clauses += [
            (Occur.Should, _term("title", f"={each.exact}", WEIGHTS["title="])),
            (Occur.Should, _term("title", f"#{each.stem}", WEIGHTS["title#"])),
            *((Occur.Should, _term(field, each.stem, WEIGHTS[field])) for field in ("title", "words", "focus", "place")),
        ]
        if each.whole:
            share = 1 / len(each.parts)
            clauses += [(Occur.Should, _term(field, part, WEIGHTS[field] * share)) for field in ("title", "words") for part in each.parts]
    return Query.boolean_query(clauses)


def _corrected(snapshot: Snapshot, asked: Word) -> str:
    """A word of the index that differs by a typing error, or "" where the word is known, short or like nothing."""
    letters = len(asked.exact)
    if letters < 5 or not asked.exact.isalpha() or snapshot.searcher.doc_freq("all", asked.stem):
        return ""
    searcher = snapshot.searcher
    for allowed in (1,) if letters <= 8 else (1, 2):
        query = Query.fuzzy_term_query(SCHEMA, "surface", asked.exact, distance=allowed)
        spellings: dict[str, str] = {}
        for address in snapshot.addresses(query, LOOK_INTO):
            spellings.update(from_surface(snapshot.stored(address, "spelling")))
        near = [exact for exact in spellings if _like(asked.exact, exact, allowed) and _distance(asked.exact, exact) <= allowed]
        if near:
            return spellings[min(near, key=lambda exact: (-searcher.doc_freq("surface", exact), exact))]
    return ""


def _like(first: str, second: str, most: int) -> bool:
    """Whether two words may differ by so few errors at all: each changes the length by one and the set of letters by two at most."""
    return abs(len(first) - len(second)) <= most and len({*first} ^ {*second}) <= 2 * most


def _distance(first: str, second: str) -> int:
    """Typing errors between two words: a letter too many, missing, wrong, or two swapped (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        current = [row]
        for column, other in enumerate(second, 1):
            cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]


def _replaced(text: str, changed: dict[str, str]) -> str:
    """The question with the mistyped words put right."""
    pieces: list[str] = []
    done = 0
    for found in written_words(text):
        better = changed.get(word(found.group()).exact)
        if better:
            pieces += [text[done : found.start()], better.capitalize() if found.group()[0].isupper() else better]
            done = found.end()
    return " ".join("".join([*pieces, text[done:]]).split())
