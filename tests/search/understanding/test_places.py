"""Which words are a place, and which only look like one."""

import pytest

from tests.search.understanding.conditions import said


@pytest.mark.parametrize(
    ("question", "place", "rest"),
    [
        ("in Diez", "Diez", ""),
        ("babygruppe diez", "Diez", "babygruppe"),
        ("diez babygruppe", "Diez", "babygruppe"),
        ("krabbelgruppe bei Nastätten", "Nastätten", "krabbelgruppe"),
        ("nastaetten babytreff", "Nastätten", "babytreff"),
        ("nastatten babytreff", "Nastätten", "babytreff"),
        ("56130", "56130 Bad Ems", ""),
        ("PLZ 56130 stillgruppe", "56130 Bad Ems", "stillgruppe"),
        ("D-56130 Bad Ems", "Bad Ems", ""),
        ("56130 Bad Ems turnen", "Bad Ems", "turnen"),
        ("krabbelgruppe Bad Ems 56130", "Bad Ems", "krabbelgruppe"),
        ("Mutter kind turnen 56355", "56355 (Nastätten und 9 weitere Orte)", "Mutter kind turnen"),
        ("٥٦١٣٠", "56130 Bad Ems", ""),
        ("BAD EMS", "Bad Ems", ""),
        ("Bad-Ems treff", "Bad Ems", "treff"),
        ("st. goarshausen stillgruppe", "Sankt Goarshausen", "stillgruppe"),
        ("holzhausen a.d. haide", "Holzhausen an der Haide", ""),
        ("Kamp-Bornhofen", "Kamp-Bornhofen", ""),
        ("VG Loreley", "Verbandsgemeinde Loreley", ""),
        ("Verbandsgemeinde Diez beratung", "Verbandsgemeinde Diez", "beratung"),
        ("Stadt Lahnstein", "Lahnstein", ""),
        ("beratung Raum Nastätten", "Nastätten", "beratung"),
        ("in der Nähe von Katzenelnbogen turnen", "Katzenelnbogen", "turnen"),
        ("rund um Diez", "Diez", ""),
        ("Treff nahe Kaub", "Kaub", "Treff"),
        ("treff in diez und umgebung", "Diez", "treff"),
        ("aus Miehlen", "Miehlen", ""),
        ("playgroup near Diez", "Diez", "playgroup"),
        ("grupa zabaw w Diez", "Diez", "grupa zabaw"),
        ("группа в Diez", "Diez", "группа"),
        ("Diez'de oyun grubu", "Diez", "oyun grubu"),
        ("oberlahnstein", "Oberlahnstein", ""),
        ("koblenz stillgruppe", "Koblenz", "stillgruppe"),
        ("bei limburg kita", "Limburg an der Lahn", "kita"),
        ("rhein-lahn-kreis beratung", "Rhein-Lahn-Kreis", "beratung"),
        ("krabbelgruppe Diez Rhein-Lahn-Kreis", "Diez", "krabbelgruppe"),
        ("Kita Diez", "Diez", "Kita"),
        ("kita fachbach", "Fachbach", "kita"),
        ("kita fuchsbau in fachbach", "Fachbach", "kita fuchsbau"),
        ("krabbelgruppe, diez, samstag", "Diez", "krabbelgruppe"),
        ("(diez)", "Diez", ""),
        # Words that are places where a preposition or a postcode says so
        ("krabbelgruppe in Berg", "Berg", "krabbelgruppe"),
        ("Berg 56357 turnen", "Berg", "turnen"),
        ("56357 Buch", "Buch", ""),
        ("bei Strüth", "Strüth", ""),
        ("in Flacht", "Flacht", ""),
        # Towns elsewhere and typing errors, after a preposition
        ("krabbelgruppe in Berlin", "Berlin", "krabbelgruppe"),
        ("hilfe in sankt goar", "Sankt Goar", "hilfe"),
        ("spielgruppe in Nastäten", "Nastätten", "spielgruppe"),
        # Of two places the one with a preposition, else the last
        ("diez nassau treff", "Nassau", "diez treff"),
        ("treff in diez nassau", "Diez", "treff nassau"),
    ],
)
def test_a_place(read, question, place, rest):
    understood = read(question)
    assert said(understood, "ort") == [place]
    assert understood.text == rest


@pytest.mark.parametrize(
    "question",
    [
        "Berg",
        "Buch",
        "strüth",
        "weisel spielgruppe",
        "herold",
        "flacht",
        "hof",
        "winden",
        "auf dem Berg",
        "am Berg",
        "im Buch",
        "in der Kita",
        "in Elternzeit",
        "bei uns",
        "in Trennung",
        "in Windeln",
        "bei Fieber",
        "in Not",
        "in Deutschland",
        "in Essen",
        "bei Regen",
        "nach Geburt",
        "Nassauer Land",
        "bei Nassauer Land",
        "Emser Straße",
        "Diezer Kinder",
        "Lahnsteiner kita",
        "in Lahnsteiner Kitas",
        "Familienzentrum Nassauer Land",
        "Haus Nassau",
        "Haus Nassau Lahn",
        "fuchsbau fachbach",
        "klein und groß lahnstein",
        "landluft gemmerich",
        "Kita Braubach",
        "frau roth",
        "dr. weyer",
        "Papa-Diez",
        "nastäten",
        "berlin krabbelgruppe",
        "12345",
        "psychische hilfe nach geburt",
    ],
)
def test_no_place(read, question):
    understood = read(question)
    assert said(understood, "ort") == []
    assert understood.text == question


def test_a_typing_error_in_a_place_is_told(read):
    (place,) = read("turnen in Nastäten").conditions
    assert place.corrected
    assert place.written == "in Nastäten"
