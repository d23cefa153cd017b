"""The base map: what it sends, how long it stays, and what it costs."""

import gzip
import json

import pytest
from django.core.cache import cache
from django.urls import reverse

from places import layers, outlines
from places.loading import load
from places.models import Boundary, Place, PlaceKind
from places.templatetags.map_tags import map_layer_url

SQUARE = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
BESIDE = [[1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [1.0, 1.0], [1.0, 0.0]]
BOTH = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]


def area(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


@pytest.fixture(autouse=True)
def _versions_of_this_test_alone():
    cache.delete(layers.VERSION_KEY)
    yield
    cache.delete(layers.VERSION_KEY)


@pytest.fixture
def district(db, files):
    """The whole district, as its files have it."""
    load(files)


@pytest.fixture
def two_towns(db, settings, tmp_path):
    """A district of two towns, each a unit of its own, with no files of what lies around."""
    settings.PLACES_FOLDER = tmp_path
    district = Place.objects.create(name="Kreis", slug="kreis", kind=PlaceKind.DISTRICT)
    west = Place.objects.create(name="West", slug="west", kind=PlaceKind.TOWN, parent=district, latitude=0.5, longitude=0.5)
    east = Place.objects.create(name="Ost", slug="ost", kind=PlaceKind.TOWN, parent=district, latitude=0.5, longitude=1.5)
    for place, ring in ((district, BOTH), (west, SQUARE), (east, BESIDE)):
        Boundary.objects.create(place=place, geometry=area(ring))


def features(client, name, layer):
    collection = json.loads(client.get(reverse("map_layer", args=[name])).content)
    return [each for each in collection["features"] if each["properties"]["layer"] == layer]


def test_the_first_view_needs_less_than_60_kilobytes(client, district):
    sent = [client.get(reverse("map_layer", args=[name])).content for name in ("basis", "gemeinden")]
    assert sum(len(gzip.compress(content)) for content in sent) < 60_000
    assert len(gzip.compress(sent[0])) < 30_000


def test_the_map_names_every_municipality_and_its_rivers(client, district):
    names = {each["properties"]["name"] for each in features(client, "basis", "label")}
    assert set(Place.objects.municipalities().values_list("name", flat=True)) <= names
    assert {each["properties"]["name"] for each in features(client, "basis", "river")} == {"Rhein", "Lahn"}


def test_every_source_is_named_once(client, district):
    thanks = client.get(reverse("map_layer", args=["basis"])).json()["attribution"]
    assert sorted(thanks) == sorted(set(thanks))
    for source in ("GeoBasis-DE / BKG 2017 (Daten verändert)", "GeoNames, CC BY 4.0", "Deutsche Bahn, CC BY 4.0"):
        assert any(source in each for each in thanks)


def test_a_border_between_two_units_is_drawn_once_and_not_again_as_outline_or_municipality(client, two_towns):
    (border,) = features(client, "basis", "association")
    assert border["geometry"]["coordinates"] == [[[1.0, 0.0], [1.0, 1.0]]]
    assert features(client, "gemeinden", "municipality") == []


def test_a_district_without_files_of_its_surroundings_has_a_map_too(client, two_towns):
    (outline,) = features(client, "basis", "outline")
    assert len(outline["geometry"]["coordinates"][0][0]) == 7
    assert [each["properties"]["name"] for each in features(client, "basis", "label")] == ["Ost", "West"]
    assert features(client, "basis", "river") == []


def test_browsers_keep_a_layer_for_good_at_its_version_only(client, two_towns):
    assert "immutable" in client.get(map_layer_url("basis"))["Cache-Control"]
    assert client.get(reverse("map_layer", args=["basis"]), {"v": "old"})["Cache-Control"] == "public, max-age=300"


def test_a_layer_that_has_not_changed_is_not_sent_again(client, two_towns):
    etag = client.get(map_layer_url("basis"))["ETag"]
    assert client.get(map_layer_url("basis"), headers={"if-none-match": etag}).status_code == 304


def test_a_renamed_place_shows_under_a_new_address(client, two_towns):
    before = map_layer_url("basis")
    place = Place.objects.get(slug="west")
    place.name = "Neuwest"
    place.save()
    cache.delete(layers.VERSION_KEY)  # the minute is over
    assert map_layer_url("basis") != before
    assert "Neuwest" in {each["properties"]["name"] for each in features(client, "basis", "label")}


def test_a_warm_layer_asks_the_database_nothing(client, two_towns, django_assert_num_queries):
    client.get(map_layer_url("basis"))
    with django_assert_num_queries(0):
        assert client.get(map_layer_url("basis")).status_code == 200


def test_a_layer_that_does_not_exist_is_not_found(client, db):
    assert client.get("/karte/strassen.geojson").status_code == 404


@pytest.mark.parametrize("question", ["56377 Aue", "Aue", "an der Lahn " * 500, "\x00", ""])
def test_the_position_of_a_place_answers_whatever_is_asked(client, small_district, question):
    answer = client.get(reverse("map_place"), {"q": question})
    assert answer.status_code == 200
    assert set(answer.json()) in ({"found"}, {"found", "label", "lat", "lon"})


def test_the_position_of_a_town_is_its_middle(client, small_district):
    found = client.get(reverse("map_place"), {"q": "Hof"}).json()
    assert (found["found"], found["lat"], found["lon"]) == (True, 50.30, 7.85)


def test_lines_end_at_junctions_and_rings_close():
    shared = outlines.segments([area(SQUARE), area(BESIDE)])
    assert sorted(len(line) for line in outlines.join(shared)) == [2, 4, 4]
    (ring,) = outlines.join(outlines.segments([area(SQUARE)]))
    assert ring[0] == ring[-1]
    assert len(ring) == 5


def test_the_edge_of_a_cut_data_set_is_no_border():
    inside = [[0.2, 0.2], [0.8, 0.2], [0.5, 0.8], [0.2, 0.2]]
    assert outlines.without_frame(outlines.segments([area(SQUARE), area(inside)]), 0.01) == outlines.segments([area(inside)])


def test_a_name_stands_inside_of_a_bent_area():
    bent = [[0, 0], [3, 0], [3, 3], [2, 3], [2, 1], [0, 1], [0, 0]]
    x, y = outlines.middle(area(bent))
    assert (0 < x < 3 and 0 < y < 1) or (2 < x < 3 and 0 < y < 3)


def test_a_smoothed_course_keeps_its_ends_and_loses_its_corner():
    smooth = outlines.smooth([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)], 0.01)
    assert (smooth[0], smooth[-1]) == ((0.0, 0.0), (1.0, 1.0))
    assert (1.0, 0.0) not in smooth
