"""The generated listings: the same every time, each its own, all over Germany."""

from collections import Counter, defaultdict
from datetime import date
from itertools import islice

import pytest

from offers.choices import Cost, Form, OfferKind, Registration
from scripts.bench.corpus import Corpus
from scripts.bench.variety import Variety

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def documents():
    return list(Corpus(7141, TODAY).documents(3000))


def test_the_same_seed_and_day_give_the_same_documents(documents):
    assert list(Corpus(7141, TODAY).documents(200)) == documents[:200]


def test_another_seed_gives_other_documents(documents):
    other = list(Corpus(7142, TODAY).documents(200))
    assert not {each.card.title for each in other[:50]} & {each.card.title for each in documents[:50]}


def test_a_small_corpus_is_the_beginning_of_a_large_one(documents):
    stream = Corpus(7141, TODAY).documents(1_000_000)
    assert list(islice(stream, 100)) == documents[:100]


def test_there_are_as_many_as_asked_for(documents):
    assert len(documents) == 3000


def test_no_two_share_a_key_a_page_an_address_or_a_digest(documents):
    for values in (
        [each.card.key for each in documents],
        [each.card.page_id for each in documents],
        [each.card.url for each in documents],
        [each.digest for each in documents],
    ):
        assert len(set(values)) == len(documents)


def test_every_provider_has_three_to_six_offers(documents):
    houses = Counter(each.card.provider_key for each in documents)
    last = documents[-1].card.provider_key
    assert {number for key, number in houses.items() if key != last} == {3, 4, 5, 6}


def test_they_lie_in_every_state_and_within_germany(documents):
    corpus = Corpus(7141, TODAY)
    states = {corpus.country.by_slug[each.municipality].state for each in documents if each.municipality}
    assert len(states) == 16
    points = [(each.card.latitude, each.card.longitude) for each in documents if each.card.latitude is not None]
    assert len(points) > 2000
    assert all(47.1 < latitude < 55.2 and 5.7 < longitude < 15.2 for latitude, longitude in points)
    assert len({(round(latitude), round(longitude)) for latitude, longitude in points}) > 55  # squares of about 100 km


def test_large_cities_have_more_offers_than_villages(documents):
    towns = Counter(each.card.town for each in documents if each.card.town)
    assert towns.most_common(1)[0][0] == "Berlin"
    assert {"Hamburg", "München", "Köln"} & {town for town, _number in towns.most_common(4)}
    assert len(towns) > 300


def test_texts_are_not_templates_of_one_text(documents):
    variety = Variety()
    for document in documents:
        variety.count(document)
    figures = variety.figures()
    assert figures["distinct_descriptions"] == 1
    assert figures["distinct_titles"] > 0.85
    assert figures["vocabulary"] > 10_000
    assert figures["vocabulary_once"] > 0.5


def test_words_are_as_unequally_frequent_as_in_german(documents):
    words = Counter(word for each in documents for word in each.description.lower().split())
    counts = sorted(words.values(), reverse=True)
    assert sum(counts[:100]) > 0.3 * sum(counts)


def test_the_vocabulary_grows_with_the_corpus(documents):
    small, large = Variety(), Variety()
    for document in documents[:1000]:
        small.count(document)
    for document in documents:
        large.count(document)
    assert large.figures()["vocabulary"] > 1.4 * small.figures()["vocabulary"]


def test_facts_vary_as_those_of_the_demo_do(documents):
    assert {each.card.kind for each in documents} == set(OfferKind.values)
    assert {each.card.form for each in documents} == set(Form.values)
    assert {each.card.cost for each in documents} == set(Cost.values)
    assert {each.card.registration for each in documents} == set(Registration.values)
    assert len({topic for each in documents for topic in each.card.topics}) == 30
    assert len({language for each in documents for language in each.card.languages}) >= 9
    free = sum(each.card.cost == "kostenfrei" for each in documents) / len(documents)
    assert 0.6 < free < 0.8
    dated = sum(bool(each.occurrences) for each in documents) / len(documents)
    assert 0.8 < dated < 0.97


def test_dates_lie_ahead_in_order_on_all_weekdays(documents):
    for each in documents:
        starts = [occurrence.start for occurrence in each.card.occurrences]
        assert starts == sorted(starts)
        assert len(starts) <= 12
        assert all(start.date() >= TODAY and start.utcoffset() is not None for start in starts)
    days = Counter(day.weekday() for each in documents for day, _time in each.occurrences)
    assert set(days) == set(range(7))


def test_what_reaches_everywhere_has_no_place(documents):
    by_form = defaultdict(set)
    for each in documents:
        by_form[each.card.form].add((each.reaches_everywhere, each.card.latitude is not None))
    assert by_form["vor_ort"] == {(False, True)}
    assert by_form["online"] == by_form["telefon"] == {(True, False)}
    assert by_form["zuhause"] == {(False, False)}
