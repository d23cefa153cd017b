"""Which words count, by an index that is a table: what must be found, what stands for a word, what is taken for a typing error."""

import pytest
from rapidfuzz.distance import OSA

from search.analysis import stem, word
from search.vocabulary import Overlay, Situation, Term, TermKind, forget, lay_over
from search.wordplan import CORRECTED, TOGETHER, plan_words

SIZE = 1000


class Table:
    """An index with these words, and in how many documents each is."""

    def __init__(self, **words):
        self.words = words
        self.asked = []

    def size(self):
        return SIZE

    def frequency(self, token):
        return max((number for written, number in self.words.items() if token in word(written).plain), default=0)

    def nearest(self, exact, errors):
        self.asked.append((exact, errors))
        near = [(OSA.distance(exact, other), -number, other) for other, number in self.words.items()]
        distance, _number, best = min(near, default=(99, 0, ""))
        return best if distance <= errors else ""


def forms(plan, position=0):
    return {form.word.exact: form.weight for form in plan.words[position].forms}


@pytest.fixture
def overlay():
    """Lays entries over the vocabulary, for one test."""
    yield lambda terms=(), situations=(): lay_over(Overlay({each.key: each for each in terms}, {each.slug: each for each in situations}))
    forget()


def test_a_question_without_words_gives_an_empty_plan():
    for text in ("", "   ", "?!", "wo gibt es"):
        plan = plan_words(text, Table(krabbelgruppe=3))
        assert (plan.words, plan.levels, plan.suggestion) == ((), (), "")


def test_all_words_must_be_found_and_then_fewer_down_to_half():
    table = Table(musik=10, garten=10, wiese=10, lieder=10)
    assert plan_words("musik", table).levels == (1,)
    assert plan_words("musik garten", table).levels == (2, 1)
    assert plan_words("musik garten wiese", table).levels == (3, 2)
    assert plan_words("musik garten wiese lieder", table).levels == (4, 3, 2)


def test_words_that_nothing_has_weigh_against_the_others():
    table = Table(musik=10, garten=10)
    assert plan_words("qwertz musik", table).levels == ()
    assert plan_words("qwertz musik garten", table).levels == (2,)
    assert plan_words("qwertz asdf musik garten", table).levels == ()
    plan = plan_words("qwertz musik garten", table)
    assert [each.known for each in plan.words] == [False, True, True]


def test_a_rare_word_tells_more_than_a_common_one():
    rare, common = plan_words("trauer kinder", Table(trauer=3, kinder=900)).words
    assert rare.share > 5 * common.share
    assert rare.share + common.share == pytest.approx(1)


def test_a_word_that_nothing_has_tells_most():
    unknown, known = plan_words("qwertz musik", Table(musik=10)).words
    assert unknown.share > known.share


@pytest.mark.parametrize(
    ("typed", "written", "found"),
    [
        ("kkta", "kita", False),  # four letters: right or unknown
        ("waldd", "wald", True),  # five letters: one
        ("waxxd", "wald", False),
        ("gruppw", "gruppe", True),  # longer ones: two
        ("grxppw", "gruppe", True),
        ("grxxpw", "gruppe", False),
        ("krabelgrupe", "krabbelgruppe", True),
        ("erziehungsbertaung", "erziehungsberatung", True),
        ("kuchenpause", "kuchengruppe", False),
    ],
)
def test_typing_errors_by_the_length_of_the_word(typed, written, found):
    plan = plan_words(typed, Table(**{written: 5}))
    assert forms(plan) == ({word(written).exact: CORRECTED} if found else {typed: 1.0})
    assert plan.levels == ((1,) if found else ())
    assert plan.suggestion == (written if found else "")


def test_a_word_that_the_index_knows_is_never_corrected():
    table = Table(turnen=1, turner=500)
    assert forms(plan_words("turnen", table)) == {"turnen": 1.0}
    assert table.asked == []


