"""Whatever stands in an address: an answer, the rest of the search intact, and what was left out named."""

import json
import string
from urllib.parse import quote_from_bytes, urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from offers.models import Topic
from places.models import Place
from search import outbox
from search.addresses import ORDER
from search.engines import get_engine
from tests.offers import builders

pytestmark = pytest.mark.django_db

# The database and the index are only read, so that all examples of a test may share them. Nothing is timed: machines differ.
bad = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], database=None
)

NAMES = (*ORDER, "bbox", "zoom", "page_size", "limit", "unbekannt")
NASTY = (
    "NaN", "nan", "inf", "-inf", "Infinity", "1e999", "-1", "0", "00", "1,5",
    "1.5.5", "٣", "²", "１２", "9" * 400, "0x10", "1_000", "+5", "1e3",
    "' OR 1=1 --", "'; DROP TABLE search_outboxentry; --", '"', "\\", "%", "_",
    "%%%s", "{}", "{{ 7*7 }}", "${x}", "../../etc/passwd",
    "title:x AND NOT", "+(", "a^9999", "[a TO z]", "{* TO *}", "/.*/", "~1e9", "*",
    "?", "((((((((((", "field:*", '"offen', "NOT", "AND OR", ":", "-",
    "<script>alert(1)</script>", "javascript:alert(1)", "\x00", "\r\nSet-Cookie: a=b", "\u202e",
    "\ufeff", "\ud800", "e\u0301" * 50, "👩‍👩‍👧",
    "a" * 10_000, "ß" * 10_000, "a " * 5_000, "\x1b[31m", "31.02.2026", "2026-13-45",
    "0000-00-00", "10000-01-01", "1,2,3", "7,50,8,51,", "NaN,NaN,NaN,NaN",
    "180,90,-180,-90", "1e999,-1e999,1,2", "true", "None", "null", "[]", "mo,di",
)  # fmt: skip


