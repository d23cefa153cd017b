"""What people type, and what they mean."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places.areas import Area, Resolution
from places.kinds import MUNICIPALITIES

ROWS = list(csv.DictReader(Path(__file__).with_name("spellings.csv").open(encoding="utf-8"), delimiter=";"))


def test_the_table_holds_what_people_type():
    assert len(ROWS) >= 60
    assert len({row["typed"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row["typed"] for row in ROWS])
def test_people_are_understood(gazetteer, row):
    resolution = gazetteer.resolve(row["typed"])

    assert (resolution.found.query if resolution.found else "") == row["meant"]
    assert resolution.corrected == ("corrected" in row["how"])
    assert bool(resolution.found and resolution.found.outside) == ("outside" in row["how"])


def test_every_municipality_is_found_by_its_name_and_by_postcode_and_name(gazetteer, files):
    municipalities = [fact for fact in files.places if fact.kind in MUNICIPALITIES]
    assert len(municipalities) == 137
    for fact in municipalities:
        for text in (fact.name, *(f"{code} {fact.name}" for code in fact.postcodes)):
            found = gazetteer.resolve(text).found
            assert found, text
            assert (found.label, found.kind, found.latitude, found.longitude) == (fact.name, fact.kind, fact.latitude, fact.longitude)
            assert found.municipality_ids == {found.place_id}


def test_every_municipality_is_found_with_one_letter_missing_or_its_neighbours_are_offered(gazetteer, files):
    for fact in files.places:
        if fact.kind not in MUNICIPALITIES or len(fact.name) < 8:
            continue
        typed = fact.name[:4] + fact.name[5:]
        resolution = gazetteer.resolve(typed)
        understood = [area.label for area in (resolution.found, *resolution.alternatives) if area]
        assert fact.name in understood, typed


def test_every_query_leads_back_to_its_area(gazetteer, files):
    texts = [fact.shown for fact in files.places] + [code for fact in files.places for code in fact.postcodes]
    for text in texts:
        found = gazetteer.resolve(text).found
        assert gazetteer.resolve(found.query).found == found, text


def test_every_german_postcode_and_its_town_are_known(gazetteer, files):
    for postcode in files.postcodes:
        found = gazetteer.resolve(postcode.code).found
        assert (found.query, found.kind) == (postcode.code, "postleitzahl")
        town = gazetteer.resolve(postcode.name).found
        assert town, postcode.name
        assert gazetteer.resolve(town.query).found == town


def test_the_town_comes_before_the_verbandsgemeinde_of_the_same_name(gazetteer):
    resolution = gazetteer.resolve("Diez")

    assert resolution.found.kind == "stadt"
    assert [area.label for area in resolution.alternatives] == ["Verbandsgemeinde Diez"]


def test_a_postcode_that_contradicts_a_unique_name_becomes_the_alternative(gazetteer):
    resolution = gazetteer.resolve("56130 Diez")

    assert resolution.found.label == "Diez"
    assert "56130 Bad Ems" in [area.label for area in resolution.alternatives]


def test_two_names_equally_near_are_offered_and_none_is_chosen(gazetteer):
    resolution = gazetteer.resolve("Mielen")

    assert resolution.found is None
    assert {area.label for area in resolution.alternatives} == {"Miehlen", "Miellen"}


def test_the_beginning_of_a_name_is_no_answer_but_offers_it(gazetteer):
    resolution = gazetteer.resolve("Singhof")

    assert resolution.found is None
    assert [area.label for area in resolution.alternatives] == ["Singhofen"]


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\x00", "Diez\x00", "\x1b[31mDiez", "x" * 10_000, "Diez " * 2_000, "5" * 10_000])
def test_nothing_sensible_finds_nothing(gazetteer, text):
    assert gazetteer.resolve(text) == Resolution()
    assert gazetteer.suggest(text) == ()


@settings(deadline=None)
@given(st.text())
def test_any_text_gets_an_answer(gazetteer, text):
    answered(gazetteer, text)


MIXTURE = "Diez|VG|St.|Sankt|Bad|Ems|56130|56357|1011|D-|a.|d.|an|der|Lahn|(|)|/|,|-|–|Kreis|Ober|stein|Nastätten|ß|ẞ|İ|ﷺ|٥٦"
PIECES = st.sampled_from(MIXTURE.split("|"))


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12), st.sampled_from(["", " "]))
def test_any_mixture_of_pieces_gets_an_answer(gazetteer, pieces, between):
    answered(gazetteer, between.join(pieces))


def answered(gazetteer, text):
    resolution = gazetteer.resolve(text)
    assert isinstance(resolution, Resolution)
    assert resolution.found not in resolution.alternatives
    suggested = gazetteer.suggest(text)
    assert len(suggested) <= 8
    assert all(isinstance(area, Area) for area in suggested)
