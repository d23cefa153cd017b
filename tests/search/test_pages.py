"""What families and machines get from the pages of the search, with few and with many listings."""

import json
import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from home.models import StandardPage
from offers.models import OfferPage, Topic
from places.models import Place
from search import outbox
from search.engines import get_engine
from tests.offers import builders

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
KINDS = ("gruppe", "beratung", "kurs")


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    return get_engine()


@pytest.fixture
def nassau():
    return Place.objects.create(name="Nassau", slug="nassau", kind="stadt", latitude=50.314, longitude=7.8)


@pytest.fixture
def topic():
    return Topic.objects.create(slug="krabbeln", name="Krabbeln", featured=1)


@pytest.fixture
def kita(nassau):
    return builders.provider(
        "kita-nassau", title="Kita Nassau", town="Nassau", postal_code="56377", municipality=nassau, latitude=50.314, longitude=7.8
    )


@pytest.fixture
def offer(kita, topic):
    page = add(kita, topic, 1)
    outbox.drain()
    return page


def add(under, topic, number):
    page = builders.offer(
        under, f"angebot-{number}", title=f"Krabbelgruppe {number}", kind=KINDS[number % 3], schedules=[builders.weekly(number % 7)]
    )
    page.topics.add(topic)
    page.save()
    return page


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def cost(client, path, **headers):
    """Queries to the database for a page that was asked for before."""
    client.get(path, headers=headers)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path, headers=headers)
    assert response.status_code == 200
    return len(queries)


class TestCost:
    """A page asks the database as often with sixty listings as with five."""

    def test_no_page_asks_more_often_when_there_are_more_listings(self, client, kita, topic, nassau):
        paths = {
            "search": "/suche/?q=Krabbelgruppe&ort=Nassau&art=gruppe",
            "nothing found": "/suche/?q=Krabbelgruppe&ort=Nassau&art=treff",
            "map": "/suche/karte.geojson?q=Krabbelgruppe&ort=Nassau",
            "interface": "/api/v1/search?q=Krabbelgruppe&ort=Nassau&page_size=100",
            "suggestions": "/api/v1/suggest?q=Kra",
            "home": "/",
            "offer": "/anbieter/kita-nassau/angebot-1/",
            "provider": "/anbieter/kita-nassau/",
            "providers": "/anbieter/",
            "topics": "/themen/",
            "topic": "/themen/krabbeln/",
            "towns": "/orte/",
            "town": "/orte/nassau/",
        }
        for number in range(1, 6):
            add(kita, topic, number)
        outbox.drain()
        few = {name: cost(client, path) for name, path in paths.items()}
        for number in range(6, 61):
            add(kita, topic, number)
        for number in range(5):
            add(builders.provider(f"kita-{number}", town="Nassau", municipality=nassau), topic, 100 + number)
            Place.objects.create(name=f"Dorf {number}", slug=f"dorf-{number}", kind="ortsgemeinde", latitude=50.3, longitude=7.8)
        outbox.drain()
        many = {name: cost(client, path) for name, path in paths.items()}
        assert many == few
        assert few["search"] <= 10
        assert few["offer"] <= 20

    def test_the_search_page_asks_once_for_the_topics_and_for_what_every_page_shows(self, client, offer):
        assert cost(client, "/suche/?q=Krabbelgruppe&ort=Nassau") == 3
        assert cost(client, "/suche/?q=Krabbelgruppe&ort=Nassau", **HTMX) == 1


