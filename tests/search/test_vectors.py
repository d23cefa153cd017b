"""Which offers are most like a question: exact for few, by graphs for many, across parts that are added, replaced and merged."""

from dataclasses import replace

import numpy as np
import pytest

from search.contract import Circle
from search.engines.embedded import EmbeddedEngine, vectors
from search.engines.embedded.vectors import Approximate, Exact, VectorReader, VectorWriter
from search.geometry import distances_km
from search.semantics.quantized import pack, unpack
from tests.search.builders import BAD_EMS, make_document, random_documents

DIMENSIONS = 32
MOST = 30
GROUPS = 12


def unit(values):
    return (values / np.linalg.norm(values)).astype(np.float32)


def texts_alike(number, seed):
    """Vectors in groups, as those of texts about a few things lie."""
    random = np.random.default_rng(seed)
    middles = random.normal(size=(GROUPS, DIMENSIONS))
    return [unit(middles[random.integers(GROUPS)] + 0.6 * random.normal(size=DIMENSIONS)) for _each in range(number)]


def documents_with_vectors(number, seed=1, first_id=1):
    made = random_documents(number, seed=seed, first_id=first_id)
    return [replace(each, vector=pack(vector)) for each, vector in zip(made, texts_alike(number, seed), strict=True)]


def written(folder, *batches, part_rows=vectors.PART_ROWS, graphed_from=vectors.MOST_EXACT):
    """Each batch by a writer of its own."""
    folder.mkdir(exist_ok=True)
    for batch in batches:
        writer = VectorWriter(folder, part_rows, graphed_from)
        for document in batch:
            writer.add(document, replaces=True)
        writer.close()
    return folder


def expected(documents, direction, circle=None):
    """Page ids and likeness by plain numpy, most alike first."""
    newest = {each.card.page_id: each for each in documents}
    found = []
    for each in newest.values():
        card = each.card
        if circle and not each.reaches_everywhere:
            if card.latitude is None:
                continue
            away = next(iter(distances_km(circle.latitude, circle.longitude, [(card.latitude, card.longitude)])))
            if away > circle.radius_km:
                continue
        found.append((float(unpack(each.vector) @ direction) if each.vector else 0.0, card.page_id))
    found.sort(key=lambda row: (-row[0], row[1]))
    return [page_id for _along, page_id in found], [along for along, _page_id in found]


QUESTIONS = texts_alike(8, seed=99)
CIRCLES = (None, Circle(*BAD_EMS, 3.0), Circle(*BAD_EMS, 30.0), Circle(*BAD_EMS))


def recall(found, right):
    return len(set(found) & set(right)) / max(1, len(right))


class TestFew:
    @pytest.mark.parametrize("circle", CIRCLES)
    def test_are_exactly_those_of_plain_numpy(self, tmp_path, circle):
        documents = documents_with_vectors(400)
        seen = VectorReader(written(tmp_path / "index", documents)).read()
        assert isinstance(seen, Exact)
        for question in QUESTIONS:
            page_ids, likeness = expected(documents, question, circle if circle and circle.radius_km else None)
            found = seen.nearest(3 * question, circle, MOST)
            assert list(found.page_ids) == page_ids[:MOST]
            assert list(found.likeness) == pytest.approx([3 * along for along in likeness[:MOST]], abs=1e-4)


@pytest.fixture(scope="module")
def documents():
    return documents_with_vectors(3000)


@pytest.fixture(scope="module")
def seen(tmp_path_factory, documents):
    folder = written(tmp_path_factory.mktemp("many") / "index", documents, part_rows=1000, graphed_from=500)
    return VectorReader(folder, most_exact=500).read()


class TestMany:
    """More than the number up to which every vector is looked at."""

    def test_large_parts_have_graphs(self, seen):
        assert isinstance(seen, Approximate)
        assert [part.graph is not None for part in seen.parts] == [True] * 3

    @pytest.mark.parametrize("circle", CIRCLES)
    def test_nearly_all_of_the_nearest_are_found(self, seen, documents, circle, monkeypatch):
        # Circles large and small: the one is asked by the graphs, the other row by row.
        monkeypatch.setattr(vectors, "MOST_EXACT_INSIDE", 500)
        recalls = []
        for question in QUESTIONS:
            page_ids, likeness = expected(documents, question, circle if circle and circle.radius_km else None)
            found = seen.nearest(2 * question, circle, MOST)
            assert len(found.page_ids) == min(MOST, len(page_ids))
            recalls.append(recall(found.page_ids, page_ids[:MOST]))
            assert set(found.page_ids) <= set(page_ids)
            along = dict(zip(page_ids, likeness, strict=True))
            assert list(found.likeness) == pytest.approx([2 * along[page_id] for page_id in found.page_ids], abs=1e-4)
        assert sum(recalls) / len(recalls) >= 0.95

    def test_likeness_of_single_documents(self, seen, documents):
        question = QUESTIONS[0]
        asked = [documents[1500].card.page_id, 99_999, documents[3].card.page_id]
        found = seen.along(question, asked)
        assert found[1] is None
        assert found[0] == pytest.approx(float(unpack(documents[1500].vector) @ question), abs=1e-5)
        assert found[2] == pytest.approx(float(unpack(documents[3].vector) @ question), abs=1e-5)

    def test_vectors_of_another_length_are_like_nothing(self, seen):
        short = QUESTIONS[0][:8]
        assert seen.nearest(short, None, MOST).page_ids == ()
        assert seen.along(short, [1]) == [None]


