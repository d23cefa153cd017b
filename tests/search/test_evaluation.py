"""Measuring: the figures by hand, files with faults, and the command on a small index."""

from math import log2
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.search.models import IndexEntry

from offers.models import OfferPage
from places.models import Place
from search import outbox, vocabulary, wordplan
from search.engines import engine_at
from search.evaluation import legs, stock_search
from search.evaluation.figures import Answer, BadJudgments, Judged, figures, halves, read_judgments, worst
from search.models import VocabularyTerm
from tests.offers import builders
from tests.search.conftest import elasticsearch_url

HEADING = "nr;klasse;parameter;treffer\n"


def judged(number="1", kind="wort", parameters="q=stillen", **grades):
    return Judged(number, kind, parameters, grades)


def answer(*keys, total=None, **grades):
    return Answer(judged(**grades), keys, len(keys) if total is None else total)


class TestFigures:
    def test_ndcg_weighs_grades_and_places(self):
        # Gains 7, 3 and 1 for grades 3, 2 and 1; the second place counts 1/log2(3), the third 1/2.
        best = 7 + 3 / log2(3) + 1 / 2
        assert answer("a", "b", "c", a=3, b=2, c=1).ndcg == pytest.approx(1)
        assert answer("b", "a", "x", a=3, b=2, c=1).ndcg == pytest.approx((3 + 7 / log2(3)) / best)
        assert answer("x", "y", a=3).ndcg == 0
        assert answer(a=3).ndcg == 0

    def test_ndcg_looks_at_ten_of_those_shown_and_of_those_expected(self):
        expected = {f"k{number}": 3 for number in range(15)}
        assert answer(*list(expected)[:10], **expected).ndcg == pytest.approx(1)
        assert answer(*(f"x{number}" for number in range(10)), "k1", **expected).ndcg == 0

    def test_the_first_that_helps_gives_the_reciprocal_rank(self):
        assert answer("x", "y", "b", "a", a=3, b=1).reciprocal_rank == pytest.approx(1 / 3)
        assert answer("x", a=3).reciprocal_rank == 0

    def test_recall_is_the_share_among_the_first_twenty_of_at_most_twenty(self):
        assert answer("a", "x", a=3, b=1).recall == 0.5
        many = {f"k{number}": 1 for number in range(40)}
        assert answer(*list(many)[:10], **many).recall == 0.5
        assert answer(*(f"x{number}" for number in range(20)), "a", a=1).recall == 0

    def test_where_nothing_is_expected_silence_is_right(self):
        assert answer(total=0).ndcg == 1
        assert answer("a").ndcg == 0

    def test_means_are_of_questions_with_an_answer_and_silence_is_of_the_others(self):
        found = figures([answer("a", a=3), answer(a=3), answer(total=0), answer("a")])
        assert (found.questions, found.answerable) == (4, 2)
        assert (found.ndcg, found.mrr, found.recall, found.nothing_found, found.silent) == (0.5, 0.5, 0.5, 0.5, 0.5)
        assert figures([answer("a", a=3)]).silent is None

    def test_the_worst_come_first(self):
        good, bad = answer("a", a=3), answer("x", a=3)
        assert worst([good, bad], 1) == [bad]

    def test_halves_go_by_the_number(self):
        answers = [Answer(judged(number), (), 0) for number in ("1", "2", "3", "5")]
        assert {name: len(half) for name, half in halves(answers).items()} == {"odd": 3, "even": 1}
        with pytest.raises(BadJudgments, match="nr"):
            halves([Answer(judged("a1"), (), 0)])


