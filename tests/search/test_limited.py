"""Search from the database: the same conditions as an index, plain words, and never too many listings at once."""

from dataclasses import replace
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from offers.models import OfferPage, Setback, SetbackKind, Topic
from places.models import Place
from search.contract import Box, Circle
from search.documents import documents
from search.engines.embedded import EmbeddedEngine
from search.limited import DatabaseSearch, candidates
from tests.offers import builders
from tests.search.builders import BAD_EMS, DIEZ, KOBLENZ, NASSAU, random_request

pytestmark = pytest.mark.django_db

TOWNS = {"bad-ems": BAD_EMS, "nassau": NASSAU, "diez": DIEZ, "koblenz": KOBLENZ}


@pytest.fixture
def listings():
    """A provider a town, and offers of all kinds under each; some in online form, some at a place of their own, some without any."""
    random = Random(4)
    topics = [Topic.objects.create(slug=slug, name=slug.title()) for slug in ("krabbeln", "stillen", "trauer", "musik")]
    for slug, (latitude, longitude) in TOWNS.items():
        town = Place.objects.create(name=slug.title(), slug=slug, kind="stadt", latitude=latitude, longitude=longitude)
        point = {"latitude": latitude, "longitude": longitude} if slug != "diez" else {}
        kita = builders.provider(f"provider-{slug}", title=f"Kita {slug.title()}", town=town.name, municipality=town, **point)
        for number in range(9):
            page = builders.offer(
                kita,
                f"{slug}-{number}",
                title=random.choice(("Krabbelgruppe", "Stillcafé", "Trauergruppen", "Frühstück für Familien")),
                kind=random.choice(("gruppe", "beratung", "kurs")),
                form=random.choice(("vor_ort", "vor_ort", "online", "telefon")),
                venue=random.choice(("anbieter", "anbieter", "keiner")),
                cost=random.choice(("kostenfrei", "betrag")),
                registration=random.choice(("keine", "erforderlich")),
                languages=random.choice((["de"], ["de", "tr"], ["en"])),
                accessibility=random.choice(([], ["rollstuhl"])),
                min_age_months=random.choice((None, 6)),
                max_age_months=random.choice((None, 24)),
                schedules=[builders.weekly(random.randrange(7))] if random.random() < 0.7 else [],
            )
            page.topics.set(random.sample(topics, random.choice((0, 1, 2))))
            page.save()


def keys(response):
    return [hit.card.key for hit in response.hits]


def test_conditions_hold_and_count_as_they_do_in_an_index(listings, tmp_path):
    index, database = EmbeddedEngine(tmp_path / "index"), DatabaseSearch()
    index.rebuild(documents())
    for seed in range(40):
        random = Random(seed)
        request = random_request(random, now=timezone.localtime(), page=random.choice((1, 2)), page_size=random.choice((5, 100)))
        request = replace(request, sort=random.choice(("relevanz", "entfernung", "datum")), provider=request.provider and "provider-diez")
        expected, found = index.search(request), database.search(request)
        assert keys(found) == keys(expected), request
        assert (found.total, found.pages, found.facets) == (expected.total, expected.pages, expected.facets)
        assert [hit.distance_km for hit in found.hits] == [hit.distance_km for hit in expected.hits]
        assert database.count(request) == expected.total
        assert found.limited
        assert not expected.limited
        box = Box(49.0, 6.0, 52.0, 9.0)
        assert sum(each.count for each in database.clusters(request, box, 9)) == sum(each.count for each in index.clusters(request, box, 9))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Krabbelgruppen", {"Krabbelgruppe"}),
        ("trauergruppe", {"Trauergruppen"}),
        ("wo ist ein Stillcafé?", {"Stillcafé"}),
        ("Frühstück Familie", {"Frühstück für Familien"}),
        ("Stillcafé Trompete", {"Stillcafé"}),
        ("Kuchenpause", set()),
        ("'; DROP TABLE --", set()),
    ],
)
def test_plain_words_find_what_is_written_so(listings, text, titles):
    found = DatabaseSearch().search(random_request(Random(1), text=text, now=timezone.localtime(), **NOTHING_ELSE))
    assert {hit.card.title for hit in found.hits} == titles
    assert all("<mark>" in hit.title_marked for hit in found.hits)


NOTHING_ELSE = {
    "circle": None,
    "municipality": "",
    "kinds": (),
    "topics": (),
    "age_months": None,
    "days": (),
    "time": "",
    "date_from": None,
    "date_to": None,
    "languages": (),
    "form": "",
    "free": False,
    "without_registration": False,
    "accessible": False,
    "provider": "",
    "page_size": 100,
}


def test_of_too_many_listings_those_around_the_middle_are_read_in_as_many_queries_as_of_few(listings, monkeypatch):
    request = random_request(Random(1), now=timezone.localtime(), **{**NOTHING_ELSE, "circle": Circle(*NASSAU, 100.0)})
    with CaptureQueriesContext(connection) as all_of_them:
        assert DatabaseSearch().search(request).total > 25
    monkeypatch.setattr(candidates, "MOST", 12)
    with CaptureQueriesContext(connection) as some:
        found = DatabaseSearch().search(request)
    assert 0 < found.total <= 12
    assert "Nassau" in {hit.card.town for hit in found.hits}
    assert len(some) <= len(all_of_them) + 12


@pytest.mark.parametrize(("text", "circle"), [("Malen", None), ("", None), ("", Circle(*NASSAU, 100.0)), ("Malen", Circle(*NASSAU, 100.0))])
@pytest.mark.parametrize("sort", ["relevanz", "entfernung", "datum"])
def test_what_nobody_has_confirmed_stands_behind_its_like(text, circle, sort):
    kita = builders.provider("kita", latitude=NASSAU[0], longitude=NASSAU[1])
    for number in range(4):
        builders.offer(kita, f"malen-{number}", title="Malen", schedules=[builders.weekly(2)])
    best = builders.offer(kita, "besser", title="Malen, Malen", schedules=[builders.weekly(2)])
    OfferPage.objects.filter(pk=best.pk).update(summary="Malen für alle")
    for key in ("malen-0", "malen-2", "besser"):
        Setback.objects.create(offer=OfferPage.objects.get(key=key), kind=SetbackKind.LOWERED, since=timezone.localdate())
    request = random_request(Random(1), **{**NOTHING_ELSE, "text": text, "circle": circle, "sort": sort, "now": timezone.localtime()})
    found = keys(DatabaseSearch().search(replace(request, page=1)))
    if text and (sort == "relevanz" or (sort == "entfernung" and circle is None)):
        # Only behind its like: what fits better stays before what fits less.
        assert found == ["besser", "malen-1", "malen-3", "malen-0", "malen-2"]
    else:
        assert found == ["malen-1", "malen-3", "malen-0", "malen-2", "besser"]


def test_a_beginning_completes_to_titles(listings):
    found = DatabaseSearch().complete("krab", 3)
    assert [card.title for card in found] == ["Krabbelgruppe"] * 3
    assert DatabaseSearch().complete("famil", 3)[0].title == "Frühstück für Familien"
