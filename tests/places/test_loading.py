"""Facts come into the database, and the staff keeps what it has written."""

import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from places.models import Boundary, Place, Postcode, SocialSpace
from tests.places.builders import replace_in, square

pytestmark = pytest.mark.django_db


def everything():
    links = Postcode.places.through.objects.order_by("postcode__code", "place__slug").values_list("postcode__code", "place__slug")
    return (
        list(Place.objects.order_by("pk").values()),
        list(Boundary.objects.order_by("pk").values()),
        list(Postcode.objects.order_by("pk").values()),
        list(links),
    )


def load(folder, capsys=None):
    call_command("load_places", folder=folder)
    return capsys.readouterr().out if capsys else ""


def test_the_whole_district_is_loaded_and_again_changes_nothing(capsys):
    load(settings.PLACES_FOLDER)
    counts = {kind: Place.objects.filter(kind=kind).count() for kind in Place.objects.values_list("kind", flat=True)}
    assert counts == {"landkreis": 1, "verbandsgemeinde": 5, "stadt": 9, "ortsgemeinde": 128, "ortsteil": 4, "nachbarort": 41}
    assert Postcode.objects.count() == 8309
    assert Postcode.objects.get(code="56357").places.count() == 33
    assert Boundary.objects.count() == 143
    assert Place.objects.get(slug="holzhausen-an-der-haide").parent.slug == "vg-nastaetten"
    before = everything()
    capsys.readouterr()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        said = load(settings.PLACES_FOLDER, capsys)

    assert everything() == before
    assert "nichts hat sich geändert" in said
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_what_the_staff_added_survives_new_official_facts(small_district, capsys):
    town = Place.objects.get(slug="aue")
    town.aliases += "\nAuental"
    town.latitude = 50.3333
    town.save()
    town.postcodes.add(Postcode.objects.get(code="56379"))
    quarter = Place.objects.create(name="Bergaue", slug="bergaue", kind="ortsteil", parent=town)
    space = SocialSpace.objects.create(name="Sozialraum Mitte")
    space.places.add(town, quarter)
    replace_in(small_district / "places.csv", "50.32,7.80,4000", "50.32,7.80,4321")

    load(small_district, capsys)

    town.refresh_from_db()
    assert town.population == 4321
    assert town.latitude == 50.3333
    assert town.aliases.splitlines() == ["Au an der Lahn", "Auental"]
    assert set(town.postcodes.values_list("code", flat=True)) == {"56377", "56379"}
    assert set(space.places.all()) == {town, quarter}


def test_a_new_official_fact_replaces_a_correction_and_says_so(small_district, capsys):
    Place.objects.filter(slug="hof").update(population=1100)
    replace_in(small_district / "places.csv", "50.30,7.85,1000", "50.30,7.85,1200")

    said = load(small_district, capsys)

    assert Place.objects.get(slug="hof").population == 1200
    assert "Hof, Einwohner: 1100 wird zu 1200." in said


def test_an_alias_that_the_staff_has_taken_away_does_not_come_back(small_district):
    Place.objects.filter(slug="aue").update(aliases="")
    replace_in(small_district / "places.csv", "50.32,7.80,4000", "50.32,7.80,4001")

    load(small_district)

    assert Place.objects.get(slug="aue").aliases == ""


def test_aliases_and_postcodes_follow_the_files_where_these_change(small_district):
    replace_in(small_district / "places.csv", "Au an der Lahn", "Auenstadt")
    replace_in(small_district / "places.csv", "56377|56379", "56379")

    load(small_district)

    assert Place.objects.get(slug="aue").aliases == "Auenstadt"
    assert list(Place.objects.get(slug="hof").postcodes.values_list("code", flat=True)) == ["56379"]


def test_a_renamed_municipality_keeps_its_address(small_district):
    replace_in(small_district / "places.csv", "Hof,ortsgemeinde", "Hof am Berg,ortsgemeinde")

    load(small_district)

    assert Place.objects.get(slug="hof").name == "Hof am Berg"
    assert Place.objects.count() == 7


def test_a_place_that_no_file_names_any_more_stays_and_is_named(small_district, capsys):
    replace_in(small_district / "places.csv", "Mühle,ortsteil,Neustadt,,56130,50.34,7.72,,\n", "")

    said = load(small_district, capsys)

    assert Place.objects.filter(name="Mühle").exists()
    assert "bleibt: Mühle" in said


def test_an_ortsteil_that_the_staff_had_entered_becomes_the_official_one(small_district):
    parent = Place.objects.get(slug="hof")
    Place.objects.create(name="Unterhof", slug="unterhof-hier", kind="ortsteil", parent=parent)
    replace_in(small_district / "places.csv", "Mühle,", "Unterhof,ortsteil,Hof,,56377,50.29,7.86,,\nMühle,")

    load(small_district)

    assert Place.objects.get(name="Unterhof").slug == "unterhof-hier"
    assert Place.objects.get(name="Unterhof").latitude == 50.29


