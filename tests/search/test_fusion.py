"""One order out of words, meaning and circumstances, by hand-made candidates."""

from datetime import timedelta

import pytest

from search.contract import Circle, Meaning
from search.features import features_of
from search.fusion import LANGUAGE, LOWERED, SAME_PROVIDER, SOON, Candidate, fused, speaks
from tests.search.builders import NOW, ask, make_card


def meaning(**values):
    return Meaning(**{"direction": b"", "offset": 0.0, "weight": 1.0, "question": b"", "trust": 6.0, **values})


def candidate(words=1.0, likeness=None, distance_km=None, **values):
    """Each of a provider of its own, so that only what is named differs."""
    card = make_card(**values)
    if "provider_key" not in values:
        card = make_card(**{**values, "page_id": card.page_id, "provider_key": f"provider-{card.page_id}"})
    return Candidate(features_of(card), words, likeness, distance_km)


def order(candidates, request):
    return [each.offer.page_id for _score, each in fused(candidates, request)]


def first(candidates, **request):
    """Which of the candidates comes first, whatever their order before."""
    winner = order(candidates, ask(**request))[0]
    assert order(candidates[::-1], ask(**request))[0] == winner
    return next(number for number, each in enumerate(candidates) if each.offer.page_id == winner)


def test_words_and_likeness_add_up():
    by_words, by_both = candidate(2.0, likeness=0.5), candidate(1.5, likeness=1.5)
    assert first([by_words, by_both], meaning=meaning()) == 1
    assert first([by_words, by_both]) == 0


def test_an_offer_whose_likeness_nobody_worked_out_counts_as_the_least_alike():
    unknown, least, most = candidate(1.0), candidate(1.0, likeness=0.2), candidate(1.0, likeness=2.0)
    scores = {each.offer.page_id: score for score, each in fused([unknown, least, most], ask(meaning=meaning()))}
    assert scores[unknown.offer.page_id] == scores[least.offer.page_id] < scores[most.offer.page_id]


def test_topics_and_kind_of_the_situation_speak_for_an_offer():
    told = meaning(topics=(("trauer", 2.0), ("erziehung", 1.0)), kinds=(("beratung", 0.5),))
    assert first([candidate(), candidate(topics=("erziehung",)), candidate(topics=("trauer",))], meaning=told) == 2
    assert first([candidate(kind="treff"), candidate(kind="beratung")], meaning=told) == 1


def test_a_wished_language_outweighs_everything_else():
    turkish, german = candidate(1.0, languages=("de", "tr")), candidate(1.0 + LANGUAGE / 2)
    assert first([german, turkish], wished_languages=("tr",)) == 1
    assert first([german, turkish]) == 0


@pytest.mark.parametrize(("lowest", "highest", "expected"), [(0, 12, 1), (24, 36, 0), (None, None, 0), (6, None, 1), (None, 3, 0)])
def test_an_offer_for_the_wished_age_comes_before_one_that_does_not_say(lowest, highest, expected):
    silent, says = candidate(1.05), candidate(1.0, min_age_months=lowest, max_age_months=highest)
    assert first([silent, says], wished_age_months=6) == expected


def test_an_offer_for_another_age_comes_after_one_that_does_not_say():
    assert first([candidate(1.0), candidate(1.05, min_age_months=36)], wished_age_months=6) == 0


def test_nearness_is_gentle_and_has_an_end():
    circle = Circle(50.3, 7.8, 60)
    assert first([candidate(1.0, distance_km=9), candidate(1.0, distance_km=2)], circle=circle) == 1
    assert first([candidate(9.0, distance_km=9), candidate(1.0, distance_km=2)], circle=circle) == 0
    far, farther = fused([candidate(1.0, distance_km=40), candidate(1.0, distance_km=55)], ask(circle=circle))
    assert far[0] == farther[0]


def test_what_has_no_place_counts_as_neither_near_nor_far():
    circle = Circle(50.3, 7.8, 60)
    assert order([near := candidate(distance_km=1), nowhere := candidate(), far := candidate(distance_km=25)], ask(circle=circle)) == [
        near.offer.page_id,
        nowhere.offer.page_id,
        far.offer.page_id,
    ]


def test_a_soon_date_is_gentler_than_any_word():
    soon, later = candidate(1.0, starts=[NOW + timedelta(days=3)]), candidate(1.0, starts=[NOW + timedelta(days=30)])
    assert first([later, soon]) == 1
    assert first([candidate(1.0 + 2 * SOON, starts=[NOW + timedelta(days=30)]), soon]) == 0


def test_equal_offers_follow_by_date_and_number():
    late, early = candidate(starts=[NOW + timedelta(days=40)]), candidate(starts=[NOW + timedelta(days=30)])
    never, also_never = candidate(), candidate()
    expected = [each.offer.page_id for each in (early, late, never, also_never)]
    assert order([also_never, late, never, early], ask()) == expected


def test_one_provider_does_not_fill_the_first_page():
    one = [candidate(2.0 - number / 100, provider_key="one") for number in range(10)]
    other = [candidate(1.9 - number / 100, provider_key="other") for number in range(3)]
    numbers = [each.offer.provider_key for _score, each in fused([*one, *other], ask())]
    assert numbers[0] == "one"
    assert set(numbers[:3]) == {"one", "other"}
    assert numbers[:6].count("other") == 3


def test_of_one_provider_the_better_offer_stays_before_the_worse():
    offers = [candidate(2.0 - number * SAME_PROVIDER / 4, provider_key="one") for number in range(8)]
    assert order(offers[::-1], ask()) == [each.offer.page_id for each in offers]


def test_meaning_speaks_where_some_offer_is_like_the_question():
    most = 10.0
    assert speaks(meaning(), most, with_words=False)
    assert not speaks(meaning(), 0.5, with_words=False)
    least = next(each / 100 for each in range(1000) if speaks(meaning(), each / 100, with_words=False))
    # Less is needed where words find offers too, more where no situation of families is recognised, in proportion to the yardstick.
    assert speaks(meaning(), least - 0.1, with_words=True)
    assert not speaks(meaning(trust=3.0), least, with_words=False)
    assert speaks(meaning(trust=9.0), least, with_words=False)
    assert not speaks(meaning(weight=2.0), least, with_words=False)


def test_what_nobody_has_confirmed_for_long_stands_behind_its_like_and_nothing_else_changes():
    made = [candidate(2.0 - number / 10) for number in range(6)]
    before = {each.offer.page_id: score for score, each in fused(made, ask())}
    stale = Candidate(made[1].offer._replace(lowered=True), made[1].words, None, None)
    lowered = [made[0], stale, *made[2:]]
    after = {each.offer.page_id: score for score, each in fused(lowered, ask())}
    changed = made[1].offer.page_id
    assert after.pop(changed) == pytest.approx(before.pop(changed) - LOWERED)
    assert after == before
    assert order(lowered, ask()) == [*(each.offer.page_id for each in made if each is not made[1]), changed]
