"""What families type, from the words in the address to the first hits among the demo listings, with the models that come with the site.

The questions are those by which the search was described and others like them, none of a file of judged questions.
"""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.test.utils import override_settings

from cms.management.commands.load_demo import DEMO
from offers.models import OfferPage, Topic
from search import outbox
from search.engines import get_engine
from search.models import EncodingTask
from search.question import understand
from tests.offers import builders

# Also tells pytest-django that this module's fixture needs a database of the tests.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ask(django_db_setup, django_db_blocker, tmp_path_factory):
    """Asks the demo listings as the search page does: the question that was understood and what is shown.

    Every fourth has its meaning, and what few are about: to encode all of them takes a minute. The others are found by their words.
    """
    address = f"embedded://{tmp_path_factory.mktemp('demo')}/index"
    with django_db_blocker.unblock(), override_settings(SEARCH_URL=address, SEARCH_SEMANTICS="bundled"), transaction.atomic():
        call_command("load_places", verbosity=0)
        call_command("load_calendar", verbosity=0)
        builders.home_page()
        call_command("import_offers", providers=DEMO / "anbieter.csv", offers=DEMO / "angebote.csv", verbosity=0)
        outbox.rebuild()
        few = Q(key__contains="schreibaby") | Q(topics__slug__in=["trauer", "stillen"])
        # By key, as the numbers of pages go on from one test to the next where a database gives none twice.
        fourth = OfferPage.objects.order_by("key").values_list("pk", flat=True)[::4]
        EncodingTask.objects.exclude(Q(page_id__in=list(fourth)) | Q(page_id__in=OfferPage.objects.filter(few).values("pk"))).delete()
        while outbox.encode_some():
            pass
        outbox.drain()
        topics = list(Topic.objects.all())

        def ask(text):
            query = QueryDict(mutable=True)
            query["q"] = text
            question = understand(query, topics, page_size=10)
            return question, get_engine().search(question.request)

        yield ask
        transaction.set_rollback(True)


def titles(response):
    return " | ".join(hit.card.title for hit in response.hits)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("wo kann ich mein schreibaby hinbringen", {"schlafen", "entwicklung", "gesundheit"}),
        ("psychische hilfe nach geburt", {"gesundheit", "entwicklung"}),
        ("ich komme nicht mehr zur Ruhe", {"schlafen", "gesundheit", "erziehung"}),
        ("meine Tochter ist eifersüchtig auf das neue Baby", {"erziehung"}),
        ("де вивчити німецьку з дитиною", {"sprache", "migration"}),
        ("çocuk oyun grubu", {"spielen", "krabbeln", "migration"}),
        ("das geld reicht hinten und vorne nicht", {"finanzen"}),
        ("my milk is not enough", {"stillen"}),
        ("opa ist tot und mein sohn fragt ständig", {"trauer"}),
    ],
)
def test_a_question_without_a_word_of_the_listings_finds_what_helps(ask, text, topics):
    _question, response = ask(text)
    assert response.total
    assert any(topics & set(hit.card.topics) for hit in response.hits[:3]), titles(response)


@pytest.mark.parametrize("text", ["Kuchenpause", "Traktor"])
def test_an_unrelated_word_finds_nothing(ask, text):
    _question, response = ask(text)
    assert response.total == 0, titles(response)


def test_of_six_questions_that_are_not_about_families_five_find_nothing(ask):
    texts = ("traktor reparieren", "zxcvbnm", "Aktienkurse heute", "reifen wechseln lassen", "Flug nach Mallorca buchen", "Grafikkarte")
    answered = [text for text in texts if ask(text)[1].total]
    assert len(answered) <= 1, answered


def test_a_place_after_the_words_narrows_the_search(ask):
    question, response = ask("babygruppe diez")
    assert question.place_label == "Diez"
    assert question.request.text == "babygruppe"
    assert all(hit.distance_km is None or hit.distance_km <= question.request.circle.radius_km for hit in response.hits)
    first = response.hits[0]
    assert first.card.min_age_months in (None, 0, 1, 2, 3, 4, 5, 6)
    assert {"krabbeln", "spielen", "stillen"} & set(first.card.topics), titles(response)


def test_a_postcode_is_a_place_too(ask):
    question, response = ask("Mutter kind turnen 56355")
    assert question.place_label.startswith("56355")
    assert question.request.text.split() == ["Mutter", "kind", "turnen"]
    assert {"bewegung"} <= set(response.hits[0].card.topics), titles(response)


def test_a_day_is_a_condition_and_for_whom_is_a_word(ask):
    question, response = ask("papa samstag")
    assert question.request.days == ("sa",)
    assert response.hits
    assert all(any(each.start.weekday() == 5 for each in hit.card.occurrences) for hit in response.hits)
    assert "vaeter" in response.hits[0].card.topics, titles(response)


@pytest.mark.parametrize(
    ("text", "conditions", "rest"),
    [
        ("spielgruppe in Diez", {"ort"}, "spielgruppe"),
        ("stillen 56130", {"ort"}, "stillen"),
        ("turnen bei Nastätten", {"ort"}, "turnen"),
        ("turnen für 3-jährige", {"alter"}, "turnen"),
        ("spielgruppe 6 Monate", {"alter"}, "spielgruppe"),
        ("spielgruppe samstags nachmittags", {"tag", "zeit"}, "spielgruppe"),
        ("kostenloser musikkurs", {"kostenfrei"}, "musikkurs"),
        ("elternabend online", {"form"}, "elternabend"),
        ("beratung auf Türkisch", {"sprache"}, "beratung"),
    ],
)
def test_conditions_in_words_become_conditions(ask, text, conditions, rest):
    question, _response = ask(text)
    assert {each.name for each in question.understood.conditions} == conditions
    assert question.request.text == rest


@pytest.mark.parametrize("text", ["Berg", "Nassauer Land", "himmelsberg wandern", "Fluss"])
def test_a_place_name_that_is_a_word_or_part_of_a_name_stays_a_word(ask, text):
    question, _response = ask(text)
    assert question.request.text == text
    assert question.place is None


def test_the_provider_that_is_named_comes_first(ask):
    _question, response = ask("Kita Regenbogen Nassau")
    assert response.hits
    assert response.hits[0].card.provider_name.endswith("Regenbogen"), titles(response)


def test_every_listing_is_found_by_its_own_title(ask):
    _question, everything = ask("")
    for hit in everything.hits:
        _question, response = ask(hit.card.title)
        assert hit.card.key in [each.card.key for each in response.hits[:3]], hit.card.title