class TestSearch:
    def test_htmx_gets_the_changing_part_alone_and_the_short_address(self, client, offer):
        response = client.get("/suche/?q=Krabbelgruppe&ort=&alter=&umkreis=15&sortierung=relevanz&seite=1", headers=HTMX)
        assert response.content.lstrip().startswith(b'<div id="suche"')
        assert b"<html" not in response.content
        assert response["HX-Push-Url"] == "/suche/?q=Krabbelgruppe"
        assert "HX-Request" in response["Vary"]

    def test_everybody_else_gets_the_whole_page_also_htmx_for_its_history(self, client, offer):
        for headers in ({}, {**HTMX, "HX-History-Restore-Request": "true"}):
            page = soup(client.get("/suche/?q=Krabbelgruppe", headers=headers))
            assert page.html.body.find(id="suche")
            assert page.select_one("[data-offer-key=angebot-1]")

    def test_nobody_writes_to_the_search(self, client, offer):
        assert client.post("/suche/", {"q": "x"}).status_code == 405
        assert client.head("/suche/").status_code == 200

    def test_combinations_of_filters_are_not_for_search_engines(self, client, offer):
        assert soup(client.get("/suche/")).find("meta", {"name": "robots"}) is None
        # All searches are one page to a search engine, and none is shut out: what families share must open everywhere.
        assert soup(client.get("/suche/?q=x")).find("meta", {"name": "robots"}) is None

    def test_marked_words_are_escaped_where_editors_write_markup(self, client, kita):
        builders.offer(kita, "boese", title="Krabbeln <script>alert(1)</script>", summary='Krabbeln "><img src=x onerror=alert(1)>')
        outbox.drain()
        response = client.get('/suche/?q=Krabbeln"><script>alert(1)</script>')
        assert soup(response).select("mark")
        assert b"<script>alert" not in response.content
        assert b"<img src=x" not in response.content

    def test_while_the_index_cannot_be_read_the_database_answers_and_the_page_says_so(self, client, offer, index):
        assert soup(client.get("/suche/")).select_one(".notice[role=status]") is None
        (index.storage.root / "current").write_text("damaged")
        response = client.get("/suche/?q=Krabbelgruppe&ort=Nassau&lat=50.3&lon=7.8&umkreis=50")
        assert response.status_code == 200
        page = soup(response)
        assert "eine kurze Pause" in page.select_one(".notice[role=status]").get_text()
        assert (page.find(id="q")["value"], page.find(id="ort")["value"]) == ("Krabbelgruppe", "Nassau")
        assert page.select_one("[data-offer-key=angebot-1]")
        assert len(client.get("/suche/karte.geojson").json()["features"]) == 1
        assert client.get("/suche/?q=Kuchenpause").status_code == 200

    def test_the_other_pages_stay_where_the_index_cannot_be_read(self, client, offer, index):
        (index.storage.root / "current").write_text("damaged")
        for path in ("/", offer.url, "/anbieter/kita-nassau/", "/themen/", "/themen/krabbeln/", "/orte/", "/orte/nassau/"):
            assert client.get(path).status_code == 200, path

    def test_a_page_beyond_the_last_leads_to_the_first(self, client, offer):
        response = client.get("/suche/?q=Krabbelgruppe&seite=7")
        assert response.status_code == 200
        (link,) = soup(response).select(".empty a")
        assert link["href"] == "/suche/?q=Krabbelgruppe"


class TestTopicsAndTowns:
    def test_a_topic_shows_its_offers_and_leads_to_the_search(self, client, offer):
        page = soup(client.get("/themen/krabbeln/"))
        assert page.h1.get_text() == "Krabbeln"
        assert page.select_one("[data-offer-key=angebot-1]")
        assert page.select_one("a[href='/suche/?thema=krabbeln']")

    def test_the_lists_count_offers(self, client, offer):
        assert "1" in soup(client.get("/themen/")).select_one(".link-list .count").get_text()
        assert soup(client.get("/orte/")).select_one(".link-list .count").get_text() == "1"

    def test_a_town_shows_what_is_there_and_what_is_near(self, client, offer, nassau):
        village = Place.objects.create(name="Bergnassau", slug="bergnassau", kind="ortsgemeinde", latitude=50.31, longitude=7.79)
        there = soup(client.get("/orte/nassau/"))
        near = soup(client.get(f"/orte/{village.slug}/"))
        assert "Angebote in Nassau" in there.h1.get_text()
        assert there.select_one("[data-offer-key=angebot-1]")
        assert near.select_one("section [data-offer-key=angebot-1]")
        assert there.find("meta", {"name": "robots"}) is None
        assert "noindex" in near.find("meta", {"name": "robots"})["content"]

    def test_topics_and_towns_that_do_not_exist_are_missing_pages(self, client, offer):
        for path in ("/themen/gibt-es-nicht/", "/orte/gibt-es-nicht/", "/anbieter/gibt-es-nicht/", "/anbieter/kita-nassau/nichts/"):
            response = client.get(path)
            assert response.status_code == 404, path
            assert soup(response).h1, path


