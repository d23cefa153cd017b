"""The bundled vocabulary: whole, without contradictions, and of use."""

import csv
from collections import Counter

import pytest

from offers.choices import Language, OfferKind
from search import synonyms, vocabulary
from search.analysis import question_words, stem, stop_words
from search.compounds import base, split
from search.editing.wordcheck import faults_of_situation, faults_of_term
from search.real_words import is_real_word
from search.vocabulary import Overlay, Situation, Term, TermKind, files
from search.vocabulary.entries import LANGUAGES, in_order, listed, tagged


def topics():
    with open("offers/data/topics.csv", encoding="utf-8", newline="") as file:
        return {row["slug"] for row in csv.DictReader(file, delimiter=";")}


def asked(text):
    return question_words(text)


def alternatives(text):
    return [(each.word.exact, each.weight) for each in synonyms.alternatives(asked(text)[0])]


def phrases(text):
    return [(found.start, found.end, [each.word.exact for each in found.alternatives]) for found in synonyms.phrases(asked(text))]


def overlay(*terms):
    return Overlay({term.key: term for term in terms})


# The files


def test_every_bundled_entry_does_what_it_says():
    faults = {term.key: faults_of_term(term) for term in files.terms().values()}
    assert {key: found for key, found in faults.items() if found} == {}


def test_every_bundled_situation_is_whole():
    known = topics()
    for situation in files.situations().values():
        assert faults_of_situation(situation, OfferKind.values) == [], situation.slug
        assert situation.topics, situation.slug
        assert set(situation.topics) <= known, situation.slug
        assert all((situation.label, situation.kinds)), situation.slug
        assert set(situation.languages) <= {"de", *LANGUAGES}, situation.slug
        assert len(set(situation.phrases)) == len(situation.phrases), situation.slug


