"""What families see of what was understood: on the page, in the interface, and where nothing is found."""

import pytest
from bs4 import BeautifulSoup

from offers.models import Topic
from places.models import Place
from search import outbox
from search.engines import get_engine
from tests.offers import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def group(settings, tmp_path):
    """A group in Nassau, on Mondays."""
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    get_engine()
    nassau = Place.objects.create(name="Nassau", slug="nassau", kind="stadt", latitude=50.314, longitude=7.8)
    Place.objects.create(name="Kaub", slug="kaub", kind="stadt", latitude=50.088, longitude=7.762)
    kita = builders.provider(
        "kita-nassau", title="Kita am Fluss", town="Nassau", postal_code="56377", municipality=nassau, latitude=50.314, longitude=7.8
    )
    page = builders.offer(kita, "krabbelgruppe", title="Krabbelgruppe", schedules=[builders.weekly(0)])
    page.topics.add(Topic.objects.create(slug="krabbeln", name="Krabbeln"))
    page.save()
    outbox.drain()
    return page


@pytest.fixture
def ask(client):
    return lambda path: BeautifulSoup(client.get(path).content, "html.parser")


def links(page, selector):
    return {link.get_text(" ", strip=True): link["href"] for link in page.select(selector)}


def keys(page):
    return [card["data-offer-key"] for card in page.select("[data-offer-key]")]


def test_each_condition_is_a_chip_that_leads_to_the_search_without_its_words(ask):
    page = ask("/suche/?q=krabbelgruppe in nassau montags")
    assert keys(page) == ["krabbelgruppe"]
    assert page.find(id="verstanden").get_text() == "Verstanden als:"
    assert links(page, ".conditions .chip") == {
        "Nassau": "/suche/?q=krabbelgruppe+montags",
        "Montag": "/suche/?q=krabbelgruppe+in+nassau",
    }
    assert page.select_one(".conditions .chip")["aria-label"] == "„Nassau“ entfernen"
    assert "Nassau, 15 km" in page.select_one(".search__place").get_text()


def test_one_link_searches_the_words_alone_and_one_chip_leads_back(ask):
    page = ask("/suche/?q=krabbelgruppe nassau montags")
    (literal,) = page.select(".conditions__literal")
    assert literal["href"] == "/suche/?q=krabbelgruppe+nassau+montags&woertlich=1"
    page = ask(literal["href"])
    assert page.select(".conditions") == []
    assert links(page, ".chips .chip") == {"nur als Wörter": "/suche/?q=krabbelgruppe+nassau+montags"}
    assert page.select_one("form input[name=woertlich]")["value"] == "1"


def test_nothing_understood_shows_nothing(ask):
    page = ask("/suche/?q=krabbelgruppe")
    assert page.select(".conditions") == []


def test_what_was_typed_stays_in_its_field(ask):
    page = ask("/suche/?q=krabbelgruppe nassau montags")
    assert page.find(id="q")["value"] == "krabbelgruppe nassau montags"
    assert page.find(id="ort")["value"] == ""


def test_the_interface_tells_what_was_understood(client):
    understood = client.get("/api/v1/search?q=krabbelgruppe nassau montags kostenlos 6 monate").json()["understood"]
    assert understood["text"] == "krabbelgruppe"
    assert (understood["place"], understood["radius_km"]) == ("Nassau", 15)
    assert (understood["days"], understood["age_months"], understood["free"]) == (["mo"], 6, True)


def test_a_way_out_takes_the_words_along(ask):
    page = ask("/suche/?q=krabbelgruppe nassau sonntags")
    assert keys(page) == []
    ways = [link["href"] for link in page.select(".empty__ways a")]
    assert "/suche/?q=krabbelgruppe+nassau" in ways
    assert keys(ask("/suche/?q=krabbelgruppe+nassau")) == ["krabbelgruppe"]


def test_the_map_shows_what_the_list_shows(client):
    near = client.get("/suche/karte.geojson?q=krabbelgruppe nassau&zoom=10").json()
    far = client.get("/suche/karte.geojson?q=krabbelgruppe kaub&zoom=10").json()
    assert (len(near["features"]), len(far["features"])) == (1, 0)