class TestFiles:
    @pytest.fixture
    def read(self, tmp_path):
        def read(text):
            path = tmp_path / "judgments.csv"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            return read_judgments(path)

        return read

    def test_a_file_says_what_is_asked_and_expected(self, read):
        first, second = read("\ufeff" + HEADING + "1;ort;q=a %26 b&ort=Bad Ems;x-y=3, z=1\n2;nichts;q=traktor;\n")
        assert (first.number, first.kind, dict(first.grades)) == ("1", "ort", {"x-y": 3, "z": 1})
        assert first.query.dict() == {"q": "a & b", "ort": "Bad Ems"}
        assert dict(second.grades) == {}

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "klasse, nr, parameter, treffer"),
            ("nr;klasse;parameter\n1;wort;q=a\n", "lacks the columns treffer"),
            (HEADING, "no questions"),
            (HEADING + "1;wort;q=a;x=3\n2;wort;q=b;x\n", "line 3: “x” has no grade"),
            (HEADING + "1;wort;q=a;x=4\n", "line 2: “x=4”"),
            (HEADING + "1;wort;stillen;x=3\n", "line 2: “stillen” is no question"),
            (HEADING + "1;wort\n", "line 2: “” is no question"),
            (HEADING + "1;wort;q=a;b;x=3\n", "line 2: there are more than four"),
            (HEADING.encode() + "1;wort;q=häh;x=3\n".encode("latin-1"), "UTF-8"),
        ],
    )
    def test_a_fault_is_named_with_its_line(self, read, text, said):
        with pytest.raises(BadJudgments, match=said):
            read(text)

    def test_a_file_that_is_not_there_is_named(self, tmp_path):
        with pytest.raises(BadJudgments, match="nowhere"):
            read_judgments(tmp_path / "nowhere.csv")


@pytest.fixture
def offers(db, settings, tmp_path):
    """Three offers; the index that SEARCH_URL names has them."""
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    Place.objects.create(name="Nassau", slug="nassau", kind="stadt", latitude=50.314, longitude=7.8)
    kita = builders.provider("kita", title="Kita am Fluss", town="Nassau", latitude=50.314, longitude=7.8)
    builders.offer(kita, "rat", title="Erziehungsberatung", schedules=[builders.weekly(0)])
    builders.offer(kita, "alt", title="Großeltern erzählen", schedules=[builders.weekly(0)])
    builders.offer(kita, "neu", title="Krabbelgruppe", summary="Wir singen.", schedules=[builders.weekly(2)])
    outbox.drain()


@pytest.fixture
def evaluate(tmp_path, capsys):
    """What the command prints for these questions."""

    def evaluate(lines, *options):
        path = tmp_path / "judgments.csv"
        path.write_text(HEADING + "".join(f"{number};{line}\n" for number, line in enumerate(lines, 1)))
        call_command("evaluate_search", "--judgments", str(path), *options, no_color=True)
        return capsys.readouterr()

    return evaluate


def rows(text):
    """The rows of a table by name, as lists of values."""
    return {line[:18].strip(): line[18:].split() for line in text.splitlines() if line[:18].strip()}


class TestCommand:
    def test_figures_are_printed_by_class_and_for_all(self, offers, evaluate):
        found = rows(evaluate(["wort;q=krabbelgruppe;neu=3", "wort;q=kuchenpause;alt=3", "nichts;q=traktor;"], "--halves").out)
        assert found["wort"] == ["2", "0.500", "0.500", "0.500", "50.0%"]
        assert found["nichts"] == ["1", "100%"]
        assert found["all"] == ["3", "0.500", "0.500", "0.500", "50.0%", "100%"]
        assert found["odd numbers"][:2] == ["2", "1.000"]
        assert found["even numbers"][:2] == ["1", "0.000"]

    def test_the_worst_questions_come_with_what_was_shown_and_expected(self, offers, evaluate):
        text = evaluate(["wort;q=krabbelgruppe;neu=3", "wort;q=großeltern;neu=3"], "--worst", "1").out
        assert "2 q=großeltern   nDCG@10 0.00, 1 found\n  shown     alt=0\n  expected  neu=3" in text
        assert "1 q=krabbelgruppe" not in text

    def test_several_engines_follow_each_other(self, offers, evaluate, settings, tmp_path):
        other = f"embedded://{tmp_path}/other"
        engine_at(other).write([])
        outbox.rebuild(engine_at(other))
        text = evaluate(["wort;q=krabbelgruppe;neu=3"], "--search-url", settings.SEARCH_URL, "--search-url", other).out
        assert text.index(settings.SEARCH_URL) < text.index(other)

    def test_words_of_editors_hold(self, offers, evaluate):
        VocabularyTerm.objects.create(kind="broader", words="Flitzpiepe", target="Krabbelgruppe")
        vocabulary.forget()
        assert rows(evaluate(["wort;q=flitzpiepe;neu=3"]).out)["all"][1] == "1.000"

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--search-url", "embedded:///nowhere/at/all"], "has no index of this version. Run rebuild_index"),
            (["--search-url", "redis://localhost/1"], "names no engine"),
            (["--search-url", "http://127.0.0.1:9/families"], "does not answer"),
        ],
    )
    def test_an_engine_that_cannot_answer_ends_the_command_with_a_reason(self, offers, evaluate, options, said):
        with pytest.raises(CommandError, match=said) as error:
            evaluate(["wort;q=krabbelgruppe;neu=3"], *options)
        assert error.value.returncode == 1

    def test_a_bad_file_ends_the_command_with_its_line(self, offers, evaluate):
        with pytest.raises(CommandError, match="line 2"):
            evaluate(["wort;q=krabbelgruppe;neu"])

    def test_it_warns_while_offers_wait_for_their_meaning(self, offers, evaluate, settings):
        assert "SEARCH_SEMANTICS is off" in evaluate(["wort;q=krabbelgruppe;neu=3"]).err
        settings.SEARCH_SEMANTICS = "bundled"
        outbox.rebuild()
        assert "3 offers still wait for their meaning" in evaluate(["wort;q=krabbelgruppe;neu=3"]).err


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def url(request, tmp_path):
    """The address of an index with the three offers."""
    if request.param == "embedded":
        yield f"embedded://{tmp_path}/index"
        return
    found = f"{elasticsearch_url()}/test-{uuid4().hex}?replicas=0"
    engine = engine_at(found)
    outbox.rebuild(engine)
    try:
        yield found
    finally:
        indices = engine.server.client().indices
        left = list(indices.get(index=f"{engine.storage.prefix}*", features=["aliases"]).body)
        for name in left:
            indices.delete(index=name)
        assert len(left) == 1


