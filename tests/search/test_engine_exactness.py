"""Totals, counts, distances and order are exact: compared with plain Python over random requests."""

from dataclasses import replace
from random import Random

import pytest

from search.contract import Box
from search.fusion import MOST_BY_WORDS
from tests.search import brute_force
from tests.search.builders import NOW, ask, random_documents, random_request

DOCUMENTS = random_documents(700, seed=11)
BY_ID = {each.card.page_id: each for each in DOCUMENTS}
SEEDS = range(120)


@pytest.fixture(scope="module")
def filled(empty_shared_engine):
    engine = empty_shared_engine
    engine.rebuild(DOCUMENTS[:400])
    # Several segments, and documents written twice: what was replaced must not count.
    engine.write(DOCUMENTS[300:550])
    engine.write([*DOCUMENTS[550:], replace(DOCUMENTS[0], municipality="anderswo")])
    engine.write(DOCUMENTS[:1])
    return engine


class TestExactness:
    @pytest.mark.parametrize("seed", SEEDS)
    def test_total_order_and_distances_are_those_of_plain_python(self, filled, seed):
        random = Random(seed)
        request = random_request(random, sort=random.choice(("relevanz", "entfernung", "datum")), page_size=random.choice((7, 20, 100)))
        expected = brute_force.in_order(DOCUMENTS, request)
        pages = -(-len(expected) // request.page_size)
        request = replace(request, page=random.randint(1, max(1, pages)))
        response = filled.search(request)
        start = (request.page - 1) * request.page_size
        assert [hit.card.page_id for hit in response.hits] == expected[start : start + request.page_size]
        assert (response.total, response.pages) == (len(expected), pages)
        assert filled.count(request) == len(expected)
        for hit in response.hits:
            assert hit.card == BY_ID[hit.card.page_id].card
            assert hit.distance_km == pytest.approx(brute_force.distance_of(BY_ID[hit.card.page_id], request))

    @pytest.mark.parametrize("seed", SEEDS)
    def test_every_facet_counts_what_choosing_its_value_would_give(self, filled, seed):
        request = random_request(Random(seed))
        response = filled.search(request)
        for name in brute_force.OWN:
            assert {each.value: each.count for each in response.facets[name]} == brute_force.facet(DOCUMENTS, request, name), name
            assert list(response.facets[name]) == sorted(response.facets[name], key=lambda each: (-each.count, each.value))

    @pytest.mark.parametrize("seed", range(20))
    def test_facets_of_a_question_with_words_hold_when_they_are_chosen(self, filled, seed):
        random = Random(seed)
        text = random.choice(("gruppe", "Elternabend Trauer", "Beratung zu Geld und Schlaf", "krabelgruppe"))
        request = random_request(random, text=text)
        for value in filled.search(request).facets["kind"]:
            assert filled.search(replace(request, kinds=(value.value,))).total == value.count

    @pytest.mark.parametrize("sort", ["relevanz", "entfernung", "datum"])
    @pytest.mark.parametrize("text", ["", "gruppe"])
    @pytest.mark.parametrize("page_size", [1, 13, 50])
    def test_turning_the_pages_shows_every_hit_once(self, filled, text, sort, page_size):
        request = random_request(Random(3), text=text, sort=sort, page_size=page_size, kinds=("gruppe", "kurs"))
        first = filled.search(request)
        seen = [hit.card.page_id for page in range(1, first.pages + 1) for hit in filled.search(replace(request, page=page)).hits]
        assert len(seen) == len(set(seen)) == first.total > 13

    def test_all_hits_are_shown_once_whatever_their_number(self, filled):
        request = ask("eltern", page_size=37, facets=())
        pages = filled.search(request).pages
        hits = [hit for page in range(1, pages + 1) for hit in filled.search(replace(request, page=page)).hits]
        assert len({hit.card.page_id for hit in hits}) == len(hits) == filled.count(request)
        # Those that were weighed together come by their score, the others after them by their words.
        scores = [hit.score for hit in hits[:MOST_BY_WORDS]]
        assert scores == sorted(scores, reverse=True)

    def test_a_page_beyond_the_last_has_no_hits_and_the_right_totals(self, filled):
        for text in ("", "gruppe"):
            first = filled.search(ask(text))
            beyond = filled.search(ask(text, page=first.pages + 5))
            assert (beyond.hits, beyond.total, beyond.pages) == ((), first.total, first.pages)
            assert beyond.facets == first.facets

    @pytest.mark.parametrize("seed", range(30))
    def test_clusters_add_up_to_what_lies_in_the_window(self, filled, seed):
        random = Random(seed)
        request = random_request(random)
        south, west = random.uniform(49.5, 50.5), random.uniform(7, 8)
        box = Box(south, west, south + random.uniform(0.01, 1), west + random.uniform(0.01, 1))
        expected = [
            each
            for each in DOCUMENTS
            if brute_force.matches(each, request)
            and (point := brute_force.point_of(each))
            and box.south <= point[0] <= box.north
            and box.west <= point[1] <= box.east
        ]
        clusters = filled.clusters(request, box, random.randint(5, 17))
        assert sum(each.count for each in clusters) == len(expected)
        for cluster in clusters:
            assert (cluster.card is not None) == (cluster.count == 1)
            if cluster.card:
                assert (cluster.card.latitude, cluster.card.longitude) == pytest.approx((cluster.latitude, cluster.longitude))

    def test_digests_are_those_of_all_documents(self, filled):
        assert sorted(filled.digests()) == [(each.card.page_id, each.digest) for each in DOCUMENTS]

    def test_now_changes_nothing_that_is_counted(self, filled):
        assert filled.search(ask(now=NOW)).facets == filled.search(ask(now=NOW.replace(year=2027))).facets