class TestChanges:
    @pytest.mark.parametrize("most_exact", [10_000, 100])
    def test_the_newest_vector_of_a_document_counts(self, tmp_path, most_exact):
        before, question = documents_with_vectors(300), QUESTIONS[0]
        changed = [replace(each, vector=pack(-unpack(each.vector))) for each in before[::2]]
        gone = [replace(each, vector=b"") for each in before[1:40:2]]
        folder = written(tmp_path / "index", before, changed, gone, graphed_from=100)
        seen = VectorReader(folder, most_exact=most_exact).read()
        page_ids, likeness = expected([*before, *changed, *gone], question)
        found = seen.nearest(question, None, MOST)
        assert recall(found.page_ids, page_ids[:MOST]) >= 0.95
        assert found.likeness[0] == pytest.approx(likeness[0], abs=1e-4)
        assert seen.along(question, [gone[0].card.page_id]) == [0.0]

    def test_even_where_most_of_a_graph_no_longer_counts(self, tmp_path):
        before, question = documents_with_vectors(600), QUESTIONS[0]
        changed = [replace(each, vector=pack(-question)) for each in before[:580]]
        folder = written(tmp_path / "index", before, changed, graphed_from=590)
        seen = VectorReader(folder, most_exact=100).read()
        assert seen.parts[0].graph is not None
        page_ids, _likeness = expected([*before, *changed], question)
        assert list(seen.nearest(question, None, 20).page_ids) == page_ids[:20]

    def test_a_reader_sees_new_parts_and_keeps_the_others(self, tmp_path):
        folder = written(tmp_path / "index", documents_with_vectors(300), graphed_from=100)
        reader = VectorReader(folder, most_exact=100)
        graphed = reader.read().parts[0]
        written(folder, documents_with_vectors(50, seed=2, first_id=5000))
        assert reader.read().parts[0] is graphed
        assert reader.read().along(QUESTIONS[0], [5001]) != [None]

    def test_many_small_parts_become_one_and_graphs_stay(self, tmp_path):
        large, small = documents_with_vectors(300), documents_with_vectors(2 * vectors.MOST_PARTS, seed=2, first_id=1000)
        folder = written(tmp_path / "index", large, graphed_from=200)
        reader = VectorReader(folder, most_exact=100)
        for start in range(0, len(small), 2):
            written(folder, small[start : start + 2], graphed_from=200)
        seen = reader.read()
        assert len(seen.parts) == 2
        assert seen.parts[0].graph is not None
        found = seen.nearest(QUESTIONS[0], None, MOST)
        assert recall(found.page_ids, expected([*large, *small], QUESTIONS[0])[0][:MOST]) >= 0.95

    def test_parts_of_another_encoder_do_not_count(self, tmp_path):
        old, new = documents_with_vectors(10), documents_with_vectors(10, seed=2, first_id=100)
        shorter = [replace(each, vector=each.vector[:8]) for each in old]
        seen = VectorReader(written(tmp_path / "index", shorter, new)).read()
        assert set(seen.nearest(QUESTIONS[0], None, MOST).page_ids) == {each.card.page_id for each in new}

    def test_without_any_meaning_there_are_no_files(self, tmp_path):
        folder = written(tmp_path / "index", [make_document()])
        assert list(folder.iterdir()) == []
        assert VectorReader(folder).read().nearest(QUESTIONS[0], None, MOST).page_ids == ()


def test_a_rebuilt_index_opens_in_another_engine(tmp_path):
    documents = documents_with_vectors(400)
    EmbeddedEngine(tmp_path / "index").rebuild(documents)
    seen = EmbeddedEngine(tmp_path / "index").storage.snapshot().vectors
    assert len(seen.nearest(QUESTIONS[0], None, MOST).page_ids) == MOST
