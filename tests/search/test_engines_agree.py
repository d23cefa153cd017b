"""The same questions to both engines: the same offers in the same order, by words, by meaning and by both."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from search.contract import Meaning
from search.engines.embedded import EmbeddedEngine
from search.semantics.quantized import pack
from tests.search.builders import random_documents, random_request
from tests.search.conftest import elasticsearch_engine

pytestmark = pytest.mark.elasticsearch

DIMENSIONS = 24
QUESTIONS = (
    "",
    "gruppe",
    "Elternabend Trauer",
    "Beratung zu Geld und Schlaf",
    "krabelgruppe",
    "Musik mit Kindern im Garten",
    "Kuchenpause",
    "Erziehungsberatungen",
    "still gruppe",
    "baby",
)


def random_vector(random: Random) -> np.ndarray:
    return np.array([random.gauss(0, 1) for _each in range(DIMENSIONS)], dtype=np.float32)


def with_vectors(documents, seed):
    """A tenth is left without."""
    random = Random(seed)
    return [replace(each, vector=pack(random_vector(random)) if random.random() < 0.9 else b"") for each in documents]


def random_meaning(random: Random) -> Meaning:
    """On the grid of signed bytes, so that no engine rounds it."""
    grid = np.frombuffer(pack(random_vector(random)), dtype=np.int8).astype(np.float32)
    question = grid / np.linalg.norm(grid)
    return Meaning(
        direction=(question * 6).astype("<f4").tobytes(),
        offset=random.choice((0.0, 0.5, 2.5)),
        weight=random.choice((0.5, 1.0)),
        question=question.astype("<f4").tobytes(),
        trust=random.choice((4.0, 6.0)),
        topics=(("musik", 2.0), ("trauer", 1.0)),
        kinds=(("kurs", 0.5),),
    )


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    documents = with_vectors(random_documents(600, seed=5), seed=6)
    embedded = EmbeddedEngine(tmp_path_factory.mktemp("search") / "index")
    embedded.rebuild(documents)
    with elasticsearch_engine() as elasticsearch:
        elasticsearch.rebuild(documents)
        yield embedded, elasticsearch


@pytest.fixture(scope="module")
def several_shards(both):
    with elasticsearch_engine(shards=3) as elasticsearch:
        elasticsearch.rebuild(with_vectors(random_documents(600, seed=5), seed=6))
        yield both[0], elasticsearch


@pytest.mark.parametrize("seed", range(60))
def test_both_find_count_and_order_alike(both, seed):
    random = Random(seed)
    request = random_request(
        random,
        text=random.choice(QUESTIONS),
        meaning=random_meaning(random) if random.random() < 0.7 else None,
        page=random.choice((1, 1, 2)),
        sort=random.choice(("relevanz", "relevanz", "entfernung", "datum")),
    )
    if random.random() < 0.5:
        request = replace(request, kinds=(), topics=(), days=(), time="", date_from=None, date_to=None, languages=(), form="")
    embedded, elasticsearch = (engine.search(request) for engine in both)
    assert elasticsearch.total == embedded.total
    assert elasticsearch.facets == embedded.facets
    assert elasticsearch.suggestion == embedded.suggestion
    assert [hit.card.page_id for hit in elasticsearch.hits] == [hit.card.page_id for hit in embedded.hits]
    assert [hit.score for hit in elasticsearch.hits] == pytest.approx([hit.score for hit in embedded.hits], abs=0.02)
    assert [hit.title_marked for hit in elasticsearch.hits] == [hit.title_marked for hit in embedded.hits]


@pytest.mark.parametrize("text", ["gruppe", "Musik mit Kindern im Garten"])
def test_all_pages_of_both_are_the_same(both, text):
    random = Random(3)
    request = random_request(random, text=text, meaning=random_meaning(random), page_size=60)
    request = replace(request, circle=None, kinds=(), topics=(), days=(), time="", date_from=None, date_to=None, languages=(), form="")
    pages = both[0].search(request).pages
    assert pages > 1
    for page in range(1, pages + 1):
        embedded, elasticsearch = ([hit.card.page_id for hit in engine.search(replace(request, page=page)).hits] for engine in both)
        assert elasticsearch == embedded


@pytest.mark.parametrize("seed", range(12))
def test_in_several_shards_words_weigh_as_in_one(several_shards, seed):
    """Without meaning: each shard brings its own most alike."""
    random = Random(seed)
    request = random_request(random, text=random.choice(QUESTIONS), sort=random.choice(("relevanz", "entfernung")), page_size=40)
    request = replace(request, kinds=(), topics=(), days=(), time="", date_from=None, date_to=None, languages=(), form="")
    embedded, elasticsearch = (engine.search(request) for engine in several_shards)
    assert (elasticsearch.total, elasticsearch.facets) == (embedded.total, embedded.facets)
    assert [hit.card.page_id for hit in elasticsearch.hits] == [hit.card.page_id for hit in embedded.hits]
    assert [hit.score for hit in elasticsearch.hits] == pytest.approx([hit.score for hit in embedded.hits], abs=0.02)
