"""What helps where hardly anything is found: every way leads to what it promises, and nobody is sent where they would rather not be."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from offers.models import Topic
from places.models import Place
from search import outbox
from search.engines import get_engine
from search.help.helping import MOST_QUESTIONS, help_with
from search.question import understand
from search.reading import Reading
from tests.offers import builders

pytestmark = pytest.mark.django_db

TOWNS = {"Nassau": (50.314, 7.8), "Kaub": (50.088, 7.762), "Bad Ems": (50.3347, 7.7136)}


@pytest.fixture(autouse=True)
def listings(settings, tmp_path):
    """A group in Nassau on Mondays, a treff in Kaub on Tuesdays, and counselling by telephone about two things."""
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    topics = {slug: Topic.objects.create(slug=slug, name=slug.title()) for slug in ("krabbeln", "erziehung", "gewalt", "bewegung")}
    places = {
        name: Place.objects.create(name=name, slug=name.lower().replace(" ", "-"), kind="stadt", latitude=latitude, longitude=longitude)
        for name, (latitude, longitude) in TOWNS.items()
    }

    def publish(town, key, about, **values):
        at = {"town": town, "municipality": places[town], "latitude": TOWNS[town][0], "longitude": TOWNS[town][1]}
        kita = builders.provider(f"kita-{key}", title=f"Kita {key}", **at)
        page = builders.offer(kita, key, **values)
        page.topics.set([topics[slug] for slug in about])
        page.save()

    publish("Nassau", "krabbelgruppe", ["krabbeln"], title="Krabbelgruppe", schedules=[builders.weekly(0)])
    publish("Kaub", "spieltreff", ["krabbeln", "erziehung"], title="Spieltreff", kind="treff", schedules=[builders.weekly(1)])
    phone = {"kind": "beratung", "form": "telefon"}
    publish("Nassau", "elterntelefon", ["erziehung"], title="Elterntelefon", **phone)
    publish("Nassau", "schutz", ["gewalt"], title="Schutz vor Gewalt", **phone)
    outbox.drain()


@pytest.fixture
def ask(client):
    return lambda path: BeautifulSoup(client.get(path).content, "html.parser")


def texts(page, selector):
    return [each.get_text(" ", strip=True) for each in page.select(selector)]


def total(page):
    return int(re.search(r"\d+", page.find(id="ergebnis").get_text()).group())


def keys(page):
    return {card["data-offer-key"] for card in page.select("[data-offer-key]")}


NOTHING = [
    "q=krabbelgruppe&ort=Bad+Ems&umkreis=2&art=gruppe",
    "q=krabbelgruppe&ort=Kaub&umkreis=5&form=vor_ort&tag=so",
    "q=babyschwimmen in nassau",
    "q=spieltreff sonntags",
    "ort=Kaub&umkreis=2&art=kurs",
    "q=krabbelgruppe&art=kurs&tag=mi&zeit=abend&alter=8&kostenfrei=1&sprache=uk",
    "thema=bewegung&ort=Nassau&umkreis=2",
    "q=quantenmechanik",
    "q=häusliche gewalt&tag=so&ort=Kaub&umkreis=2",
]


@pytest.mark.parametrize("query", NOTHING)
def test_every_way_finds_exactly_what_it_promises(ask, query):
    page = ask(f"/suche/?{query}")
    assert total(page) == 0
    links = page.select(".empty a[href^='/suche/'], .help a[href^='/suche/']")
    for link in links:
        there = total(ask(link["href"]))
        promised = re.search(r"\((\d+)\)", link.get_text())
        assert there == int(promised[1]) if promised else there > 0, link
    assert page.select(".empty a, .help a")


@pytest.mark.parametrize("query", NOTHING)
def test_help_asks_the_engine_four_times_at_most_and_the_database_nothing(query):
    class Counting(Reading):
        asked = 0

        def _ask(self, question):
            self.asked += 1
            return super()._ask(question)

    topics = list(Topic.objects.all())
    question = understand(QueryDict(query), topics)
    response = Reading(get_engine()).search(question.request)
    reader = Counting(get_engine())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert help_with(question, response, reader, topics)
    assert reader.asked <= MOST_QUESTIONS
    assert len(queries) == 0


def test_the_circle_grows_no_more_than_it_must_and_towns_nearby_are_named(ask):
    page = ask("/suche/?q=krabbelgruppe&ort=Bad+Ems&umkreis=2&art=gruppe")
    assert "Im Umkreis von 10 km suchen (1)" in texts(page, ".empty__ways a")
    (town,) = page.select("#hilfe-orte ~ .chips a")
    assert town.get_text(" ", strip=True) == "Nassau 6,6 km"
    assert parse_qs(urlsplit(town["href"]).query)["ort"] == ["Nassau"]
    assert keys(ask(town["href"])) == {"krabbelgruppe"}


def test_a_town_that_words_name_makes_way_for_the_one_nearby(ask):
    page = ask("/suche/?q=krabbelgruppe in kaub&umkreis=2&tag=mo")
    (town,) = page.select("#hilfe-orte ~ .chips a")
    assert parse_qs(urlsplit(town["href"]).query) == {"q": ["krabbelgruppe"], "ort": ["Nassau"], "umkreis": ["2"], "tag": ["mo"]}


def test_the_condition_that_excludes_most_is_named_where_all_were_tried(ask):
    assert "Am meisten schließt der Tag aus" in ask("/suche/?q=spieltreff&tag=so").select_one(".empty").get_text()
    many = ask("/suche/?q=krabbelgruppe&ort=Nassau&tag=so&zeit=abend&alter=8&kostenfrei=1&ohne_anmeldung=1&barrierefrei=1")
    assert "Am meisten" not in many.select_one(".empty").get_text()


def test_related_topics_keep_the_other_conditions(ask):
    page = ask("/suche/?q=babyschwimmen&ort=Nassau&umkreis=5")
    found = {link.get_text(" ", strip=True): link["href"] for link in page.select("#hilfe-themen ~ .chips a")}
    assert found["Krabbeln (1)"] == "/suche/?ort=Nassau&umkreis=5&thema=krabbeln"
    assert found["Alle Themen"] == "/themen/"


def test_somebody_to_talk_to_is_general_where_nothing_is_known(ask):
    page = ask("/suche/?q=quantenmechanik")
    assert texts(page, ".help__talk a") == ["Elterntelefon"]
    assert texts(page, ".help__talk .help__soft") == ["Am Telefon · Kita elterntelefon"]
    # They are no hits.
    assert keys(page) == set()


def test_violence_is_named_only_to_whoever_names_it():
    topics = list(Topic.objects.all())
    reader = Reading(get_engine())

    def talks(query):
        question = understand(QueryDict(query), topics)
        found = help_with(question, reader.search(question.request), reader, topics)
        return [talk.card.key for talk in found.talks]

    assert talks("q=quantenmechanik") == ["elterntelefon"]
    assert talks("q=frauenhaus") == ["schutz", "elterntelefon"]
    assert talks("q=trampolin") == ["elterntelefon"]


def test_who_finds_hardly_anything_sees_the_way_to_more_below(ask):
    page = ask("/suche/?thema=krabbeln&ort=Nassau&umkreis=5")
    assert total(page) == 1
    assert texts(page, ".more a") == ["Alle Themen zeigen (3)", "Im Umkreis von 50 km suchen (2)"]
    assert [total(ask(way["href"])) for way in page.select(".more a")] == [3, 2]


@pytest.mark.parametrize("query", ["", "q=krabbelgruppe", "q=krabbelgruppe&seite=4"])
def test_who_finds_enough_or_all_there_is_sees_no_help(ask, query):
    assert ask(f"/suche/?{query}").select(".help, .more") == []


def test_a_misspelt_word_is_named_kindly_with_the_address_of_the_right_one(ask):
    page = ask("/suche/?q=Krabelgruppe&art=gruppe")
    assert keys(page) == {"krabbelgruppe"}
    (note,) = page.select("[aria-live=polite] .search__note")
    assert " ".join(note.get_text().split()) == "Meinten Sie Krabbelgruppe? Danach haben wir schon gesucht."
    assert note.a["href"] == "/suche/?q=Krabbelgruppe&art=gruppe"
    assert ask(note.a["href"]).select(".search__note") == []
