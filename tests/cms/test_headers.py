"""What every answer tells the browser: load ours alone, run nothing that stands in the page, tell nobody."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command

from cms.models import User
from offers.models import Topic
from places.models import Place
from search import outbox
from tests.offers import builders

pytestmark = pytest.mark.django_db

PATHS = (
    "/", "/suche/", "/suche/?q=Krabbelgruppe&ort=Nassau", "/suche/?q=nichts&art=kurs", "/anbieter/", "/anbieter/kita-nassau/",
    "/anbieter/kita-nassau/krabbelgruppe/", "/anbieter/kita-nassau/beratung/", "/presse/", "/presse/nr-176-2024-sozialraumbudget-workshop/",
    "/themen/", "/themen/krabbeln/", "/orte/", "/orte/nassau/", "/datenschutz/", "/api/", "/gibt-es-nicht/",
)  # fmt: skip


@pytest.fixture
def site(settings, tmp_path):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    call_command("create_site", verbosity=0)
    call_command("create_newsroom", demo=True, verbosity=0)
    Topic.objects.create(slug="krabbeln", name="Krabbeln", featured=1)
    place = Place.objects.create(name="Nassau", slug="nassau", kind="stadt", latitude=50.314, longitude=7.8)
    kita = builders.provider("kita-nassau", town="Nassau", municipality=place, latitude=50.314, longitude=7.8)
    builders.offer(kita, schedules=[builders.weekly()])
    builders.offer(kita, "beratung", kind="beratung", sensitive=True)
    outbox.drain()


def policy(response):
    """The directives of the answer's Content-Security-Policy."""
    parts = (each.split() for each in response["Content-Security-Policy"].split(";"))
    return {name: set(sources) for name, *sources in parts}


def test_a_public_page_runs_nothing_that_stands_in_it_and_loads_nothing_from_elsewhere(client, site):
    for path in PATHS:
        assert_strict(client.get(path))


def assert_strict(response):
    directives = policy(response)
    assert directives["default-src"] == {"'none'"}
    assert not [source for sources in directives.values() for source in sources if source.startswith(("'unsafe", "http", "*", "'strict"))]
    assert {"object-src", "base-uri", "frame-ancestors"} <= directives.keys()
    assert directives["frame-ancestors"] == directives["object-src"] == directives["base-uri"] == {"'none'"}

    page = BeautifulSoup(response.content, "html.parser")
    nonces = {source[7:-1] for source in directives["script-src"] if source.startswith("'nonce-")}
    for script in page.find_all("script"):
        assert script.get("nonce") in nonces
        assert script.get("src", "").startswith("/static/") or script["type"] == "application/ld+json"
    assert page.find_all("style") == []
    for element in page.find_all(True):
        assert "style" not in element.attrs
        assert [name for name in element.attrs if name.startswith("on")] == []
        assert not str(element.get("href", "")).strip().lower().startswith("javascript:")
    for element in page.find_all(src=True) + page.find_all("link", rel=["stylesheet", "icon", "preload", "apple-touch-icon"]):
        assert re.match(r"/(?!/)|qr\.svg", element.get("src") or element.get("href"))


def test_signing_in_is_as_strict(client, site):
    directives = policy(client.get("/konto/login/"))
    assert not [source for sources in directives.values() for source in sources if source.startswith(("'unsafe", "http", "*"))]
    assert directives["form-action"] == {"'self'"}


def test_a_nonce_is_used_once(client, site):
    first, second = (policy(client.get("/"))["script-src"] for _time in range(2))
    assert first != second


def test_every_answer_says_what_it_is_and_where_it_may_stand(client, site):
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    for path in ("/", "/suche/karte.geojson", "/api/v1/search", "/healthz", "/presse/feed.atom", "/konto/login/"):
        assert expected.items() <= dict(client.get(path).items()).items(), path


def test_a_public_page_sets_no_cookie(client, site):
    assert [path for path in PATHS if client.get(path).cookies] == []


def test_what_belongs_to_one_person_stays_in_no_cache(client, site):
    client.force_login(User.objects.create_superuser("kreis@example.org", "ein-langes-passwort"))
    for path in ("/konto/login/", "/admin/", "/konto/password/change/"):
        cache = client.get(path)["Cache-Control"]
        assert "no-store" in cache or "private" in cache, path


def test_the_editors_admin_may_do_more_and_still_loads_ours_alone(client, site):
    client.force_login(User.objects.create_superuser("kreis@example.org", "ein-langes-passwort"))
    directives = policy(client.get("/admin/"))
    assert directives["frame-ancestors"] == {"'self'"}
    assert not [source for sources in directives.values() for source in sources if source.startswith(("http", "*"))]


@pytest.mark.parametrize("path", ["/%00/", "/anbieter/%00", "/suche/%00?q=turnen"])
@pytest.mark.django_db
def test_an_address_that_no_database_can_read_is_not_found(client, path):
    assert client.get(path).status_code == 404
