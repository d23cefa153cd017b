"""The questions of a run: many kinds, none twice, all understood by the site's own form."""

from datetime import date

import pytest
from django.http import QueryDict

from offers.interchange.topics import load_topics
from offers.models import Topic
from scripts.bench.corpus import Corpus
from scripts.bench.questions import Questions
from search.forms import SearchForm

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def corpus():
    return Corpus(7141, TODAY)


@pytest.fixture(scope="module")
def sample(corpus):
    return list(corpus.documents(400))


def draw(corpus, sample, count, seed=1):
    return Questions(corpus, sample, seed).draw(count)


def test_no_question_comes_twice_not_even_in_a_second_draw(corpus, sample):
    questions = Questions(corpus, sample, 1)
    asked = [each.query for each in (*questions.draw(80), *questions.draw(1000))]
    assert len(set(asked)) == 1080


def test_the_same_seed_asks_the_same(corpus, sample):
    assert draw(corpus, sample, 200) == draw(corpus, sample, 200)
    assert draw(corpus, sample, 200) != draw(corpus, sample, 200, seed=2)


def test_every_kind_of_question_is_asked(corpus, sample):
    kinds = {each.kind for each in draw(corpus, sample, 1000)}
    assert len(kinds) == 19


def test_towns_are_asked_for_all_over_germany(corpus, sample):
    asked = [QueryDict(each.query) for each in draw(corpus, sample, 1000)]
    codes = {query["ort"][:1] for query in asked if query.get("ort", "")[:5].isdigit()}
    assert codes == set("0123456789")


@pytest.mark.django_db
def test_the_form_has_nothing_to_complain_about(corpus, sample):
    load_topics()
    topics = list(Topic.objects.all())
    complaints = {each.query: SearchForm(QueryDict(each.query), topics).hints for each in draw(corpus, sample, 400)}
    assert not {query: hints for query, hints in complaints.items() if hints}
