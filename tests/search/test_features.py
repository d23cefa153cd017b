"""What the order by relevance looks at, on its way through an index."""

from datetime import timedelta

from search.features import NO_DATE, features_of, from_json, to_json
from tests.search.builders import NOW, make_card


def test_features_come_back_as_they_were():
    card = make_card(topics=("krabbeln", "spielen"), languages=("de", "uk"), min_age_months=0, starts=[NOW + timedelta(days=3)])
    features = features_of(card)
    assert from_json(to_json(features)) == features
    assert features.next_start == (NOW + timedelta(days=3)).timestamp()
    assert (features.topics, features.languages, features.min_age_months, features.max_age_months) == (card.topics, card.languages, 0, None)


def test_an_offer_without_a_date_comes_after_every_date():
    features = features_of(make_card())
    assert from_json(to_json(features)) == features
    assert features.next_start == NO_DATE > (NOW + timedelta(days=40_000)).timestamp()


def test_that_an_offer_is_lowered_comes_along():
    assert [from_json(to_json(features_of(make_card(lowered=value)))).lowered for value in (False, True)] == [False, True]