def test_each_leg_answers_what_the_one_before_could_not(offers, url):
    expected = {
        "q=erziehungsberatungen": ("rat", legs.WORDS),
        "q=beratung": ("rat", legs.COMPOUNDS),
        "q=oma": ("alt", legs.VOCABULARY),
        "q=krabelgruppe": ("neu", legs.VOCABULARY),
        "q=mittwochs singen": ("neu", legs.UNDERSTANDING),
    }
    questions = [judged(parameters=parameters, **{key: 3}) for parameters, (key, _leg) in expected.items()]
    before = vocabulary.current().overlay
    found = dict(legs.legs(url, questions))
    assert list(found) == [legs.WORDS, legs.COMPOUNDS, legs.VOCABULARY, legs.UNDERSTANDING, legs.MEANING, legs.SITUATIONS]
    for number, (key, first) in enumerate(expected.values()):
        right = [leg for leg, answers in found.items() if answers[number].keys == (key,)]
        assert right == list(found)[list(found).index(first) :], questions[number].parameters
    assert vocabulary.current().overlay == before
    assert wordplan.SHORTEST_CORRECTED == 5


def test_the_table_of_legs_has_a_row_a_leg_and_a_column_a_leg(offers, evaluate):
    found = rows(evaluate(["wort;q=oma;alt=3", "teil;q=beratung;rat=3", "nichts;q=traktor;"], "--legs").out)
    assert found["words"][1] == "0.000"
    assert found["+ compounds"][1] == "0.500"
    assert found["+ situations"][1] == "1.000"
    assert found["teil"] == ["0.000", *["1.000"] * 5]
    assert found["wort"] == ["0.000", "0.000", *["1.000"] * 4]
    assert "nichts" not in found


def test_wagtails_own_search_is_asked_over_the_same_pages_and_leaves_nothing_behind(offers, evaluate):
    before = list(IndexEntry.objects.order_by("pk").values_list("pk", "body"))
    answers = stock_search.answered(
        [judged(parameters="q=krabbelgruppe", neu=3), judged(parameters="q=singen"), judged(parameters="q=beratung")]
    )
    assert [each.keys for each in answers] == [("neu",), ("neu",), ()]
    assert list(IndexEntry.objects.order_by("pk").values_list("pk", "body")) == before
    assert "search_fields" not in vars(OfferPage)
    text = evaluate(["wort;q=singen;neu=3"], "--wagtail", "--worst", "0").out
    assert "Wagtail's search() on" in text