def test_a_corrected_form_never_stands_beside_an_exact_one():
    plan = plan_words("krabelgruppe turnen", Table(krabbelgruppe=5, turnen=5, turmen=900))
    assert forms(plan, 0) == {"krabbelgruppe": CORRECTED}
    assert forms(plan, 1) == {"turnen": 1.0}


def test_real_words_are_not_corrected(overlay):
    table = Table(tandem=5)
    assert forms(plan_words("tandam", table)) == {"tandem": CORRECTED}
    overlay(terms=[Term(TermKind.EQUAL, ("Tandam", "Quark"))])
    assert forms(plan_words("tandam", table)) == {"tandam": 1.0}


def test_words_that_families_use_in_two_situations_are_not_corrected(overlay):
    table = Table(tandem=5)

    def situation(slug):
        return Situation(slug, slug, ("spielen",), (), ("Spielen",), ("wo gibt es tandam",), ("de",))

    overlay(situations=[situation("zz-eins")])
    assert forms(plan_words("tandam", table)) == {"tandem": CORRECTED}
    overlay(situations=[situation("zz-eins"), situation("zz-zwei")])
    assert forms(plan_words("tandam", table)) == {"tandam": 1.0}


@pytest.mark.parametrize("text", ["56130a", "abc12", "вивчити"])
def test_numbers_and_other_scripts_are_not_corrected(text):
    table = Table(вивчати=5, abc13=3, musik=3)
    plan_words(text, table)
    assert table.asked == []


def test_the_suggestion_keeps_what_was_right_and_how_it_was_written():
    table = Table(krabbelgruppe=5, nachmittag=5)
    assert plan_words("Krabelgruppe, bitte am  Nachmittag!", table).suggestion == "Krabbelgruppe, bitte am Nachmittag!"


def test_two_words_may_be_one(overlay):
    plan = plan_words("wald spielkreis", Table(waldspielkreis=2, wald=50, spielkreis=40))
    assert forms(plan, 0)["waldspielkreis"] == TOGETHER
    assert forms(plan, 1)["waldspielkreis"] == TOGETHER
    assert next(iter(forms(plan, 0))) == "wald"


def test_what_stands_for_a_word_counts_less_and_only_where_the_index_has_it(overlay):
    overlay(terms=[Term(TermKind.EQUAL, ("Flitzpiepe", "Wirbelwind", "Zappelphilipp"))])
    found = forms(plan_words("flitzpiepe", Table(flitzpiepe=3, wirbelwind=5)))
    assert list(found) == ["flitzpiepe", "wirbelwind"]
    assert 0 < found["wirbelwind"] < found["flitzpiepe"] == 1
    # Nobody corrects a word for which another one stands.
    assert set(forms(plan_words("flitzpiepe", Table(wirbelwind=5, flitzpiepa=5)))) == {"wirbelwind"}


def test_a_wider_word_stands_for_a_narrower_one_and_not_the_other_way_round(overlay):
    overlay(terms=[Term(TermKind.BROADER, ("Flitzpiepe",), ("Wirbelwind",))])
    table = Table(flitzpiepe=3, wirbelwind=5)
    assert set(forms(plan_words("flitzpiepe", table))) == {"flitzpiepe", "wirbelwind"}
    assert set(forms(plan_words("wirbelwind", table))) == {"wirbelwind"}


def test_a_compound_is_known_by_all_its_constituents():
    assert plan_words("erziehungsberatung", Table(erziehung=9, beratung=9)).words[0].known
    assert not plan_words("erziehungsberatung", Table(erziehung=9)).words[0].known


def test_what_is_marked_are_all_forms(overlay):
    overlay(terms=[Term(TermKind.EQUAL, ("Flitzpiepe", "Wirbelwind"))])
    assert {stem("flitzpiepe"), stem("wirbelwind")} <= plan_words("flitzpiepe", Table(flitzpiepe=3, wirbelwind=5)).marked