def test_places_of_the_same_name_get_different_addresses(small_district):
    replace_in(small_district / "places.csv", "Mühle,", "Hof,ortsteil,Neustadt,,56130,50.34,7.73,,\nMühle,")

    load(small_district)

    assert set(Place.objects.filter(name="Hof").values_list("slug", flat=True)) == {"hof", "hof-ortsteil"}


def test_a_new_outline_marks_its_place_as_changed(small_district):
    before = Place.objects.get(slug="aue").updated_at
    feature = {"type": "Feature", "properties": {"code": "07141001"}, "geometry": square(7.81, 50.32)}
    outlines = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (small_district / "boundaries.geojson").write_text(outlines, encoding="utf-8")

    load(small_district)

    assert Place.objects.get(slug="aue").updated_at > before


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("places.csv", "50.32,7.80", "5o.32,7.80", "places.csv, Zeile 4, Spalte lat: „5o.32“ ist keine Zahl."),
        ("places.csv", "50.32,7.80", "7.80,950.32", "places.csv, Zeile 4, Spalte lon: 950.32 liegt nicht zwischen -180 und 180."),
        ("places.csv", "50.32,7.80", "nan,7.80", "Spalte lat: nan liegt nicht"),
        ("places.csv", "VG Aue,07141002", "VG Au,07141002", "places.csv, Zeile 5, Spalte parent: „VG Au“ gibt es nicht"),
        ("places.csv", "VG Aue,07141002", "Neustadt,07141002", "Spalte parent: „Neustadt“ kann diesen Ort nicht enthalten."),
        ("places.csv", "Hof,ortsgemeinde", "Hof,dorf", "places.csv, Zeile 5, Spalte kind: „dorf“ gibt es nicht."),
        ("places.csv", "Hof,ortsgemeinde", ",ortsgemeinde", "places.csv, Zeile 5, Spalte name: Hier steht nichts."),
        ("places.csv", "56377|56379", "5637", "places.csv, Zeile 5, Spalte plz: „5637“ ist keine Postleitzahl."),
        ("places.csv", "56377|56379", "99999", "Spalte plz: 99999 kommt in de-plz.csv nicht vor."),
        ("places.csv", "7.80,4000", "7.80,4.000", "places.csv, Zeile 4, Spalte population: „4.000“ ist keine ganze Zahl."),
        ("places.csv", "07141002", "07141001", "places.csv, Zeile 5, Spalte code: Der Schlüssel steht schon in Zeile 4."),
        ("places.csv", "name,kind", "name,art", "places.csv, Zeile 1: Es fehlt die Spalte kind."),
        (
            "places.csv",
            "Mühle,ortsteil,Neustadt,,56130,50.34,7.72,,",
            "Mühle,ortsteil,Neustadt",
            "Zeile 7, Spalte aliases: Die Zeile hat nicht",
        ),
        ("neighbours.csv", "50.35", "", "neighbours.csv, Zeile 2, Spalte lat: Hier steht nichts."),
        ("de-plz.csv", "56379,Hof", "56377,Hof", "de-plz.csv, Zeile 3, Spalte plz: Das steht schon in Zeile 2."),
        ("boundaries.geojson", "07141001", "999", "boundaries.geojson, Umriss 1, code: „999“ hat kein Ort"),
        ("boundaries.geojson", "Polygon", "Point", "Umriss 1, geometry: Point ist keine Fläche."),
        ("boundaries.geojson", "{", "[", "boundaries.geojson ist kein GeoJSON"),
    ],
)
def test_a_fault_is_named_with_file_line_column_and_remedy_and_nothing_is_loaded(folder, capsys, file, old, new, fault):
    replace_in(folder / file, old, new)

    with pytest.raises(CommandError):
        call_command("load_places", folder=folder)

    assert fault in capsys.readouterr().err
    assert not Place.objects.exists()


def test_a_folder_without_places_is_named(tmp_path, capsys):
    with pytest.raises(CommandError):
        call_command("load_places", folder=tmp_path)

    assert "places.csv fehlt." in capsys.readouterr().err


def test_a_folder_without_postcodes_takes_those_of_germany(folder):
    (folder / "de-plz.csv").unlink()

    load(folder)

    assert Postcode.objects.count() == 8309


def test_semicolons_and_a_byte_order_mark_of_office_programs_are_read(folder):
    text = (folder / "places.csv").read_text(encoding="utf-8").replace(",", ";")
    (folder / "places.csv").write_text("\ufeff" + text, encoding="utf-8")

    load(folder)

    assert Place.objects.count() == 7
