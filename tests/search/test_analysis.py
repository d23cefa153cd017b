"""The German of the search: forms of a word meet, compounds open, nothing breaks it."""

import re
from html import escape, unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search import analysis
from search.compounds import base, split


def forms(text):
    return {token for each in analysis.words(text) for token in each.plain}


@pytest.mark.parametrize(
    "written", ["Eltern-Kind-Gruppe", "Elternkindgruppe", "Eltern‑Kind‑Gruppe", "ELTERN-KIND-GRUPPEN", "Elternkind-Gruppe"]
)
def test_a_compound_meets_its_spellings_and_its_constituents(written):
    assert {"elternkindgrupp", "elt", "kind", "grupp"} <= forms(written)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mütter", "Muetter"),
        ("Frühstück", "Fruehstueck"),
        ("Frühstück", "Fruhstuck"),
        ("Frühstück", "FRU\u0308HSTU\u0308CK"),
        ("Straße", "Strasse"),
        ("Café", "Cafe"),
        ("Beratungen", "Beratung"),
        ("Gruppen", "Gruppe"),
        ("Babys", "Baby"),
        ("Omas", "Oma"),
        ("Kurse", "Kurs"),
        ("kostenlose", "kostenlos"),
        ("Erzieher*innen", "Erzieherinnen"),
        ("Erzieher:innen", "Erzieherinnen"),
        ("Logopädin", "Logopädie"),
    ],
)
def test_two_spellings_have_one_stem(first, second):
    assert [each.stem for each in analysis.words(first)] == [each.stem for each in analysis.words(second)]


@pytest.mark.parametrize(("first", "second"), [("Kur", "Kurs"), ("Feuer", "Feier"), ("Bewegung", "Begegnung"), ("Kostenlos", "Kosten")])
def test_different_words_have_different_stems(first, second):
    assert analysis.stem(first) != analysis.stem(second)


@pytest.mark.parametrize(
    ("word", "parts", "whole"),
    [
        ("Erziehungsberatung", ("erziehung", "beratung"), True),
        ("Kinderturnen", ("kind", "turnen"), True),
        ("Medienelternabend", ("medien", "eltern", "abend"), True),
        ("Großelterncafé", ("grosseltern", "cafe"), True),
        ("Schnuffeltreff", ("treff",), False),
        ("Gruppe", (), False),
        ("Großeltern", (), False),
        ("Kindergarten", (), False),
        ("Vereinbarung", (), False),
        ("Interessen", (), False),
        ("Eifersucht", (), False),
    ],
)
def test_compounds_open_where_they_are_compounds(word, parts, whole):
    assert split(base(word)) == (parts, whole)


def test_words_of_a_question_are_left_out_and_repeated_ones_count_once():
    asked = analysis.question_words("Wo finde ich eine Krabbelgruppe oder Krabbelgruppe für mein Baby?")
    assert [each.exact for each in asked] == ["krabbelgruppe", "baby"]


def test_marked_text_is_escaped_and_marks_other_forms_of_the_word():
    marked = analysis.mark('<i>Erziehungsberatungen</i> & "Fragen"', "Beratung")
    assert marked == "&lt;i&gt;<mark>Erziehungsberatungen</mark>&lt;/i&gt; &amp; &quot;Fragen&quot;"


def test_a_compound_of_the_question_marks_its_constituents():
    assert analysis.mark("Turnen für Kinder im Saal", "Kinderturnen") == "<mark>Turnen</mark> für <mark>Kinder</mark> im Saal"


def test_words_that_only_make_it_a_question_are_not_marked():
    assert "<mark>" not in analysis.mark("Wo ist die Kita?", "Wo ist das?")


def test_other_scripts_are_found_as_they_are_written():
    assert forms("Українська ігрова") == {"украінська", "ігрова"}
    assert analysis.mark("کافه مادران", "مادران") == "کافه <mark>مادران</mark>"


NASTY = [
    "",
    "\x00\x01\x02",
    "a" * 10_000,
    "a-" * 5_000,
    "ä" * 10_000,
    "-*:_'",
    "\u0308\u0308",
    "🤱🏽",
    "\ud800",
    "ı̇İ",
    "ﬁﬂ",
    "\u202e\u200f",
]


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_are_only_texts(text):
    analysis.plain_tokens([text]), analysis.title_tokens(text), analysis.spellings([text]), analysis.mark(text, text)
    assert len(analysis.question_words(text)) <= analysis.MOST_WORDS


@given(st.text(max_size=300))
@example("Straßenﬁest-ÄÖÜ*innen")
def test_any_text_gives_tokens_without_blanks_and_is_kept_by_marking(text):
    for word in analysis.words(text):
        assert all(token and not any(letter.isspace() for letter in token) for token in word.plain)
    marked = analysis.mark(text, text)
    assert unescape(re.sub("</?mark>", "", marked)) == unescape(escape(text)) == text
