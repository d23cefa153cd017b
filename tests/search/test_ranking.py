"""What comes first among what words find, on every engine."""

import pytest

from search.contract import Circle
from tests.search.builders import BAD_EMS, DIEZ, NASSAU, ask, make_document


def keys(engine, text, **values):
    return [hit.card.key for hit in engine.search(ask(text, **values)).hits]


def write(engine, *documents):
    """Each of a provider of its own, unless it names one."""
    engine.write(make_document(**{"provider_key": f"provider-{each['key']}", **each}) for each in documents)


def test_as_written_comes_before_its_stem_before_a_part_of_a_compound(engine):
    write(
        engine,
        {"key": "part", "title": "Erziehungsberatung"},
        {"key": "stem", "title": "Beratungen"},
        {"key": "exact", "title": "Beratung"},
        {"key": "other", "title": "Spielkreis"},
    )
    assert keys(engine, "Beratung") == ["exact", "stem", "part"]
    assert keys(engine, "Beratungen") == ["stem", "exact", "part"]


def test_a_title_comes_before_topics_before_a_description(engine):
    write(
        engine,
        {"key": "text", "title": "Donnerstags", "description": "Wir machen auch Musik."},
        {"key": "topic", "title": "Klangwiese", "words": ("Musik",)},
        {"key": "title", "title": "Musik"},
    )
    assert keys(engine, "Musik") == ["title", "topic", "text"]


def test_a_mistyped_word_never_comes_among_exact_ones(engine):
    write(engine, {"key": "exact", "title": "Stillen"}, {"key": "like", "title": "Stollen"}, {"key": "also", "title": "Spillen"})
    assert keys(engine, "Stillen") == ["exact"]


@pytest.mark.parametrize(
    ("typed", "title", "found"),
    [
        ("Kina", "Kita", False),
        ("Waldd", "Wald", True),
        ("Krabelgruppe", "Krabbelgruppe", True),
        ("Krabblegrupe", "Krabbelgruppe", True),
        ("Krbblgrpp", "Krabbelgruppe", False),
        ("Kuchenpause", "Kuchenbasar", False),
        ("Traktor", "Trainer", False),
    ],
)
def test_typing_errors_are_forgiven_by_the_length_of_the_word(engine, typed, title, found):
    write(engine, {"key": "it", "title": title}, {"key": "other", "title": "Spielkreis"})
    assert keys(engine, typed) == (["it"] if found else [])


def test_what_was_taken_for_an_error_is_said(engine):
    write(engine, {"key": "it", "title": "Krabbelgruppe"})
    assert engine.search(ask("Krabelgruppe")).suggestion == "Krabbelgruppe"
    assert engine.search(ask("Krabbelgruppe")).suggestion == ""


def test_all_words_come_before_some_of_them(engine):
    write(engine, {"key": "one", "title": "Musik Musik Musik"}, {"key": "both", "title": "Sommer", "description": "Musik im Garten."})
    assert keys(engine, "Musik Garten") == ["both"]


def test_near_comes_first_where_words_weigh_the_same(engine):
    write(
        engine,
        {"key": "diez", "title": "Musikgarten", "at": DIEZ},
        {"key": "bad-ems", "title": "Musikgarten", "at": BAD_EMS},
        {"key": "nassau", "title": "Musikgarten", "at": NASSAU},
    )
    assert keys(engine, "Musikgarten", circle=Circle(*NASSAU, 60)) == ["nassau", "bad-ems", "diez"]


def test_one_provider_does_not_fill_the_first_page(engine):
    many = [{"key": f"a{number}", "title": "Krabbelgruppe", "provider_key": "one"} for number in range(30)]
    few = [{"key": f"z{number}", "title": "Krabbelgruppe", "provider_key": "other"} for number in range(3)]
    write(engine, *many, *few)
    assert {"z0", "z1", "z2"} <= set(keys(engine, "Krabbelgruppe")[:8])
    assert len(keys(engine, "Krabbelgruppe", page_size=40)) == 33
