"""What the first visitor does not wait for."""

import pytest
from django.template import engines

from search import ordinary_words
from search.warming import warm

pytestmark = pytest.mark.django_db


def test_the_first_question_finds_word_lists_and_templates_made():
    ordinary_words._words.cache_clear()
    (loader,) = engines["django"].engine.template_loaders
    loader.reset()
    warm()
    made = ordinary_words._words.cache_info().misses
    assert made == 1
    ordinary_words.is_word("berg")
    assert ordinary_words._words.cache_info().misses == made
    assert {"base.html", "search/page.html", "search/section.html", "components/offer_card.html"} <= set(loader.get_template_cache)
