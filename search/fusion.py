"""One ranking from what the words of a question find and what its meaning finds. Pure; the same for every engine.

Scores add up: the engine's score of the words (see WORDS and COVERAGE), the likeness in meaning, and what topics, kind, language, age,
nearness and a soon date speak for. The weights were fitted to kinds of questions; docs/search.md tells how and what each part gives.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from search.contract import Meaning, SearchRequest
from search.features import Features

# So many offers of each ranking are weighed against each other; what the words find beyond follows in their order.
MOST_BY_WORDS, MOST_ALIKE = 60, 100
# What a word's BM25 counts; what having all words of the question gives, and having them in the title; having some gives their share.
WORDS, COVERAGE, TITLE = 0.06, 5.0, 2.0
# How much of that a word weighs by where it is found. The title has it as written ("="), as its own stem ("#") and as part of a compound;
# the focus is what the summary and the labels say as well. Less for a compound's constituents, and for what stands for the word.
WEIGHTS = {"title=": 1.2, "title#": 1.2, "title": 1.4, "focus": 1.2, "place": 0.6}
CONSTITUENTS, FURTHER_FORM = 0.6, 0.5
# What is less like the question is not found by its meaning. In standard deviations, as the two below.
LEAST_LIKENESS = 1.7
# Where even the offer that is most like the question, anywhere, is less like it, the question is about something else and its meaning
# finds nothing. It may be less where the words of the question find offers.
LEAST_SENSE, LEAST_SENSE_WITH_WORDS = 2.55, 2.3
# With less trust than this in any situation, it must be more: so much for each standard deviation.
FULL_TRUST, DISTRUST = 5.2, 0.4

LANGUAGE = 14.0
AGE_FITS, AGE_DIFFERS = 0.5, -1.0
# What a kilometre takes away, and how far an offer counts that has no place.
KILOMETRE, FARTHEST_KM, ANYWHERE_KM = 1 / 4, 30.0, 8.0
SOON, SOON_DAYS = 0.1, 14
# What an offer loses that nobody has confirmed for long (docs/freshness.md).
LOWERED = 3.0
# What every further offer of the same provider loses, so that one provider does not fill the first page.
SAME_PROVIDER = 0.25


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that words or meaning have found. `likeness` None: not worked out, as little as that of the last one found."""

    offer: Features
    words: float
    likeness: float | None
    distance_km: float | None


def least_likeness(meaning: Meaning) -> float:
    """The likeness with which an offer is found by meaning alone."""
    return LEAST_LIKENESS * meaning.weight


def speaks(meaning: Meaning, most: float, *, with_words: bool) -> bool:
    """Whether a question's meaning may find offers.

    `most`: the greatest likeness of any offer, wherever it is; `with_words`: whether the question's words find any.
    """
    least = (LEAST_SENSE_WITH_WORDS if with_words else LEAST_SENSE) + DISTRUST * max(0.0, FULL_TRUST - meaning.trust)
    return most >= meaning.weight * least


def fused(candidates: Iterable[Candidate], request: SearchRequest) -> list[tuple[float, Candidate]]:
    """Scores and candidates, best first, in an order that never changes for the same candidates."""
    found = list(candidates)
    least = min((each.likeness for each in found if each.likeness is not None), default=0.0)
    soon = (request.now + timedelta(days=SOON_DAYS)).timestamp()
    scored = [(_score(each, request, least, soon), each) for each in found]
    scored.sort(key=_place)
    return _varied(scored)


def _score(candidate: Candidate, request: SearchRequest, least: float, soon: float) -> float:
    offer, meaning = candidate.offer, request.meaning
    score = candidate.words
    if meaning:
        score += least if candidate.likeness is None else candidate.likeness
        score += sum(weight for topic, weight in meaning.topics if topic in offer.topics)
        score += sum(weight for kind, weight in meaning.kinds if kind == offer.kind)
    if request.wished_languages and not {*request.wished_languages}.isdisjoint(offer.languages):
        score += LANGUAGE
    if request.wished_age_months is not None and (offer.min_age_months, offer.max_age_months) != (None, None):
        fits = (offer.min_age_months or 0) <= request.wished_age_months and (
            offer.max_age_months is None or request.wished_age_months <= offer.max_age_months
        )
        score += AGE_FITS if fits else AGE_DIFFERS
    if request.circle:
        away = ANYWHERE_KM if candidate.distance_km is None else candidate.distance_km
        score -= KILOMETRE * min(away, FARTHEST_KM)
    if offer.lowered:
        score -= LOWERED
    return score + SOON if offer.next_start < soon else score


def _place(scored: tuple[float, Candidate]) -> tuple[float, float, int]:
    """Best first; equal ones by date, then page id."""
    score, candidate = scored
    return -score, candidate.offer.next_start, candidate.offer.page_id


def _varied(scored: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """The same, in which each further offer of a provider has lost a little."""
    offers: Counter[str] = Counter()
    lowered = []
    for score, each in scored:
        lowered.append((score - SAME_PROVIDER * offers[each.offer.provider_key], each))
        offers[each.offer.provider_key] += 1
    lowered.sort(key=_place)
    return lowered
