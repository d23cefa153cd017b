"""What every engine does, whatever it is made of. Runs on all of them; a difference is a skip with a reason."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from search.contract import Box, Circle, Meaning
from search.semantics.encoder import get_encoder
from tests.search.builders import BAD_EMS, DIEZ, KOBLENZ, NASSAU, NOW, ask, make_card, make_document, random_documents


def titles(engine, text="", **conditions):
    return [hit.card.title for hit in engine.search(ask(text, **conditions)).hits]


class TestWords:
    @pytest.mark.parametrize(
        ("title", "question"),
        [
            ("Eltern-Kind-Gruppe", "Elternkindgruppe"),
            ("Eltern-Kind-Gruppe", "eltern kind gruppe"),
            ("Elternkindgruppe", "Eltern-Kind-Gruppe"),
            ("Eltern Kind Gruppe", "Elternkindgruppe"),
            ("Beratung für Eltern", "Beratungen"),
            ("Erziehungsberatung", "Beratungen"),
            ("Familienfrühstück", "Familien Frühstück"),
            ("Familienfrühstück", "familien fruehstueck"),
            ("Turnen für Kinder", "Kinderturnen"),
            ("Stillcafé", "still cafe"),
            ("Müttergruppe", "muetter"),
            ("Treffen der Erzieherinnen", "Erzieher*innen"),
            ("Українська ігрова година", "ігрова"),
        ],
    )
    def test_a_question_finds_other_forms_of_its_words(self, engine, title, question):
        engine.write([make_document(title), make_document("Schuldnerhilfe am Telefon")])
        assert titles(engine, question) == [title]

    def test_words_may_stand_in_different_places_of_an_offer(self, engine):
        engine.write(
            [
                make_document("Spielkreis", provider_name="Kita Sonnenhang", town="Nassau", description="Wir singen Lieder."),
                make_document("Spielkreis", town="Diez"),
            ]
        )
        assert len(titles(engine, "Spielkreis Nassau")) == 1
        assert len(titles(engine, "Lieder Sonnenhang")) == 1

    def test_the_title_weighs_more_than_the_topic_and_the_topic_more_than_the_description(self, engine):
        engine.write(
            [
                make_document("Offener Treff", description="Auch Fragen zur Trauer haben Platz.", page_id=1),
                make_document("Offener Treff", words=("Trauer",), page_id=2),
                make_document("Trauer braucht Zeit", page_id=3),
            ]
        )
        hits = engine.search(ask("Trauer")).hits
        assert [hit.card.page_id for hit in hits] == [3, 2, 1]
        assert hits[0].score > hits[1].score > hits[2].score

    def test_the_word_itself_comes_before_its_other_forms_and_these_before_compounds(self, engine):
        engine.write([make_document("Trauergruppe"), make_document("Gruppen"), make_document("Gruppe")])
        assert titles(engine, "Gruppe") == ["Gruppe", "Gruppen", "Trauergruppe"]

    def test_all_words_must_be_found_if_there_is_such_an_offer(self, engine):
        engine.write([make_document("Stillgruppe"), make_document("Stillgruppe am Abend")])
        assert titles(engine, "Stillgruppe Abend") == ["Stillgruppe am Abend"]

    def test_words_are_given_up_one_by_one_where_no_offer_has_all(self, engine):
        engine.write([make_document("Stillgruppe am Abend"), make_document("Stillgruppe"), make_document("Abendlied")])
        assert titles(engine, "Stillgruppe Abend Trompete") == ["Stillgruppe am Abend"]

    def test_words_of_a_question_need_not_be_found(self, engine):
        engine.write([make_document("Hilfe bei Anträgen"), make_document("Spielkreis")])
        assert titles(engine, "Wer hilft mir, wo finde ich Hilfe bei Anträgen?") == ["Hilfe bei Anträgen"]

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("Krabelgruppe", "Krabbelgruppe"), ("krabbelgrupep", "krabbelgruppe"), ("Erziehugsbratung", "Erziehungsberatung")],
    )
    def test_a_typing_error_finds_what_was_meant_and_says_so(self, engine, typed, meant):
        engine.write([make_document("Krabbelgruppe"), make_document("Erziehungsberatung"), make_document("Trauercafé")])
        response = engine.search(ask(f"{typed}"))
        assert [hit.card.title.casefold() for hit in response.hits] == [meant.casefold()]
        assert response.suggestion == meant

    def test_a_correction_keeps_the_umlaut_and_the_other_words(self, engine):
        engine.write([make_document("Frühstück für Familien"), make_document("Frühstück")])
        response = engine.search(ask("Familien: frühstükc?"))
        assert response.suggestion == "Familien: frühstück?"
        assert response.total == 1

    def test_a_word_that_is_known_is_not_corrected(self, engine):
        engine.write([make_document("Kinderwagen"), make_document("Kinderlagen")])
        response = engine.search(ask("Kinderlagen"))
        assert (response.suggestion, response.total) == ("", 1)

    @pytest.mark.parametrize("question", ["qwertzuiop", "Xylophonbaukran", "abcd", "привет"])
    def test_words_like_nothing_find_nothing(self, engine, question):
        engine.write(random_documents(50))
        response = engine.search(ask(question))
        assert (response.total, response.hits, response.suggestion, response.pages) == (0, (), "", 0)

    @pytest.mark.parametrize(
        "text",
        ["", "   ", "?!", "title:foo AND (", '"', "a" * 10_000, "\x00", "ab " * 4000, "*", "-", "🤱", "\ud800", "kind^99", "[* TO *]"],
    )
    def test_any_text_is_only_a_text(self, engine, text):
        engine.write([make_document("Krabbelgruppe")])
        assert engine.search(ask(text)).total in (0, 1)
        assert engine.count(ask(text)) == engine.search(ask(text)).total
        engine.complete(text, 5)

    def test_the_words_found_are_marked_in_title_and_summary(self, engine):
        engine.write([make_document("Krabbelgruppe <1>", summary="Die Krabbelgruppen & mehr")])
        (hit,) = engine.search(ask("krabbelgruppe")).hits
        assert hit.title_marked == "<mark>Krabbelgruppe</mark> &lt;1&gt;"
        assert hit.summary_marked == "Die <mark>Krabbelgruppen</mark> &amp; mehr"


class TestPlaces:
    def test_the_border_of_a_circle_is_exact(self, engine):
        engine.write([make_document("Nah", at=NASSAU), make_document("Fern", at=DIEZ)])
        (hit,) = engine.search(ask(circle=Circle(*BAD_EMS, 10.0))).hits
        assert titles(engine, circle=Circle(*BAD_EMS, hit.distance_km + 1e-9)) == ["Nah"]
        assert titles(engine, circle=Circle(*BAD_EMS, hit.distance_km - 1e-9)) == []

    def test_with_a_radius_what_reaches_everywhere_matches_and_what_has_no_place_does_not(self, engine):
        engine.write(
            [
                make_document("Hier", at=BAD_EMS),
                make_document("Am Telefon", at=KOBLENZ, form="telefon", reaches_everywhere=True),
                make_document("Ohne Ort", at=None),
            ]
        )
        hits = engine.search(ask(circle=Circle(*BAD_EMS, 5.0))).hits
        assert [(hit.card.title, hit.distance_km) for hit in hits] == [("Hier", pytest.approx(0)), ("Am Telefon", None)]

    def test_without_a_radius_everything_matches_and_what_has_no_place_comes_last(self, engine):
        engine.write([make_document("Ohne Ort", at=None), make_document("Fern", at=DIEZ), make_document("Nah", at=NASSAU)])
        assert titles(engine, circle=Circle(*BAD_EMS)) == ["Nah", "Fern", "Ohne Ort"]

    def test_with_words_relevance_is_that_of_the_words_and_distance_can_be_asked_for(self, engine):
        others = [make_document(f"Singen {number}", at=NASSAU) for number in range(20)]
        engine.write([make_document("Eltern", summary="Auch für Väter", at=BAD_EMS), make_document("Väter", at=NASSAU), *others])
        circle = Circle(*BAD_EMS, 50.0)
        assert titles(engine, "Väter", circle=circle) == ["Väter", "Eltern"]
        assert titles(engine, "Väter", circle=circle, sort="entfernung") == ["Eltern", "Väter"]

    @pytest.mark.parametrize("point", [(0.0, 180.0), (89.9, 0.0), (-90.0, -180.0), (0.0, 0.0)])
    @pytest.mark.parametrize("radius", [0.0, 0.001, 500.0, 25_000.0])
    def test_circles_at_the_edges_of_the_world_are_circles(self, engine, point, radius):
        engine.write([make_document("Hier", at=point), make_document("Dort", at=BAD_EMS)])
        assert "Hier" in titles(engine, circle=Circle(*point, radius))
        assert len(titles(engine, circle=Circle(*point, 25_000.0))) == 2

    def test_a_map_shows_at_most_three_hundred_markers(self, engine):
        engine.write(
            [
                make_document(at=(50.0 + row / 40, 7.0 + column / 25), page_id=1 + row * 30 + column)
                for row in range(30)
                for column in range(30)
            ]
        )
        for zoom in range(3, 18):
            clusters = engine.clusters(ask(), Box(49.0, 6.0, 52.0, 9.0), zoom)
            assert len(clusters) <= 300
            assert sum(each.count for each in clusters) == 900

    def test_a_window_across_the_date_line_shows_both_sides(self, engine):
        engine.write([make_document(at=(0.0, 179.0)), make_document(at=(0.0, -179.0)), make_document(at=(0.0, 0.0))])
        assert sum(each.count for each in engine.clusters(ask(), Box(-5, 170, 5, -170), 8)) == 2

    def test_a_single_marker_carries_its_card_and_several_carry_none(self, engine):
        engine.write([make_document("Allein", at=DIEZ), make_document(at=BAD_EMS), make_document(at=BAD_EMS)])
        clusters = engine.clusters(ask(), Box(50, 7, 51, 9), 12)
        assert sorted((each.count, each.card and each.card.title) for each in clusters) == [(1, "Allein"), (2, None)]


class TestDates:
    def test_sorted_by_date_what_has_none_comes_last(self, engine):
        engine.write(
            [
                make_document("Nach Absprache"),
                make_document("Übermorgen", starts=[NOW + timedelta(days=2)]),
                make_document("Morgen", starts=[NOW + timedelta(days=1)]),
            ]
        )
        assert titles(engine, sort="datum") == titles(engine) == ["Morgen", "Übermorgen", "Nach Absprache"]

    def test_day_time_and_dates_hold_for_the_same_date(self, engine):
        wednesday = NOW + timedelta(days=2)
        engine.write([make_document(starts=[wednesday.replace(hour=9), (wednesday + timedelta(days=1)).replace(hour=15)])])
        assert titles(engine, days=("mi",), time="vormittag")
        assert not titles(engine, days=("mi",), time="nachmittag")
        assert titles(engine, days=("mi", "do"), time="nachmittag")
        assert not titles(engine, date_from=wednesday.date(), date_to=wednesday.date(), time="nachmittag")
        assert titles(engine, date_from=wednesday.date(), time="nachmittag")
        assert not titles(engine, date_to=wednesday.date(), days=("do",))

    def test_any_span_of_days_is_exact(self, engine):
        start = NOW.replace(hour=9)
        engine.write([make_document(str(number), starts=[start + timedelta(days=number)]) for number in range(0, 420, 7)])
        for first, last in ((0, 0), (1, 6), (0, 7), (3, 100), (10, 399), (-5000, 3), (400, 90000)):
            expected = [str(number) for number in range(0, 420, 7) if first <= number <= last]
            found = titles(
                engine, date_from=(NOW + timedelta(days=first)).date(), date_to=(NOW + timedelta(days=last)).date(), page_size=100
            )
            assert found == expected

    def test_documents_whose_time_has_come_are_named(self, engine):
        engine.write(
            [
                make_document(page_id=5, stale_at=NOW - timedelta(minutes=1)),
                make_document(page_id=6, stale_at=NOW + timedelta(minutes=1)),
                make_document(page_id=7),
            ]
        )
        assert engine.stale(NOW) == [5]
        assert engine.stale(NOW + timedelta(hours=1)) == [5, 6]


class TestNeighbours:
    def test_a_beginning_completes_to_offers_whose_title_has_such_a_word(self, engine):
        engine.write([make_document("Offene Krabbelgruppe"), make_document("Krabbelkäfer"), make_document("Trauergruppe")])
        assert [card.title for card in engine.complete("krab", 5)] == ["Krabbelkäfer", "Offene Krabbelgruppe"]
        assert [card.title for card in engine.complete("offene kr", 5)] == ["Offene Krabbelgruppe"]
        assert engine.complete("zzz", 5) == ()
        assert len(engine.complete("k", 1)) == 1

    def test_similar_offers_share_topics_or_words_and_are_of_others_near_first(self, engine):
        engine.write(
            [
                make_document("Krabbelgruppe", key="hier", topics=("krabbeln",), provider_key="a", at=BAD_EMS),
                make_document("Im selben Haus", topics=("krabbeln",), provider_key="a", at=BAD_EMS),
                make_document("Weit weg", topics=("krabbeln",), provider_key="b", at=(52.5, 13.4)),
                make_document("Nebenan", topics=("krabbeln",), provider_key="c", at=NASSAU),
                make_document("Etwas anderes", topics=("trauer",), provider_key="d", at=BAD_EMS),
            ]
        )
        hits = engine.similar("hier", None, NOW, 5)
        assert [hit.card.title for hit in hits] == ["Nebenan", "Weit weg"]
        assert hits[0].distance_km == pytest.approx(6.5, abs=0.5)
        assert engine.similar("gibt-es-nicht", None, NOW, 5) == ()


class TestWriting:
    def test_an_index_that_nobody_has_written_is_empty_and_asks_to_be_built(self, engine):
        assert engine.search(ask()).total == 0
        assert engine.search(ask("gruppe", circle=Circle(*BAD_EMS, 5.0))).facets["kind"] == ()
        assert list(engine.digests()) == [] == engine.stale(NOW)
        assert engine.clusters(ask(), Box(50, 7, 51, 8), 10) == ()
        assert engine.needs_rebuild()

    def test_what_is_written_is_found_when_the_call_returns(self, engine):
        engine.write([make_document("Krabbelgruppe", page_id=1)])
        assert titles(engine) == ["Krabbelgruppe"]
        assert not engine.needs_rebuild()
        engine.write([make_document("Spielkreis", page_id=1, digest="neu"), make_document("Stillcafé", page_id=2)])
        assert sorted(titles(engine)) == ["Spielkreis", "Stillcafé"]
        assert not titles(engine, "Krabbelgruppe")
        engine.write([], deleted=[1, 99])
        assert dict(engine.digests()) == {2: "digest-2"}

    def test_of_two_documents_of_one_page_the_last_counts(self, engine):
        engine.write([make_document("Erst", page_id=1), make_document("Dann", page_id=1)])
        assert titles(engine) == ["Dann"]

    def test_a_card_comes_back_as_it_was(self, engine):
        card = make_card("Ein „Titel“ <b>", starts=[NOW + timedelta(days=180)], summary="ä\n🤱", at=None, audience=("eltern", "kinder"))
        document = replace(make_document(), card=card)
        engine.write([document])
        assert engine.search(ask()).hits[0].card == card

    def test_a_rebuild_replaces_everything(self, engine):
        engine.write([make_document("Alt", page_id=1)])
        engine.rebuild([make_document("Neu", page_id=2)])
        engine.rebuild([make_document("Neuer", page_id=3)])
        assert titles(engine) == ["Neuer"]
        engine.rebuild([])
        assert engine.search(ask()).total == 0
        assert not engine.needs_rebuild()

    def test_a_rebuild_that_fails_leaves_the_index_as_it_was(self, engine):
        engine.write([make_document("Alt")])

        def broken():
            yield make_document("Neu")
            raise RuntimeError("broken")

        with pytest.raises(RuntimeError):
            engine.rebuild(broken())
        assert titles(engine) == ["Alt"]

    def test_facets_are_counted_again_after_a_change(self, engine):
        engine.write([make_document(kind="kurs", page_id=1)])
        assert engine.search(ask()).facets["kind"][0].count == 1
        engine.write([make_document(kind="kurs", page_id=2)])
        assert engine.search(ask()).facets["kind"][0].count == 2


class TestMeaning:
    @pytest.mark.parametrize("documents", [[], [make_document("Babytreff", page_id=1), make_document("Elterncafé", page_id=2)]])
    def test_a_question_with_meaning_is_answered_while_no_offer_has_its_own_yet(self, engine, settings, documents):
        settings.SEARCH_SEMANTICS = "bundled"
        direction = np.eye(1, get_encoder().dimensions, dtype="<f4").tobytes()
        meaning = Meaning(direction=direction, offset=0.5, weight=1.0, question=direction, trust=6.0)
        engine.rebuild(documents)
        assert titles(engine, "babytreff", meaning=meaning) == [each.card.title for each in documents[:1]]
