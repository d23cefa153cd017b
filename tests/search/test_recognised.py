"""What the page says it took a question for: with the real words and models, only where it is sure, needed and wanted."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from search import vocabulary
from search.contract import Hit, SearchResponse
from search.help.recognised import SURE_ENOUGH_TO_SAY, Told, told
from search.question import understand
from search.vocabulary import Overlay
from tests.search.builders import make_card

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def meaning(settings):
    settings.SEARCH_SEMANTICS = "bundled"
    yield
    vocabulary.forget()


def hit(title="Sprechstunde der Hebamme"):
    return Hit(make_card(), 1.0, None, title, "")


# Offers that have no word of any question here.
FOUND = SearchResponse(total=1, page=1, pages=1, hits=(hit(),), facets={})


def said(text, response=FOUND):
    return told(understand(QueryDict(urlencode({"q": text})), []), response)


@pytest.mark.parametrize(
    ("question", "text"),
    [("mein baby weint den ganzen abend", "Schreibaby"), ("çocuğum konuşmuyor", "Sprachverzögerung")],
)
def test_a_situation_with_a_name_of_one_word_is_called_by_it(question, text):
    assert said(question) == Told(text, "de")


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        ("wo kann ich einen kita platz einklagen", "kitaplatz einklagen", "de"),
        ("дитина не слухається вдома", "дитина не слухається", "uk"),
        ("playgroup for my toddler near me", "toddler playgroup", "en"),
        ("ich verstehe den brief vom amt nicht", "formulare nicht verstehen", "de"),
    ],
)
def test_another_situation_is_told_as_others_ask_it_in_the_same_language(question, text, language):
    found = said(question)
    assert found
    assert found.language == language
    assert found.text == text


def test_what_somebody_typed_is_not_said_again():
    assert said("Krabbelgruppe") is None
    assert said("SCHREI-BABY") is None


@pytest.mark.parametrize("question", ["mein mann schlägt mich", "frauenhaus", "mein mann ist alkoholiker"])
def test_nobody_is_reminded_of_what_is_delicate(question):
    assert understand(QueryDict(urlencode({"q": question})), []).request.meaning.trust > SURE_ENOUGH_TO_SAY
    assert said(question) is None


@pytest.mark.parametrize("question", ["quantenmechanik", "Traktor reparieren", "wie viel zucker im tee", ""])
def test_what_nobody_is_sure_of_is_not_said(question):
    assert said(question) is None


def test_of_two_situations_that_are_as_likely_none_is_said():
    assert said("дитина не спить вночі") is None


def test_where_a_word_of_the_question_shows_nothing_has_to_be_said():
    question = "mein baby weint den ganzen abend"
    marked = hit("Hilfe, wenn das <mark>Baby</mark> weint")
    assert said(question, replace(FOUND, hits=(hit(), hit(), marked))) is None
    assert said(question, replace(FOUND, hits=(hit(), hit(), hit(), marked)))


def test_nothing_is_said_without_hits_from_the_database_or_without_meaning(settings):
    question = "mein baby weint den ganzen abend"
    assert said(question, replace(FOUND, hits=(), total=0)) is None
    assert said(question, replace(FOUND, limited=True)) is None
    settings.SEARCH_SEMANTICS = "off"
    assert said(question) is None


def test_what_an_editor_takes_away_is_not_told_any_more():
    question = "дитина не слухається вдома"
    before = said(question)
    (situation,) = [each for each in vocabulary.current().situations if before.text in each.phrases]
    kept = [(phrase, of) for phrase, of in zip(situation.phrases, situation.languages, strict=True) if phrase != before.text]
    phrases, languages = zip(*kept, strict=True)
    changed = replace(situation, phrases=phrases, languages=languages)
    vocabulary.lay_over(Overlay(situations={changed.slug: changed}))
    after = said(question)
    assert after is None or after.text != before.text