def encoded(text):
    """As it travels in an address; halves of surrogate pairs as the bytes that no decoder takes."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


values = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=60),
    st.text(alphabet=string.punctuation + " äß09", max_size=40),
    st.integers().map(str),
    st.floats().map(str),
)
pairs = st.tuples(st.sampled_from(NAMES), values).map(lambda pair: f"{pair[0]}={encoded(pair[1])}")
# Bytes and percent signs that are no encoding at all.
rubbish = st.binary(max_size=30).map(lambda raw: raw.decode("latin-1").replace("#", "").replace(" ", "+"))
broken = st.sampled_from(["q=%", "q=%ZZ", "q=%ff%fe", "q=%ED%A0%80", "ort=%C3", "&&&", "=", "q", "=x", "q[]=1", "art=%00", "%00=1", ";;"])
queries = st.lists(st.one_of(pairs, pairs, pairs, rubbish, broken), max_size=8).map("&".join)


@pytest.fixture
def listings(settings, tmp_path):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    nassau = Place.objects.create(name="Nassau", slug="nassau", kind="stadt", latitude=50.314, longitude=7.8)
    Topic.objects.create(slug="krabbeln", name="Krabbeln")
    kita = builders.provider("kita-nassau", town="Nassau", municipality=nassau, latitude=50.314, longitude=7.8)
    builders.offer(kita, "krabbelgruppe", title="Krabbelgruppe", kind="gruppe", schedules=[builders.weekly()])
    builders.offer(kita, "beratung", title="Beratung", kind="beratung")
    outbox.drain()
    return get_engine()


@pytest.fixture
def ask(listings):
    """Asks as a browser does; an exception in the page is one in the test."""
    client = Client()

    def get(path, query):
        # The test client takes the query as it is: nothing is put in order on the way.
        return client.generic("GET", path, QUERY_STRING=query)

    return get


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


@bad
@given(query=queries)
@example(query="q=%ED%A0%80&art=gruppe")
@example(query=f"q={'a' * 10_000}&art=gruppe")
@example(query="&".join(f"art={number}" for number in range(900)))
def test_the_search_page_answers_with_its_form(ask, query):
    response = ask("/suche/", query)
    assert response.status_code == 200
    assert page_of(response).select_one("form#suchformular #q")


@bad
@given(query=queries)
def test_the_changing_part_answers_with_an_address_of_this_site(ask, query):
    client = Client(headers={"HX-Request": "true"})
    response = client.generic("GET", "/suche/", QUERY_STRING=query)
    assert response.status_code == 200
    address = response["HX-Push-Url"]
    assert address.isascii()
    assert address.partition("?")[0] == "/suche/"
    # The address it names gives the same hits and has nothing broken in it.
    again = ask("/suche/", address.partition("?")[2])
    assert keys(again) == keys(response)
    assert "Wir haben ohne diese Angabe gesucht" not in again.content.decode()


@bad
@given(query=queries)
def test_the_interface_answers_json(ask, query):
    response = ask("/api/v1/search", query)
    assert response.status_code == 200
    assert {"total", "understood", "results", "hints"} <= json.loads(response.content).keys()


@bad
@given(query=queries)
def test_the_map_answers_geojson(ask, query):
    response = ask("/suche/karte.geojson", query)
    assert response.status_code == 200
    assert json.loads(response.content)["type"] == "FeatureCollection"


@bad
@given(query=queries)
@example(query="q=kra&limit=kaputt")
@example(query="q=kra&limit=-5")
def test_suggestions_answer_a_list(ask, query):
    response = ask("/api/v1/suggest", query)
    # A limit that is no number is a program's fault, and programs are told.
    assert response.status_code == 200 or ("limit" in query and response.status_code == 400)
    assert response.status_code == 400 or isinstance(json.loads(response.content), list)


@pytest.mark.parametrize("path", ["/suche/", "/suche/karte.geojson", "/api/v1/search", "/api/v1/suggest"])
def test_every_known_trick_is_survived_by_every_parameter(ask, path):
    """Chance meets a parameter and the one value that breaks it too rarely."""
    names = [name for name in NAMES if name != "limit"]
    for value in NASTY:
        response = ask(path, "&".join(f"{name}={encoded(value)}" for name in names))
        assert response.status_code == 200, value


@bad
@given(name=st.sampled_from([name for name in ORDER if name not in ("art", "seite")]), value=values)
@example(name="q", value="title:x AND (")
@example(name="ort", value="\ud800")
@example(name="umkreis", value="1e999")
def test_a_good_condition_holds_whatever_stands_beside_it(ask, name, value):
    response = ask("/suche/", f"{name}={encoded(value)}&art=gruppe")
    assert response.status_code == 200
    page = page_of(response)
    assert page.select_one("input[name=art][value=gruppe]").has_attr("checked")
    assert set(keys(response)) <= {"krabbelgruppe"}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("alter=sechs", "„sechs“"),
        ("alter=-1", "„-1“"),
        ("umkreis=weit", "„weit“"),
        ("umkreis=NaN", "„NaN“"),
        ("lat=NaN&lon=7", "„NaN“"),
        ("lat=50.3", "lat"),
        ("von=31.02.2026", "„31.02.2026“"),
        ("zeit=mittags", "„mittags“"),
        ("tag=feiertag", "„feiertag“"),
        ("art=zirkus", "„zirkus“"),
        ("thema=<b>", "„<b>“"),
        ("sprache=klingonisch", "„klingonisch“"),
        ("form=brieftaube", "„brieftaube“"),
        ("anbieter=../x", "„../x“"),
        ("kostenfrei=vielleicht", "„vielleicht“"),
        ("sortierung=zufall", "„zufall“"),
        ("seite=minus", "„minus“"),
        ("seite=0", "„0“"),
        ("ort=Atlantis", "„Atlantis“"),
        (urlencode({"q": "krabbelgruppe " * 1000}), "sehr lang"),
    ],
)
def test_what_was_left_out_is_named_in_sight_and_the_rest_is_found(ask, query, shown):
    response = ask("/suche/", f"{query}&art=gruppe")
    page = page_of(response)
    assert shown in page.select_one(".notice").get_text()
    assert keys(response) == ["krabbelgruppe"]
    assert page.select_one("input[name=art][value=gruppe]").has_attr("checked")


@pytest.mark.parametrize("number", ["2", "500", "501", "99999999999999999999", "1.5", "zwei"])
def test_a_page_that_does_not_exist_leads_to_one_that_does(ask, number):
    response = ask("/suche/", f"art=gruppe&seite={number}")
    assert response.status_code == 200
    page = page_of(response)
    # Either it says that there are not so many pages, or it shows the first and says why.
    way_back = page.select_one(".empty a")
    assert (way_back and way_back["href"] == "/suche/?art=gruppe") or (keys(response) == ["krabbelgruppe"] and number in page.text)


@pytest.mark.parametrize("query", ["bbox=1,2", "bbox=a,b,c,d", "bbox=8,51,7,50", "bbox=NaN,0,1,1", "zoom=-3", "zoom=99999", "bbox=&zoom="])
def test_a_broken_window_of_the_map_is_the_whole_world(ask, query):
    features = json.loads(ask("/suche/karte.geojson", query).content)["features"]
    assert sum(each["properties"]["count"] for each in features) == 2


def test_repeated_parameters_of_one_value_are_one_value(ask):
    response = ask("/suche/", "q=unsinn&q=Krabbelgruppe&alter=x&alter=12&art=gruppe&art=gruppe&seite=2&seite=1")
    assert keys(response) == ["krabbelgruppe"]


def test_other_addresses_take_rubbish_too(ask):
    for path in ("/", "/presse/", "/themen/", "/themen/krabbeln/", "/orte/nassau/", "/anbieter/", "/readyz"):
        for query in ("seite=%ff", "jahr=%00", "q=%ED%A0%80", "=", "%"):
            assert ask(path, query).status_code in (200, 404), (path, query)


def keys(response):
    return [card["data-offer-key"] for card in page_of(response).select("[data-offer-key]")]
