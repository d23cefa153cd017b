"""Several conditions in one question, and any text at all."""

import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.understanding import without
from tests.search.understanding.conditions import said


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
