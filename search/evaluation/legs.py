"""What each part of the search gives: the same questions asked with ever more of its parts. For measuring only.

A part is left out where it can be left out from outside: an entry of the vocabulary by an overlay that switches it off, compounds by an
index of its own, what is understood and meant by another request. This acts on the whole process: nothing else may ask in it meanwhile.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from offers.models import Topic
from search import vocabulary, wordplan
from search.contract import Engine, SearchRequest
from search.documents import documents
from search.engines import engine_at
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.evaluation.figures import RECALL_DEPTH, Answer, Judged
from search.meaning import meaning_of
from search.question import understand
from search.vocabulary import Overlay, TermKind, files

WORDS, COMPOUNDS, VOCABULARY, UNDERSTANDING, MEANING, SITUATIONS = (
    "words",
    "+ compounds",
    "+ vocabulary",
    "+ understanding",
    "+ meaning",
    "+ situations",
)
OTHER_WORDS = (TermKind.EQUAL, TermKind.BROADER, TermKind.TRANSLATION)

Requests = Sequence[tuple[Judged, SearchRequest]]


def answered(engine: Engine, requests: Requests) -> list[Answer]:
    """What the engine answers. Raises IndexUnavailable."""
    answers = []
    for judged, request in requests:
        response = engine.search(request)
        answers.append(Answer(judged, tuple(hit.card.key for hit in response.hits), response.total))
    return answers


def as_asked(questions: Sequence[Judged]) -> Requests:
    """Each question as the search page asks it."""
    return _understood(questions, literally=False)


def legs(url: str, questions: Sequence[Judged]) -> Iterator[tuple[str, list[Answer]]]:
    """Name of the part that is added and the answers with it, from words alone to everything. Raises IndexUnavailable.

    Makes an index beside the one at `url`, and removes it.
    """
    literal = [(judged, replace(request, meaning=None)) for judged, request in _understood(questions, literally=True)]
    understood = as_asked(questions)
    with _without_typing_errors():
        with _without(*OTHER_WORDS, TermKind.CONSTITUENT), _index_beside(url) as without_compounds:
            without_compounds.rebuild(documents())
            yield WORDS, answered(without_compounds, literal)
        with _without(*OTHER_WORDS):
            yield COMPOUNDS, answered(engine_at(url), literal)
    engine = engine_at(url)
    yield VOCABULARY, answered(engine, literal)
    yield UNDERSTANDING, answered(engine, [(judged, replace(request, meaning=None)) for judged, request in understood])
    alone = [(judged, replace(request, meaning=meaning_of(judged.query.get("q", ""), situations=0))) for judged, request in understood]
    yield MEANING, answered(engine, alone)
    yield SITUATIONS, answered(engine, understood)


def _understood(questions: Sequence[Judged], *, literally: bool) -> Requests:
    topics = list(Topic.objects.all())
    made = []
    for judged in questions:
        query = judged.query
        if literally:
            query["woertlich"] = "1"
        made.append((judged, understand(query, topics, page_size=RECALL_DEPTH).request))
    return made


@contextmanager
def _without(*kinds: TermKind) -> Iterator[None]:
    """Entries of these kinds switched off."""
    before = vocabulary.current().overlay
    off = {key: None for key, term in {**files.terms(), **before.terms}.items() if term and term.kind in kinds}
    vocabulary.lay_over(Overlay({**before.terms, **off}, before.situations))
    try:
        yield
    finally:
        vocabulary.lay_over(before)


@contextmanager
def _without_typing_errors() -> Iterator[None]:
    """No word is long enough to be corrected: without the vocabulary, right words would be taken for errors."""
    before = wordplan.SHORTEST_CORRECTED
    wordplan.SHORTEST_CORRECTED = wordplan.LONGEST_QUESTION + 1
    try:
        yield
    finally:
        wordplan.SHORTEST_CORRECTED = before


@contextmanager
def _index_beside(url: str) -> Iterator[Engine]:
    """An empty index of the same engine, for as long as the block lasts."""
    parts = urlsplit(url)
    if parts.scheme == "embedded":
        with TemporaryDirectory(prefix="search-legs-") as folder:
            yield EmbeddedEngine(Path(folder) / "index")
        return
    # Whoever may write NAME may write NAME-…, see docs/operations.md.
    engine = ElasticsearchEngine(urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}-legs-{uuid4().hex[:8]}")))
    try:
        yield engine
    finally:
        if live := engine.storage.state().live:
            engine.server.client().indices.delete(index=live)
