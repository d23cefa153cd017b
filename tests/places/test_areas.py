"""What an area knows of itself, and the facts it is made from."""

from itertools import pairwise
from math import cos, hypot, radians

import pytest

from places.geometry import kilometres
from places.kinds import MUNICIPALITIES


@pytest.mark.parametrize(
    ("text", "label", "detail", "municipalities"),
    [
        ("Diez", "Diez", "Stadt, VG Diez", 1),
        ("Bad Ems", "Bad Ems", "Stadt, VG Bad Ems-Nassau", 1),
        ("Lahnstein", "Lahnstein", "Stadt, Rhein-Lahn-Kreis", 1),
        ("Oberlahnstein", "Oberlahnstein", "Ortsteil von Lahnstein", 1),
        ("VG Diez", "Verbandsgemeinde Diez", "Verbandsgemeinde mit 23 Orten", 23),
        ("Rhein-Lahn-Kreis", "Rhein-Lahn-Kreis", "Landkreis mit 137 Orten", 137),
        ("56357", "56357 (Miehlen und 32 weitere Orte)", "Postleitzahl", 33),
        ("56340", "56340 (Osterspai und Dachsenhausen)", "Postleitzahl", 2),
        ("56112", "56112 Lahnstein", "Postleitzahl", 1),
        ("56337", "56337 (Eitelborn und Arzbach)", "Postleitzahl", 1),
        ("10115", "10115 Berlin", "Postleitzahl außerhalb des Kreises", 0),
        ("Koblenz", "Koblenz", "Ort außerhalb des Kreises", 0),
    ],
)
def test_an_area_says_what_it_is(gazetteer, text, label, detail, municipalities):
    area = gazetteer.resolve(text).found

    assert (area.label, area.detail, len(area.municipality_ids)) == (label, detail, municipalities)
    assert area.outside == (municipalities == 0)


def test_an_ortsteil_belongs_to_its_municipality(gazetteer):
    lahnstein = gazetteer.resolve("Lahnstein").found

    assert gazetteer.resolve("Oberlahnstein").found.municipality_id == lahnstein.municipality_id == lahnstein.place_id
    assert gazetteer.resolve("VG Diez").found.municipality_id is None
    assert gazetteer.resolve("56112 Oberlahnstein").municipality_id == lahnstein.place_id


def test_every_municipality_of_an_area_lies_within_its_extent(gazetteer, files):
    points = {
        gazetteer.resolve(fact.name).found.place_id: (fact.latitude, fact.longitude) for fact in files.places if fact.kind in MUNICIPALITIES
    }
    codes = {code for fact in files.places for code in fact.postcodes}
    for text in ("Rhein-Lahn-Kreis", *(fact.shown for fact in files.places if fact.kind == "verbandsgemeinde"), *codes):
        area = gazetteer.resolve(text).found
        distances = [kilometres(area.point, points[each]) for each in area.municipality_ids]
        assert max(distances) <= area.extent_km < max(distances) + 0.1 + 1e-9


def test_distances_are_those_of_the_sphere():
    assert kilometres((50.0, 7.0), (51.0, 7.0)) == pytest.approx(111.195, abs=0.001)
    assert kilometres((50.0, 7.0), (50.0, 7.0)) == 0
    flat = hypot(0.05 * 111.195, 0.05 * 111.195 * cos(radians(50.325)))
    assert kilometres((50.3, 7.6), (50.35, 7.65)) == pytest.approx(flat, abs=0.01)
    assert kilometres((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20015.1, abs=0.1)


def test_every_outline_contains_the_point_of_its_municipality(files):
    with_outline = [fact for fact in files.places if fact.kind in MUNICIPALITIES and fact.code in files.boundaries]
    assert len(with_outline) == 137
    for fact in with_outline:
        assert contains(files.boundaries[fact.code], fact.longitude, fact.latitude), fact.name


def test_no_outline_contains_the_point_of_another_municipality(files):
    municipalities = [fact for fact in files.places if fact.kind in MUNICIPALITIES]
    for fact in municipalities:
        around = [other.name for other in municipalities if contains(files.boundaries[other.code], fact.longitude, fact.latitude)]
        assert around == [fact.name]


def test_every_verbandsgemeinde_and_the_district_have_an_outline(files):
    wide = [fact for fact in files.places if fact.kind in {"verbandsgemeinde", "landkreis"}]
    assert len(wide) == 6
    assert all(fact.code in files.boundaries for fact in wide)


def contains(geometry, x, y):
    """Ray casting: a ray from the point crosses the rings of an area an odd number of times."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    crossings = 0
    for ring in (ring for polygon in polygons for ring in polygon):
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossings += 1
    return crossings % 2 == 1
