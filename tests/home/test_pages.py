"""The front door and the pages of text."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from wagtail.models import Site

from home.models import DistrictSettings, HomePage, StandardPage
from offers.models import Topic
from search import outbox
from tests.offers import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"


@pytest.fixture
def laid():
    """What `create_site` lays."""
    call_command("create_site", verbosity=0)
    return HomePage.objects.get()


def soup(client, path="/"):
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_front_door_asks_the_two_questions_and_leads_to_the_search(client, laid):
    form = soup(client).select_one("form[role=search]")
    assert (form["action"], form["method"]) == ("/suche/", "get")
    for name in ("q", "ort"):
        field = form.find(attrs={"name": name})
        assert form.find("label", attrs={"for": field["id"]}).get_text(strip=True)


def test_each_example_searches_for_itself(client, laid):
    laid.examples = "Krabbelgruppe, Hilfe bei Anträgen ,,"
    laid.save()
    links = soup(client).select(".hero__examples a")
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("Krabbelgruppe", "/suche/?q=Krabbelgruppe"),
        ("Hilfe bei Anträgen", "/suche/?q=Hilfe+bei+Antr%C3%A4gen"),
    ]


def test_nine_topics_at_most_in_their_order_and_only_those_with_a_place(client, laid):
    slugs = ("krabbeln", "stillen", "schlafen")
    for place, slug in enumerate(slugs, start=1):
        Topic.objects.create(slug=slug, name=slug.title(), featured=4 - place if slug != "schlafen" else None)
    found = [link["href"] for link in soup(client).select("a.topic")]
    assert found == ["/themen/stillen/", "/themen/krabbeln/"]


def test_what_is_on_this_week_stands_on_the_front_door(client, laid):
    kita = builders.provider()
    builders.offer(kita, "jede-woche", schedules=[builders.weekly()])
    builders.offer(kita, "nach-absprache", kind="beratung")
    outbox.drain()
    keys = [card["data-offer-key"] for card in soup(client).select("[data-offer-key]")]
    assert keys == ["jede-woche"]


def test_an_empty_site_has_a_front_door_without_empty_sections(client, laid):
    headings = [each.get_text() for each in soup(client).main.find_all("h2")]
    assert headings == ["Sie arbeiten in einer Kita?"]


def test_every_link_of_header_and_footer_leads_somewhere(client, laid):
    builders.provider_index()
    call_command("create_newsroom", verbosity=0)
    page = soup(client)
    links = {link["href"] for part in (page.header, page.footer) for link in part.find_all("a")}
    assert {"/", "/suche/", "/themen/", "/orte/", "/presse/", "/impressum/", "/datenschutz/", "/barrierefreiheit/"} <= links
    for path in links - {"/admin/"}:
        assert client.get(path).status_code == 200, path
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/konto/login/")


def test_laying_the_site_again_changes_nothing(client, laid):
    laid.headline = "Schön, dass Sie da sind."
    laid.save()
    StandardPage.objects.get(slug="impressum").delete()
    call_command("create_site", verbosity=0)
    assert HomePage.objects.get().headline == "Schön, dass Sie da sind."
    assert StandardPage.objects.filter(slug="impressum").count() == 1


def test_the_name_of_the_district_comes_from_the_settings(client, laid):
    district = DistrictSettings.for_site(Site.objects.get(is_default_site=True))
    district.site_title, district.phone, district.email = "Familien im Lahntal", "02603 123", "hallo@example.org"
    district.save()
    page = soup(client, "/impressum/")
    assert page.title.get_text().endswith("– Familien im Lahntal")
    assert "Familien im Lahntal" in page.header.get_text()
    assert page.footer.select_one("a[href='tel:02603123']")
    assert page.footer.select_one("a[href='mailto:hallo@example.org']")


def test_a_page_of_text_shows_its_text_and_the_way_back(client, laid):
    page = soup(client, "/barrierefreiheit/")
    assert page.h1.get_text() == StandardPage.objects.get(slug="barrierefreiheit").title
    assert page.select_one("nav.breadcrumbs a")["href"] == "/"
    assert page.find("meta", {"name": "description"})["content"]


def test_a_missing_page_and_a_draft_say_so_in_the_house_style(client, laid):
    laid.add_child(instance=StandardPage(title="Geheim", slug="geheim", live=False))
    for path in ("/gibt-es-nicht/", "/geheim/"):
        response = client.get(path)
        assert response.status_code == 404
        page = BeautifulSoup(response.content, "html.parser")
        assert page.h1
        assert page.main.select("a[href='/suche/'], form[action='/suche/']")
        assert "Geheim" not in page.get_text()
