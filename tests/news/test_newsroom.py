"""The newsroom: numbered releases, nothing before its time, an archive by year, a feed."""

from datetime import datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from news.models import NewsroomPage, PressReleasePage
from tests.offers import builders

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def newsroom():
    page = NewsroomPage(title="Presse", slug="presse", introduction="Was geschieht.", contact="Pressestelle\n02603 1")
    return builders.home_page().add_child(instance=page)


def release(newsroom, number, year=2024, **fields):
    filled = {
        "title": f"Meldung {number}/{year}",
        "slug": f"nr-{number}-{year}",
        "number": number,
        "year": year,
        "released_at": datetime(year, 6, 1, 12, tzinfo=BERLIN) + timedelta(hours=number),
        "lead": "Zwei Sätze. Nicht mehr.",
        "body": "<p>Text.</p>",
    }
    return newsroom.add_child(instance=PressReleasePage(**{**filled, **fields}))


def soup(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(response):
    return [each.get_text() for each in soup(response).select(".release h2")]


def feed(client):
    response = client.get("/presse/feed.atom")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def test_releases_stand_newest_first_with_number_and_day(client, newsroom):
    release(newsroom, 1)
    release(newsroom, 2)
    response = client.get("/presse/")
    assert titles(response) == ["Meldung 2/2024", "Meldung 1/2024"]
    assert soup(response).select_one(".release__meta").get_text() == "Nr. 2/2024 · 1. Juni 2024"


def test_nobody_sees_a_release_before_its_time(client, newsroom):
    until = timezone.now() + timedelta(minutes=1)
    secret = release(newsroom, 3, embargo_until=until)
    assert titles(client.get("/presse/")) == []
    assert client.get(secret.url).status_code == 404
    assert feed(client).findall(f"{ATOM}entry") == []
    assert secret.title not in client.get("/").content.decode()
    assert secret.title not in client.get("/sitemap.xml").content.decode()
    assert secret.url not in client.get("/sitemap.xml").content.decode()

    PressReleasePage.objects.filter(pk=secret.pk).update(embargo_until=timezone.now() - timedelta(seconds=1))
    assert titles(client.get("/presse/")) == [secret.title]
    assert client.get(secret.url).status_code == 200
    assert len(feed(client).findall(f"{ATOM}entry")) == 1
    assert secret.title in client.get("/").content.decode()
    assert secret.url in client.get("/sitemap.xml").content.decode()


def test_drafts_and_restricted_releases_stay_away_too(client, newsroom):
    draft = release(newsroom, 4, live=False)
    restricted = release(newsroom, 5)
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    assert titles(client.get("/presse/")) == []
    assert feed(client).findall(f"{ATOM}entry") == []
    assert client.get(draft.url).status_code == 404


def test_the_archive_goes_by_year(client, newsroom):
    release(newsroom, 1, 2023)
    release(newsroom, 1, 2024)
    response = client.get("/presse/?jahr=2023")
    assert titles(response) == ["Meldung 1/2023"]
    years = soup(response).select("nav[aria-label=Jahre] a")
    assert [year.get_text() for year in years] == ["Alle Jahre", "2024", "2023"]
    assert [year.get_text() for year in years if year.get("aria-current")] == ["2023"]


def test_pages_of_twenty_keep_the_year(client, newsroom):
    for number in range(1, 22):
        release(newsroom, number)
    first = client.get("/presse/?jahr=2024")
    assert len(titles(first)) == 20
    (older,) = soup(first).select("a[rel=next]")
    assert titles(client.get(f"/presse/{older['href']}")) == ["Meldung 1/2024"]


@pytest.mark.parametrize(
    "query",
    ["jahr=abc", "jahr=", "jahr=99999", "jahr=-1", "jahr=%D9%A3%D9%A3%D9%A3%D9%A3", "jahr=%00", "seite=abc", "seite=0", "seite=%ff"],
)
def test_a_broken_year_or_page_shows_the_newest(client, newsroom, query):
    release(newsroom, 1)
    assert titles(client.get(f"/presse/?{query}")) == ["Meldung 1/2024"]


@pytest.mark.parametrize("query", ["seite=999999999999999999999999", "seite=2"])
def test_a_page_beyond_the_last_is_the_last(client, newsroom, query):
    release(newsroom, 1)
    assert titles(client.get(f"/presse/?{query}")) == ["Meldung 1/2024"]


def test_a_year_without_releases_says_so_and_leads_back(client, newsroom):
    release(newsroom, 1)
    page = soup(client.get("/presse/?jahr=1999"))
    assert page.select(".release") == []
    assert page.select_one("nav[aria-label=Jahre] a[href='/presse/']")


def test_a_release_has_its_own_contact_or_the_newsrooms(client, newsroom):
    own = release(newsroom, 1, contact="Jugendamt")
    other = release(newsroom, 2)
    assert "Jugendamt" in soup(client.get(own.url)).aside.get_text()
    assert "Pressestelle" in soup(client.get(other.url)).aside.get_text()


def test_a_release_names_the_offers_it_speaks_of_while_they_are_there(client, newsroom):
    offer = builders.offer(builders.provider())
    page = release(newsroom, 1)
    page.offers.add(offer)
    page.save()
    assert soup(client.get(page.url)).select_one(f"article a[href='{offer.url}']")
    offer.unpublish()
    assert not soup(client.get(page.url)).select_one(f"article a[href='{offer.url}']")


def test_a_number_is_given_once_a_year(newsroom):
    release(newsroom, 1)
    release(newsroom, 1, 2025)
    with pytest.raises(ValidationError, match="schon vergeben"):
        release(newsroom, 1, slug="noch-eine")


def test_the_feed_has_the_newest_thirty_with_whole_addresses(client, newsroom):
    for number in range(1, 33):
        release(newsroom, number, title=f"A & B <{number}>")
    entries = feed(client).findall(f"{ATOM}entry")
    assert len(entries) == 30
    assert entries[0].find(f"{ATOM}title").text == "Nr. 32/2024: A & B <32>"
    assert entries[0].find(f"{ATOM}summary").text == "Zwei Sätze. Nicht mehr."
    assert entries[0].find(f"{ATOM}link").get("href").endswith("/presse/nr-32-2024/")
    assert entries[0].find(f"{ATOM}link").get("href").startswith("http")
    ids = {entry.find(f"{ATOM}id").text for entry in entries}
    assert len(ids) == 30


def test_the_newsroom_names_its_feed(client, newsroom):
    link = soup(client.get("/presse/")).find("link", type="application/atom+xml")
    assert client.get(link["href"]).status_code == 200


def test_an_empty_newsroom_is_a_page(client, newsroom):
    assert "bald die erste Meldung" in soup(client.get("/presse/")).main.get_text()
    assert feed(client).findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("path", ["/presse/", "/presse/feed.atom", "/"])
def test_queries_stay_the_same_with_more_releases(client, newsroom, path):
    def cost():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    for number in (1, 2):
        release(newsroom, number)
    few = cost()
    for number in range(3, 20):
        release(newsroom, number)
    assert cost() == few
