"""The open interface: the same answers as the pages, as JSON, described by itself."""

from datetime import datetime

import pytest
from django.core.cache import cache

from offers.models import Topic
from places.models import Place
from search import outbox
from search.engines import get_engine
from tests.offers import builders

pytestmark = pytest.mark.django_db

BAD_EMS, NASSAU = (50.3347, 7.7136), (50.314, 7.8)


@pytest.fixture(autouse=True)
def listings(settings, tmp_path):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    cache.clear()
    topic = Topic.objects.create(slug="krabbeln", name="Krabbeln")
    for name, (latitude, longitude) in {"Nassau": NASSAU, "Bad Ems": BAD_EMS}.items():
        slug = name.lower().replace(" ", "-")
        place = Place.objects.create(name=name, slug=slug, kind="stadt", latitude=latitude, longitude=longitude)
        kita = builders.provider(
            f"kita-{slug}", title=f"Kita {name}", town=name, municipality=place, latitude=latitude, longitude=longitude
        )
        group = builders.offer(
            kita, f"krabbelgruppe-{slug}", title="Krabbelgruppe", schedules=[builders.weekly()], min_age_months=6, max_age_months=12
        )
        group.topics.add(topic)
        group.save()
        builders.offer(kita, f"beratung-{slug}", title="Beratung", kind="beratung")
    outbox.drain()
    return get_engine()


def get(client, query=""):
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 200
    return response.json()


def test_an_answer_has_what_the_contract_says(client):
    answer = get(
        client, "q=Krabbelgruppe&ort=Nassau&umkreis=20&alter=8&tag=mi&zeit=vormittag&art=gruppe&thema=krabbeln&sortierung=entfernung"
    )
    assert (answer["total"], answer["page"], answer["pages"]) == (2, 1, 1)
    understood = answer["understood"]
    assert (understood["text"], understood["place"], understood["radius_km"]) == ("Krabbelgruppe", "Nassau", 20)
    assert (understood["age_months"], understood["days"], understood["time"]) == (8, ["mi"], "vormittag")
    near, far = answer["results"]
    assert (near["key"], near["title"], near["kind"]) == ("krabbelgruppe-nassau", "Krabbelgruppe", "gruppe")
    assert (near["provider"], near["town"], near["lat"], near["lon"]) == ("Kita Nassau", "Nassau", *NASSAU)
    assert near["url"] == "http://testserver/anbieter/kita-nassau/krabbelgruppe-nassau/"
    assert near["distance_km"] == 0
    assert far["distance_km"] == pytest.approx(6.6, abs=0.2)
    assert datetime.fromisoformat(near["next_date"]).utcoffset() is not None
    assert set(near) == {
        "key", "title", "url", "kind", "summary", "provider", "town", "lat", "lon", "distance_km", "next_date", "score",
    }  # fmt: skip


def test_every_facet_value_has_its_word_and_the_number_that_choosing_it_gives(client):
    for value in get(client)["facets"]["kind"]:
        assert value["label"]
        assert get(client, f"art={value['value']}")["total"] == value["count"] == 2


def test_the_interface_finds_what_the_page_finds(client):
    for query in ("", "q=Beratung", "ort=Nassau&umkreis=2", "art=gruppe&ort=Bad+Ems&sortierung=entfernung", "q=nichtsda"):
        page = client.get(f"/suche/?{query}").content.decode()
        keys = [each["key"] for each in get(client, query)["results"]]
        places = [page.index(f'data-offer-key="{key}"') for key in keys]
        assert places == sorted(places)
        assert page.count("data-offer-key=") == len(keys)


@pytest.mark.parametrize(("asked", "given"), [("1", 1), ("3", 3), ("100", 4), ("1000", 4), ("0", 1), ("-1", 4), ("viele", 4), ("", 4)])
def test_page_size_goes_from_one_to_a_hundred(client, asked, given):
    assert len(get(client, f"page_size={asked}")["results"]) == given


def test_pages_share_nothing_and_leave_nothing_out(client):
    pages = [get(client, f"page_size=1&seite={number}") for number in (1, 2, 3, 4)]
    assert {page["pages"] for page in pages} == {4}
    assert len({page["results"][0]["key"] for page in pages}) == 4
    beyond = get(client, "page_size=1&seite=5")
    assert (beyond["results"], beyond["total"]) == ([], 4)


def test_broken_values_are_named_and_the_rest_holds(client):
    answer = get(client, "art=gruppe&alter=sechs&lat=NaN&lon=7")
    assert answer["total"] == 2
    assert len(answer["hints"]) == 2
    assert "sechs" in answer["hints"][0] + answer["hints"][1]


def test_a_misspelt_word_gets_a_suggestion_that_finds_something(client):
    answer = get(client, "q=Krabelgrupe")
    assert answer["total"] or get(client, f"q={answer['suggestion']}")["total"]


def test_suggestions_name_topics_offers_and_places(client):
    found = client.get("/api/v1/suggest?q=kra").json()
    assert [(each["type"], each["label"]) for each in found[:2]] == [("topic", "Krabbeln"), ("offer", "Krabbelgruppe")]
    (place,) = [each for each in client.get("/api/v1/suggest?q=nas").json() if each["type"] == "place"]
    assert (place["value"], place["label"]) == ("Nassau", "Nassau")


@pytest.mark.parametrize("prefix", ["", " ", "%00", "zzzzzz"])
def test_nothing_typed_or_nothing_known_suggests_nothing(client, prefix):
    assert client.get(f"/api/v1/suggest?q={prefix}").json() == []


def test_it_describes_itself_for_programs_and_for_people(client):
    described = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/search", "/api/v1/suggest"} <= described["paths"].keys()
    names = {each["name"] for each in described["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert {"q", "ort", "umkreis", "lat", "lon", "art", "thema", "alter", "tag", "seite", "page_size"} <= names
    page = client.get("/api/")
    assert page.status_code == 200
    assert "/api/v1/openapi.json" in page.content.decode()


def test_without_an_index_the_database_answers_and_json_says_so(client, listings):
    assert client.get("/api/v1/search?q=krabbel").json()["limited"] is False
    (listings.storage.root / "current").write_text("damaged")
    answer = client.get("/api/v1/search?q=krabbel&page_size=1").json()
    assert answer["limited"] is True
    assert len(answer["results"]) == 1
    assert [each["type"] for each in client.get("/api/v1/suggest?q=kra").json()].count("offer")


def test_nobody_writes_through_it(client):
    assert client.post("/api/v1/search", {"q": "x"}).status_code == 405
