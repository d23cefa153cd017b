"""Places while somebody types."""

import pytest


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("di", ["Diez", "Dienethal", "Diethardt", "Verbandsgemeinde Diez"]),
        ("Nas", ["Nassau", "Nastätten", "Verbandsgemeinde Nastätten", "Verbandsgemeinde Bad Ems-Nassau"]),
        ("ems", ["Bad Ems", "Verbandsgemeinde Bad Ems-Nassau"]),
        ("Bad-E", ["Bad Ems", "Verbandsgemeinde Bad Ems-Nassau"]),
        ("bad", ["Bad Ems", "Verbandsgemeinde Bad Ems-Nassau", "Bad Camberg", "Bad Schwalbach"]),
        ("St. G", ["Sankt Goarshausen"]),
        ("frü", ["Frücht"]),
        ("fru", ["Frücht"]),
        ("frue", ["Frücht"]),
        ("haide", ["Holzhausen an der Haide"]),
        ("Ober", ["Oberlahnstein", "Oberneisen"]),
        ("VG D", ["Verbandsgemeinde Diez"]),
        ("Stadt Na", ["Nassau", "Nastätten"]),
        ("56130", ["56130 Bad Ems"]),
        ("56357", ["56357 (Miehlen und 32 weitere Orte)", "Miehlen", "Holzhausen an der Haide"]),
        ("56357 Him", ["Himmighofen"]),
        ("5606", ["56068 Koblenz"]),
        ("Kob", ["Koblenz"]),
        ("Lahnstien", ["Lahnstein"]),
        ("Atlantis", []),
        ("99", []),
        ("", []),
        ("---", []),
    ],
)
def test_what_is_suggested(gazetteer, typed, first):
    suggested = [area.label for area in gazetteer.suggest(typed)]

    assert suggested[: len(first)] == first
    assert bool(suggested) == bool(first)


def test_the_letters_st_alone_suggest_saints_and_names_but_not_every_stadt(gazetteer):
    suggested = {area.label for area in gazetteer.suggest("St")}

    assert suggested == {"Sankt Goarshausen", "Strüth", "Steinsberg", "Verbandsgemeinde Loreley"}


def test_no_more_than_asked_for_and_nothing_twice(gazetteer):
    suggested = gazetteer.suggest("5", limit=3)

    assert len(suggested) == len(set(suggested)) == 3
    assert gazetteer.suggest("Diez", limit=0) == ()
    assert len(gazetteer.suggest("e", limit=5)) == 5