class TestForMachines:
    @pytest.mark.parametrize(
        "path",
        [
            "/suche/",
            "/themen/",
            "/themen/krabbeln/",
            "/orte/",
            "/orte/nassau/",
            "/anbieter/kita-nassau/",
            "/anbieter/kita-nassau/angebot-1/",
        ],
    )
    def test_every_page_says_its_one_address_title_and_description(self, client, offer, settings, path):
        page = soup(client.get(f"{path}?utm_source=brief"))
        assert page.find("link", rel="canonical")["href"] == settings.WAGTAILADMIN_BASE_URL + path
        assert page.title.get_text().strip()
        assert len(page.find_all("h1")) == 1
        assert page.find("meta", property="og:title")["content"].strip()

    def test_json_ld_stays_json_whatever_editors_write(self, client, kita):
        title = 'Gruppe </script><script>alert("&")</script><!--'
        page = builders.offer(kita, "boese", title=title, schedules=[builders.weekly()])
        data = soup(client.get(page.url)).find("script", type="application/ld+json")
        assert json.loads(data.get_text())["name"] == title

    def test_the_sitemap_has_every_page_that_everybody_may_see_and_no_other(self, client, offer, kita):
        draft = builders.offer(kita, "entwurf", live=False)
        hidden = builders.offer(kita, "intern")
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        response = client.get("/sitemap.xml")
        (scheme,) = {each.tag.partition("}")[0] for each in ElementTree.fromstring(response.content)}
        found = {each.text for each in ElementTree.fromstring(response.content).iter(f"{scheme}}}loc")}
        paths = {re.sub("^https?://[^/]+", "", address) for address in found}
        # Wagtail's own first page lies beside the site and has no address.
        live = {page.url for page in Page.objects.live().public().filter(depth__gt=1)} - {None}
        assert offer.url in live
        assert paths == live | {"/themen/", "/themen/krabbeln/", "/orte/", "/orte/nassau/"}
        assert {draft.url, hidden.url} & paths == set()

    def test_robots_may_see_pages_and_not_every_combination_of_filters(self, client):
        response = client.get("/robots.txt")
        assert response["Content-Type"].startswith("text/plain")
        lines = response.content.decode().splitlines()
        assert {"User-agent: *", "Disallow: /admin/"} <= set(lines)
        assert any(re.fullmatch(r"Sitemap: https?://[^/]+/sitemap\.xml", line) for line in lines)

    def test_healthz_asks_nobody(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert client.get("/healthz").status_code == 200

    def test_readyz_counts_what_waits(self, client, offer):
        assert client.get("/readyz").json() == {"ready": True, "database": True, "index": True, "pending": 0, "pending_meaning": 0}
        offer.save()
        assert client.get("/readyz").json()["pending"] == 1

    @pytest.mark.parametrize("file", ["current", "index-*/meta.json"])
    def test_readyz_fails_where_the_index_is_damaged(self, client, offer, index, file):
        for path in index.storage.root.glob(file):
            path.write_text("damaged")
        response = client.get("/readyz")
        assert response.status_code == 503
        assert (response.json()["database"], response.json()["index"]) == (True, False)

    def test_readyz_fails_where_a_table_is_missing(self, client, offer):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE search_outboxentry RENAME TO elsewhere")
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json() == {"ready": False, "database": False, "index": True, "pending": None, "pending_meaning": None}


def test_pages_of_the_tree_are_found_beside_the_search(client, offer):
    home = builders.home_page()
    home.add_child(instance=StandardPage(title="Impressum", slug="impressum", body="<p>Wir.</p>"))
    assert "Wir." in soup(client.get("/impressum/")).main.get_text()
    assert client.get(reverse("search")).status_code == 200
    assert OfferPage.objects.get(pk=offer.pk).url == "/anbieter/kita-nassau/angebot-1/"