def test_no_situation_has_two_lines_in_a_language():
    with (files.FOLDER / "phrases.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["situation"], row["language"]) for row in csv.DictReader(file, delimiter=";")]
    assert [row for row, number in Counter(rows).items() if number > 1] == []
    assert {slug for slug, _language in rows} <= files.situations().keys()


def test_a_phrase_of_another_script_has_the_language_of_it():
    for situation in files.situations().values():
        for phrase, language in zip(situation.phrases, situation.languages, strict=True):
            letters = {"cyrillic" if "\u0400" <= letter <= "\u04ff" else "arabic" for letter in phrase if "\u0400" <= letter <= "\u06ff"}
            assert letters <= {"ru": {"cyrillic"}, "uk": {"cyrillic"}, "ar": {"arabic"}, "fa": {"arabic"}}.get(language, set()), phrase


def test_every_topic_has_words_in_every_language():
    with (files.FOLDER / "translations.csv").open(encoding="utf-8", newline="") as file:
        there = {(row["topic"], row["language"]) for row in csv.DictReader(file, delimiter=";")}
    assert {(topic, language) for topic in topics() for language in ("de", *LANGUAGES)} - there == set()


def test_languages_are_those_of_the_listing_format():
    assert {"de", *LANGUAGES} == set(Language.values)


def test_a_second_entry_about_the_same_word_is_found(monkeypatch):
    twice = [Term(TermKind.EQUAL, ("oma", "omi")), Term(TermKind.EQUAL, ("Oma", "großmutter"))]
    monkeypatch.setattr(files, "_terms", lambda: twice)
    with pytest.raises(ValueError, match="equal:oma"):
        files.terms.__wrapped__()


# What they are good for


def test_equal_words_stand_for_each_other():
    assert ("smartphone", synonyms.EQUAL) in alternatives("Handys")
    assert ("handy", synonyms.EQUAL) in alternatives("Smartphone")


def test_a_wider_word_stands_for_a_narrower_one_only():
    assert ("grosseltern", synonyms.BROADER) in alternatives("Oma")
    assert "oma" not in [exact for exact, _weight in alternatives("Großeltern")]


@pytest.mark.parametrize(
    ("question", "german"),
    [
        ("hamileyim", "schwangerschaft"),
        ("беременность", "schwangerschaft"),
        ("вагітних", "schwangerschaft"),
        ("للحوامل", "schwangerschaft"),
        ("ciąży", "schwangerschaft"),
        ("CIAZY", "schwangerschaft"),
        ("gravidă", "schwangerschaft"),
        ("باردارم", "schwangerschaft"),
        ("pregnancy", "schwangerschaft"),
        ("yardim", "hilfe"),
        ("yardım", "hilfe"),
        ("бабусі", "grosseltern"),
        ("żłobek", "kita"),
        ("zlobek", "kita"),
        ("playgroup", "spielgruppe"),
    ],
)
def test_words_of_other_languages_lead_to_german_ones(question, german):
    found = alternatives(question)
    assert found[0][1] == synonyms.TRANSLATION
    assert german in [exact for exact, weight in found if weight == synonyms.TRANSLATION]


@pytest.mark.parametrize(
    ("question", "german"),
    [
        ("çocuk oyun grubu", "spielgruppe"),
        ("Mutter Kind Turnen", "elternkindturnen"),
        ("мовні курси для мам", "deutschkurs"),
        ("مجموعة للأطفال", "spielgruppe"),
    ],
)
def test_several_words_together_mean_one_thing(question, german):
    start, end, others = phrases(question)[0]
    assert start == 0
    assert end >= 2
    assert german in others


def test_what_german_has_too_is_not_translated():
    assert all(weight != synonyms.TRANSLATION for _exact, weight in alternatives("Kurs"))


@pytest.mark.parametrize("word", ["gebeten", "Käfer", "Chor", "Kitaplatz", "natürlich", "Tabletten", "Vorbilder", "Strategien"])
def test_no_german_word_is_taken_for_one_of_another_language(word):
    assert {weight for _exact, weight in alternatives(word)} <= {synonyms.EQUAL, synonyms.BROADER}


def test_question_words_of_other_languages_are_left_out():
    assert [each.exact for each in asked("where can I find a playgroup for my child")] == ["find", "playgroup", "child"]
    assert [each.exact for each in asked("де для дитини")] == ["дитини"]


def test_real_words_are_told_from_typing_errors():
    right = ["Erziehungsberatung", "Oma", "беременна", "Zahnarzt"]
    wrong = ["Krabelgruppe", "Traktor"]
    assert [word for word in (*right, *wrong) if is_real_word(asked(word)[0])] == right


# What editors lay over them


def test_an_entry_of_an_editor_holds_at_once_and_is_gone_with_it():
    assert alternatives("Flitzpiepe") == []
    vocabulary.lay_over(overlay(Term(TermKind.BROADER, ("Flitzpiepe",), ("Kind",)), Term(TermKind.STOP_WORD, ("Dingsda",))))
    assert alternatives("Flitzpiepe") == [("kind", synonyms.BROADER)]
    assert asked("Dingsda") == []
    assert "dingsda" in stop_words()
    vocabulary.forget()
    assert alternatives("Flitzpiepe") == []
    assert len(asked("Dingsda")) == 1


def test_a_bundled_entry_is_replaced_or_switched_off():
    handy = next(term for term in files.terms().values() if term.words[0] == "handy" and term.kind == TermKind.EQUAL)
    vocabulary.lay_over(Overlay({handy.key: Term(TermKind.EQUAL, ("handy", "Knochen"))}))
    assert [exact for exact, weight in alternatives("Handy") if weight == synonyms.EQUAL] == ["knochen"]
    vocabulary.lay_over(Overlay({handy.key: None}))
    assert synonyms.EQUAL not in [weight for _exact, weight in alternatives("Handy")]


def test_a_situation_of_an_editor_joins_the_bundled_ones():
    number = len(vocabulary.current().situations)
    own = Situation("wackelzahn", "Wackelzahn", ("gesundheit",), ("beratung",), ("Zahnarzt",), ("wackelzahn",), ("de",))
    vocabulary.lay_over(Overlay(situations={"wackelzahn": own, "hebammensuche": None}))
    found = {situation.slug: situation for situation in vocabulary.current().situations}
    assert found["wackelzahn"] is own
    assert "hebammensuche" not in found
    assert len(found) == number


def test_only_what_changes_tokens_changes_the_fingerprint_and_the_tokens():
    before = vocabulary.current().fingerprint
    assert split(base("Schlumpfgruppe")) == ((), False) or split(base("Schlumpfgruppe"))[0] == ("gruppe",)
    vocabulary.lay_over(overlay(Term(TermKind.EQUAL, ("a", "b")), Term(TermKind.STOP_WORD, ("Dingsda",))))
    assert vocabulary.current().fingerprint == before
    vocabulary.lay_over(overlay(Term(TermKind.CONSTITUENT, ("schlumpf",))))
    assert vocabulary.current().fingerprint != before
    assert split(base("Schlumpfgruppe")) == (("schlumpf", "gruppe"), True)
    vocabulary.forget()
    assert vocabulary.current().fingerprint == before
    assert split(base("Schlumpfgruppe"))[0] != ("schlumpf", "gruppe")


def test_letters_that_keyboards_lack_make_no_difference():
    assert stem("żłobek") == stem("zlobek")
    assert stem("yardım") == stem("yardim")


# What is wrong with an entry


@pytest.mark.parametrize(
    ("term", "field", "said"),
    [
        (Term(TermKind.EQUAL, ("Handy",)), "words", "mindestens zwei"),
        (Term(TermKind.EQUAL, ("Beratung", "Beratungen")), "words", "Formen desselben Wortes"),
        (Term(TermKind.EQUAL, ("und", "Handy")), "words", "und"),
        (Term(TermKind.EQUAL, ("Handy*", "Smartphone")), "words", "Stern"),
        (Term(TermKind.BROADER, ("Oma",)), "target", "wonach"),
        (Term(TermKind.BROADER, ("Oma",), ("bitte",)), "target", "bitte"),
        (Term(TermKind.BROADER, ("Omas",), ("Oma",)), "target", "dieselben"),
        (Term(TermKind.TRANSLATION, ("ha*",), ("Schwangerschaft",), "tr"), "words", "drei Buchstaben"),
        (Term(TermKind.TRANSLATION, ("hamile*",), ("Schwangerschaft",), ""), "language", "Sprache"),
        (Term(TermKind.STOP_WORD, ("zwei Wörter",)), "words", "einzelne"),
        (Term(TermKind.CONSTITUENT, ("ab",)), "words", "drei Buchstaben"),
        (Term(TermKind.CONSTITUENT, ("kind-er",)), "words", "Buchstaben"),
        (Term(TermKind.CONSTITUENT, ("kind", "gruppe")), "words", "ein Wort"),
        (Term(TermKind.EQUAL, ()), "words", "mindestens ein Wort"),
        (Term(TermKind.EQUAL, ("x" * 90, "Handy")), "words", "80"),
    ],
)
def test_what_has_no_effect_is_named_with_its_remedy(term, field, said):
    found = faults_of_term(term)
    assert [each for each in found if each[0] == field and said in each[1]], found


def test_a_situation_without_words_or_phrases_is_named():
    found = dict(faults_of_situation(Situation("x", "X", (), ("fest",), (), ("?!",), ("de",)), OfferKind.values))
    assert found.keys() == {"kinds", "words", "phrases"}


def test_lines_of_editors_are_read_with_and_without_a_language():
    assert [tagged(line) for line in ("tr: oyun grubu", " krabbelgruppe ", "um 10: wohin?")] == [
        ("tr", "oyun grubu"),
        ("de", "krabbelgruppe"),
        ("de", "um 10: wohin?"),
    ]
    assert in_order([("tr", "b"), ("de", "a"), ("tr", "a"), ("de", "")]) == (("a", "b"), ("de", "tr"))
    assert listed("a, b\nc , a,,") == ("a", "b", "c")
