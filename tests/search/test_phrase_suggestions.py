"""What families ask, suggested while somebody types: by beginnings and words, in any language, never embarrassing."""

import pytest

from search import vocabulary
from search.suggestions.phrases import related_topics, suggestions
from search.suggestions.spoken import LONGEST_SHOWN, folded, is_delicate, spoken_phrases
from search.vocabulary import Overlay, Situation


@pytest.fixture(autouse=True)
def as_bundled():
    yield
    vocabulary.forget()


def texts(typed, limit=4):
    return [each.text for each in suggestions(typed, limit)]


def situations(typed, limit=4):
    return [each.situation for each in suggestions(typed, limit)]


@pytest.mark.parametrize(
    ("typed", "situation"),
    [
        ("mein baby schr", "schreibaby"),
        ("eifersüchtig", "geschwistereifersucht"),
        ("EIFERSUECHTIG", "geschwistereifersucht"),
        ("oyun gr", "eltern-kind-gruppe-kleinkind"),
        ("дитина не слух", "kind-hoert-nicht"),
        ("ребёнок не слуш", "kind-hoert-nicht"),
        ("الطفل يبكي", "schreibaby"),
        ("طفل يبكي", "schreibaby"),
        ("zabawy z niemowl", "babyspiel-ideen"),
    ],
)
def test_beginnings_and_words_find_what_families_ask_in_any_language(typed, situation):
    assert situation in situations(typed)


@pytest.mark.parametrize(
    ("typed", "right"),
    [("krabelgrupe", "krabbelgruppe"), ("hebame", "hebamme"), ("trozphase", "trotzphase"), ("babymasage", "babymassage")],
)
def test_typing_errors_are_forgiven_and_not_repeated(typed, right):
    found = texts(typed)
    assert found[0] == right
    assert not any(typed in each for each in found)


@pytest.mark.parametrize("typed", ["", "x", "zzzzzz", "12", "  ", "???", "a" * 5000, "' OR 1=1 --", "ك" * 300])
def test_nothing_is_made_up(typed):
    assert texts(typed) == []


@pytest.mark.parametrize("typed", ["baby", "kind", "schw", "kita", "mein", "mama"])
def test_they_are_few_and_about_different_things(typed):
    found = suggestions(typed, 4)
    assert 2 <= len(found) <= 4
    assert len({each.situation for each in found}) == len({folded(each.text) for each in found}) == len(found)
    assert all(len(each.text) <= LONGEST_SHOWN for each in found)


def test_what_stands_in_the_field_is_not_suggested():
    assert "krabbelgruppe" in texts("krabbelgrupp")
    assert "krabbelgruppe" not in texts("Krabbelgruppe")


DELICATE = {each.slug for each in vocabulary.current().situations if is_delicate(each)}


def test_violence_addiction_and_death_are_delicate():
    assert {"haeusliche-gewalt", "sexueller-missbrauch", "suizid-angehoerige", "drogen-eltern", "totgeburt-sternenkind"} <= DELICATE
    assert not {"krabbelgruppe", "babyschwimmen", "trotzphase-wutanfall", "elterngeld"} & DELICATE


def test_no_two_or_three_letters_suggest_something_delicate():
    words = {word for each in spoken_phrases(vocabulary.current()) for word in each.words}
    beginnings = {word[:length] for word in words for length in (2, 3) if len(word) > length}
    # A word of three letters that is whole has been typed: "tod", "mord".
    shown = {(start, found.text) for start in beginnings - words for found in suggestions(start, 8) if found.situation in DELICATE}
    assert shown == set()


@pytest.mark.parametrize("typed", ["mein mann s", "mein mann schl", "verge", "ich hab", "kind sch", "papa", "mein vater"])
def test_a_sentence_that_could_go_on_otherwise_is_not_completed_with_something_delicate(typed):
    assert not DELICATE & set(situations(typed, 8))


@pytest.mark.parametrize(
    ("typed", "delicate"), [("gewalt", True), ("häusliche gewalt", True), ("alkohol", True), ("gewa", False), ("alk", False)]
)
def test_who_clearly_types_something_delicate_is_not_left_alone(typed, delicate):
    assert bool(DELICATE & set(situations(typed, 8))) is delicate


def test_what_editors_add_is_suggested_at_once_and_what_they_take_away_is_not():
    assert texts("wichtelbande") == []
    own = Situation("wichtel", "Wichtel", ("spielen",), ("gruppe",), ("Wichtelgruppe",), ("wichtelbande im wald",), ("de",))
    vocabulary.lay_over(Overlay(situations={"wichtel": own, "babymassage": None}))
    assert texts("wichtelb") == ["wichtelbande im wald"]
    assert "babymassage" not in situations("babymass")


def test_words_tell_of_topics():
    assert related_topics("kind beißt andere")[0] == "erziehung"
    assert "finanzen" in related_topics("rechnung bezahlen wohngeld")
    assert related_topics("häusliche gewalt")[0] == "gewalt"
    # Some family with an addiction looks for one, too.
    assert "sucht" not in related_topics("trampolin")
    assert related_topics("gigantischer kühlwasserhahn") == []
