"""What the words of a question say, kind by kind: what becomes a condition, and what must stay a word."""

import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from places.datafiles import read_folder
from places.loading import load
from places.resolver import Area, Resolver
from search.understanding import ProviderNames, understand_text, without

MONDAY = date(2026, 11, 23)
PROVIDERS = ProviderNames(
    [
        "Familienzentrum Nassauer Land",
        "Haus Nassau Lahn e. V.",
        "Kita Fuchsbau Fachbach",
        "Klein und Groß Lahnstein e. V.",
        "Landluft Gemmerich e. V.",
        "Kindergarten Sonntag",
        "Kita Braubach",
        "Kita Unter der Kastanie",
    ]
)


@pytest.fixture(scope="module")
def gazetteer(django_db_setup, django_db_blocker):
    """The district as its files have it, read once from a database that is empty again afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(read_folder(Path(settings.PLACES_FOLDER)))
        built = Resolver().gazetteer()
        transaction.set_rollback(True)
    return built


@pytest.fixture(scope="module")
def read(gazetteer):
    def understand(text):
        return understand_text(
            text,
            named=lambda words: next(iter(gazetteer.named(words)), None),
            is_word=lambda word: word in {"windeln", "trennung"},
            provider_names=PROVIDERS,
            today=MONDAY,
            resolve=gazetteer.resolve,
        )

    return understand


def said(understood, name):
    values = [condition.value for condition in understood.conditions if condition.name == name]
    return [value.label if isinstance(value, Area) else value for value in values]


# Places


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


# Ages


@pytest.mark.parametrize(
    ("question", "months", "rest"),
    [
        ("6 Monate", 6, ""),
        ("6 monate altes baby", 6, "baby"),
        ("baby 6 Mon.", 6, "baby"),
        ("1,5 Jahre turnen", 18, "turnen"),
        ("1.5 jahre", 18, ""),
        ("1 1/2 jahre", 18, ""),
        ("1½ Jahre", 18, ""),
        ("eineinhalb Jahre", 18, ""),
        ("anderthalb Jahre", 18, ""),
        ("zweieinhalb Jahre turnen", 30, "turnen"),
        ("turnen für 3-jährige", 36, "turnen"),
        ("turnen 3 jährige", 36, "turnen"),
        ("turnen 3jährig", 36, "turnen"),
        ("dreijähriger", 36, ""),
        ("mit 4 jährigem", 48, ""),
        ("für 2jährige", 24, ""),
        ("fuer 2 jaehrige", 24, ""),
        ("2-3 jährige", 30, ""),
        ("u3 betreuung", 24, "betreuung"),
        ("Ü3", 42, ""),
        ("ein halbes Jahr", 6, ""),
        ("baby 10 Wochen", 2, "baby"),
        ("turnen ab 3 Jahren", 36, "turnen"),
        ("turnen ab 3", 36, "turnen"),
        ("0-3 Jahre", 18, ""),
        ("von 1 bis 3 Jahren", 24, ""),
        ("unter 3 Jahren", 24, ""),
        ("bis 2 Jahre", 12, ""),
        ("drei Jahre", 36, ""),
        ("1 Jahr und 3 Monate", 15, ""),
        ("mein sohn ist 4", 48, "mein sohn"),
        ("tochter (3) turnen", 36, "tochter turnen"),
        ("2 year old", 24, ""),
        ("two years old swimming", 24, "swimming"),
        ("6 months", 6, ""),
        ("3 yaş oyun grubu", 36, "oyun grubu"),
        ("6 aylık bebek", 6, "bebek"),
        ("группа 3 года", 36, "группа"),
        ("3-летний", 36, ""),
        ("група 6 місяців", 6, "група"),
        ("2 lata", 24, ""),
        ("2-latek", 24, ""),
        ("طفل 3 سنوات", 36, "طفل"),
    ],
)
def test_an_age(read, question, months, rest):
    understood = read(question)
    assert said(understood, "alter") == [months]
    assert understood.text == rest


@pytest.mark.parametrize(
    "question",
    [
        "3 Kinder",
        "5 Euro",
        "2 mal",
        "seit 3 Monaten",
        "in 2 Wochen",
        "in 2 Jahren",
        "im 5. Monat",
        "im 5. Monat schwanger",
        "5 monate schwanger",
        "32. Woche",
        "vor 6 Monaten getrennt",
        "seit 2 Jahren allein",
        "seit über 3 Jahren",
        "ich bin 23 jahre",
        "ab 18 Jahren",
        "elternzeit 12 monate",
        "2 jahre elternzeit",
        "2 Jahre lang",
        "alle 2 Wochen",
        "noch 3 Monate",
        "2 years ago",
        "U3 Untersuchung",
        "kinder 2 und 4 jahre",
        "3 jahre alt und 5 jahre alt",
        "ein Jahr Pause",
        "kinderwagen für zwei wochen",
        "ab märz sieben monate daheim",
        "2 месяца назад",
    ],
)
def test_no_age(read, question):
    understood = read(question)
    assert said(understood, "alter") == []
    assert understood.text == question


@pytest.mark.parametrize(
    ("question", "months"),
    [
        ("Baby", 4),
        ("säugling bauchweh", 4),
        ("krabbelkind", 9),
        ("Kleinkind trotzt", 24),
        ("toddler group", 24),
        ("kindergartenkind", 48),
        ("Vorschulkinder", 66),
        ("grundschulkind", 84),
        ("baby 9 monate", None),
        ("Mutter", None),
    ],
)
def test_a_word_that_hints_at_an_age_only_ranks(read, question, months):
    understood = read(question)
    assert understood.wishes.age_months == months
    assert question.split()[0] in understood.text


# Days and times


@pytest.mark.parametrize(
    ("question", "days", "times", "rest"),
    [
        ("papa samstag", ["sa"], [], "papa"),
        ("samstags", ["sa"], [], ""),
        ("am Samstag turnen", ["sa"], [], "turnen"),
        ("turnen Sa", ["sa"], [], "turnen"),
        ("Sonnabend", ["sa"], [], ""),
        ("sonntag", ["so"], [], ""),
        ("wochenende papa", ["sa", "so"], [], "papa"),
        ("turnen unter der Woche", ["mo", "di", "mi", "do", "fr"], [], "turnen"),
        ("werktags", ["mo", "di", "mi", "do", "fr"], [], ""),
        ("turnen mo-fr", ["mo", "di", "mi", "do", "fr"], [], "turnen"),
        ("montag bis mittwoch", ["mo", "di", "mi"], [], ""),
        ("di und do turnen", ["di", "do"], [], "turnen"),
        ("krabbeln samstags und sonntags", ["sa", "so"], [], "krabbeln"),
        ("am Mi turnen", ["mi"], [], "turnen"),
        ("mittwochnachmittag turnen", ["mi"], ["nachmittag"], "turnen"),
        ("samstag vormittag papa", ["sa"], ["vormittag"], "papa"),
        ("freitagabend", ["fr"], ["abend"], ""),
        ("vormittags treff", [], ["vormittag"], "treff"),
        ("morgens", [], ["vormittag"], ""),
        ("am Morgen treff", [], ["vormittag"], "treff"),
        ("turnen nachmittag", [], ["nachmittag"], "turnen"),
        ("abends yoga", [], ["abend"], "yoga"),
        ("saturday morning playgroup", ["sa"], ["vormittag"], "playgroup"),
        ("cumartesi oyun grubu", ["sa"], [], "oyun grubu"),
        ("по субботам", ["sa"], [], ""),
        ("п'ятницю група", ["fr"], [], "група"),
        ("w sobotę", ["sa"], [], ""),
        ("دورة يوم السبت", ["sa"], [], "دورة"),
    ],
)
def test_a_day_or_time(read, question, days, times, rest):
    understood = read(question)
    assert said(understood, "tag") == days
    assert said(understood, "zeit") == times
    assert understood.text == rest


@pytest.mark.parametrize(
    "question",
    [
        "Papa-Samstag",
        "Elternabend",
        "eltern abend",
        "Abendessen",
        "Sonntagsfrühstück",
        "Infoabend",
        "Feierabend",
        "abend",
        "guten abend",
        "guten morgen",
        "spiele nachmittag",
        "ein Nachmittag für Väter",
        "jeden abend streit",
        "jeden Morgen",
        "mein baby schreit abends",
        "mein Sohn ist am Wochenende bei Papa",
        "warum wacht mein kind so früh auf",
        "letzten Samstag",
        "seit Montag",
        "nicht samstags",
        "so ein Mist",
        "what to do",
        "gdzie są grupy",
        "Frühe Hilfen",
        "in den Ferien",
        "Kindergarten Sonntag",
        "ich brauche heute dringend hilfe",
        "geboren am 3. dezember",
        "am 31. Februar",
        "jedes wochenende streit",
        "ein bunter abend",
        "wo kann ich heute nacht hin mit den kindern",
        "need a safe place tonight with my kids",
        "schutzplatz frei heute",
        "ich brauche heute hilfe",
        "von heute auf morgen",
        "seit gestern abend schüttelfrost, er ist so heiß und natürlich ist samstag",
        "ich muss nächste woche zum zahnarzt und weiß nicht wohin mit ihm",
    ],
)
def test_no_day_or_time(read, question):
    understood = read(question)
    assert understood.conditions == ()
    assert understood.text == question


@pytest.mark.parametrize(
    ("question", "first", "last", "rest"),
    [
        ("heute", "2026-11-23", "2026-11-23", ""),
        ("was ist morgen los", "2026-11-24", "2026-11-24", "was ist los"),
        ("diese Woche elterncafe", "2026-11-23", "2026-11-29", "elterncafe"),
        ("naechste Woche", "2026-11-30", "2026-12-06", ""),
        ("dieses Wochenende", "2026-11-28", "2026-11-29", ""),
        ("diesen samstag", "2026-11-28", "2026-11-28", ""),
        ("nächsten Samstag", "2026-11-28", "2026-12-05", ""),
        ("elterncafe am 3. Dezember", "2026-12-03", "2026-12-03", "elterncafe"),
        ("am 3.12.", "2026-12-03", "2026-12-03", ""),
        ("3.12.2027", "2027-12-03", "2027-12-03", ""),
        ("am 3. Januar", "2027-01-03", "2027-01-03", ""),
        ("ab 1. Dezember kurs", "2026-12-01", None, "kurs"),
        ("bis 24.12.", None, "2026-12-24", ""),
        ("vom 1. bis 5. dezember", "2026-12-01", "2026-12-05", ""),
        ("tomorrow", "2026-11-24", "2026-11-24", ""),
        ("завтра", "2026-11-24", "2026-11-24", ""),
    ],
)
def test_dates(read, question, first, last, rest):
    understood = read(question)
    assert [day.isoformat() for day in said(understood, "von")] == ([first] if first else [])
    assert [day.isoformat() for day in said(understood, "bis")] == ([last] if last else [])
    assert understood.text == rest


# Cost, form, registration, access


@pytest.mark.parametrize(
    ("question", "name", "value", "rest"),
    [
        ("kostenlos turnen", "kostenfrei", True, "turnen"),
        ("kostenlose Beratung", "kostenfrei", True, "Beratung"),
        ("gratis", "kostenfrei", True, ""),
        ("schwimmen umsonst", "kostenfrei", True, "schwimmen"),
        ("ohne Kosten", "kostenfrei", True, ""),
        ("kurse die nichts kosten", "kostenfrei", True, "kurse"),
        ("free playgroup", "kostenfrei", True, "playgroup"),
        ("ucretsiz danışmanlık", "kostenfrei", True, "danışmanlık"),
        ("bezpłatne zajęcia", "kostenfrei", True, "zajęcia"),
        ("бесплатно", "kostenfrei", True, ""),
        ("безкоштовно", "kostenfrei", True, ""),
        ("مجموعة لعب مجانية", "kostenfrei", True, "مجموعة لعب"),
        ("online kurs", "form", "online", "kurs"),
        ("beratung per Video", "form", "online", "beratung"),
        ("nur online", "form", "online", ""),
        ("beratung am Telefon", "form", "telefon", "beratung"),
        ("telefonische beratung", "form", "telefon", "beratung"),
        ("wen kann ich anrufen", "form", "telefon", "wen"),
        ("по телефону", "form", "telefon", ""),
        ("Hausbesuch hebamme", "form", "zuhause", "hebamme"),
        ("hebamme kommt zu mir nach hause", "form", "zuhause", "hebamme"),
        ("treff ohne Anmeldung", "ohne_anmeldung", True, "treff"),
        ("ohne voranmeldung", "ohne_anmeldung", True, ""),
        ("spielgruppe einfach vorbeikommen", "ohne_anmeldung", True, "spielgruppe"),
        ("drop in playgroup", "ohne_anmeldung", True, "playgroup"),
        ("barrierefrei", "barrierefrei", True, ""),
        ("rollstuhlgerechte spielgruppe", "barrierefrei", True, "spielgruppe"),
        ("treff mit Rollstuhl", "barrierefrei", True, "treff"),
        ("mein Kind sitzt im Rollstuhl", "barrierefrei", True, "mein Kind sitzt"),
        ("barrier free playgroup", "barrierefrei", True, "playgroup"),
        ("auf Türkisch beratung", "sprache", "tr", "beratung"),
        ("in ukrainischer Sprache", "sprache", "uk", ""),
        ("türkischsprachige beratung", "sprache", "tr", "beratung"),
        ("counselling in english", "sprache", "en", "counselling"),
        ("по-русски", "sprache", "ru", ""),
        ("допомога українською", "sprache", "uk", "допомога"),
        ("po polsku", "sprache", "pl", ""),
        ("بالعربية", "sprache", "ar", ""),
    ],
)
def test_a_switch_form_or_language(read, question, name, value, rest):
    understood = read(question)
    assert said(understood, name) == [value]
    assert understood.text == rest


@pytest.mark.parametrize(
    "question",
    [
        "nicht kostenlos",
        "alles umsonst",
        "sugar free food",
        "free time activities",
        "carefree",
        "Onlinesucht",
        "online sucht",
        "mein kind ist immer online",
        "elterngeld online beantragen",
        "nicht online",
        "kein zoom",
        "digitale Medien",
        "handy und telefon",
        "zu Hause",
        "papa kommt spät nach hause",
        "Anmeldung Kita",
        "Rollstuhlsport",
        "Deutsch lernen",
        "Deutschkurs",
        "englisch lernen kinder",
        "Telefonnummer",
        "online casino schulden",
        "heult am telefon",
        "wheelchair for my son",
        "zuhause sprechen wir türkisch",
    ],
)
def test_no_switch_form_or_language(read, question):
    understood = read(question)
    assert understood.conditions == ()
    assert understood.text == question


# Languages that only rank


@pytest.mark.parametrize(
    ("question", "languages"),
    [
        ("де вивчити німецьку з дитиною", ("uk",)),
        ("где выучить немецкий с ребенком", ("ru",)),
        ("مجموعة لعب", ("ar",)),
        ("گروه بازی کودک", ("fa",)),
        ("çocuk oyun grubu", ("tr",)),
        ("gdzie są grupy dla dzieci", ("pl",)),
        ("grupă pentru copii", ("ro",)),
        ("playgroup for my toddler", ("en",)),
        ("krabbelgruppe in der nähe", ()),
        ("babytreff", ()),
        ("türkische Spielgruppe", ("tr",)),
        ("polnische Gruppe", ("pl",)),
        ("ukrainische Mütter", ("uk",)),
        ("polska grupa", ("pl",)),
        ("arabische Mutter", ("ar",)),
        ("Deutsch lernen", ()),
        ("englisch lernen", ()),
    ],
)
def test_a_language_that_would_suit(read, question, languages):
    understood = read(question)
    assert understood.wishes.languages == languages
    assert understood.text == question


# Together


def test_everything_at_once(read):
    understood = read("spielplatz ohne anmeldung in diez samstags vormittags für 3 jährige kostenlos")
    assert understood.text == "spielplatz"
    assert {condition.name for condition in understood.conditions} == {"ohne_anmeldung", "ort", "tag", "zeit", "alter", "kostenfrei"}


def test_what_is_written_stands_at_its_span(read):
    question = "Krabbelgruppe für 6 Monate, samstags in Bad Ems"
    for condition in read(question).conditions:
        assert question[condition.start : condition.end] == condition.written


def test_the_same_said_twice_is_one_condition_and_goes_from_the_text(read):
    understood = read("samstag turnen samstags")
    assert said(understood, "tag") == ["sa"]
    assert understood.text == "turnen"


def test_decomposed_umlauts_are_read_like_others(read):
    assert said(read(unicodedata.normalize("NFD", "bei Nastätten für Dreijährige")), "ort") == ["Nastätten"]


WORDS = """
in bei Diez Berg 56130 Bad Ems 6 Monate für 3-jährige samstags Sa so und bis heute morgen abends kostenlos free online auf Türkisch
im Rollstuhl krabbelgruppe kita , . ( ) - ' 3.12. u3 jahr ein alt vor seit nicht суббота في مجاني 6 місяців Diez'de st. goarshausen
"""
PIECES = st.sampled_from(WORDS.split())


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=8).map("".join)))
def test_any_text_is_read(read, text):
    understood = read(text)
    composed = unicodedata.normalize("NFC", text)
    spans = sorted({condition.span for condition in understood.conditions})
    for condition in understood.conditions:
        assert composed[condition.start : condition.end] == condition.written != ""
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    # Nothing is searched that was not typed outside of the conditions.
    outside = without_spans(composed, spans)
    for word in understood.text.split():
        assert word.strip(",;:.!?") in outside


def without_spans(text, spans):
    for start, end in reversed(spans):
        text = text[:start] + " " + text[end:]
    return text


def test_taking_one_condition_back_leaves_the_others(read):
    question = "krabbelgruppe in diez, samstags und kostenlos"
    conditions = read(question).conditions
    day = next(condition for condition in conditions if condition.name == "tag")
    again = read(without(question, [day.span]))
    assert {condition.name for condition in again.conditions} == {"ort", "kostenfrei"}
    assert again.text == "krabbelgruppe"
