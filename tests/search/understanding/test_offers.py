"""Cost, form, registration, access and language; and the language that would suit."""

import pytest

from tests.search.understanding.conditions import said


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
