"""What a question means beside its words, ready for an engine to multiply with. Worked out once a question."""

from collections import defaultdict
from functools import lru_cache

import numpy as np

from search import vocabulary
from search.contract import Meaning
from search.semantics.bank import Bank, current_bank
from search.semantics.encoder import Encoder, get_encoder
from search.semantics.quantized import Matrix

# How much the question itself counts, and each situation that it tells of, by the trust in it.
QUESTION, SITUATION = 0.9, 1.0
WORDS, TOPIC, KIND = 1.2, 5.0, 0.8
# A topic counts so much less than the one named before it; so does a kind.
NEXT_TOPIC, NEXT_KIND = 0.7, 0.25
# Trust below NO_TRUST counts nothing, from FULL_TRUST on it is full: standard deviations above any two phrases.
NO_TRUST, FULL_TRUST = 4.0, 8.5
MOST_SITUATIONS = 3
# A situation so much less sure than the surest counts nothing.
FAR_BEHIND = 3.0


def meaning_of(text: str, *, situations: int = MOST_SITUATIONS) -> Meaning | None:
    """None where there is nothing to understand, or SEARCH_SEMANTICS is off.

    `situations`: how many of those that the question tells of may speak with it; without any, they only tell how far to trust it.
    """
    encoder = get_encoder()
    words = " ".join(text.split())
    if encoder is None or not words:
        return None
    return _meaning(words, encoder, vocabulary.current(), situations)


@lru_cache(maxsize=2048)
def _meaning(text: str, encoder: Encoder, _of: vocabulary.Vocabulary, situations: int) -> Meaning:
    return combined(encoder.encode_questions([text])[0], current_bank(encoder), situations)


def combined(question: Matrix, bank: Bank, situations: int = MOST_SITUATIONS) -> Meaning:
    """The question with the situations that it tells of."""
    direction, offset, weights = np.zeros_like(question), 0.0, 0.0
    topics: dict[str, float] = defaultdict(float)
    kinds: dict[str, float] = defaultdict(float)

    def add(vector: Matrix, weight: float) -> None:
        nonlocal direction, offset, weights
        usual, spread = _against(vector, bank.background)
        direction = direction + vector * (weight / spread)
        offset += weight * usual / spread
        weights += weight

    add(question, QUESTION)
    recognised = bank.recognise(question, MOST_SITUATIONS)
    for number, surely in recognised[:situations]:
        trust = SITUATION * _share(surely, NO_TRUST, FULL_TRUST) * _share(surely, recognised[0][1] - FAR_BEHIND, recognised[0][1])
        if not trust:
            continue
        situation = bank.situations[number]
        add(bank.words[number], trust * WORDS)
        shares = [NEXT_TOPIC**place for place in range(len(situation.topics))]
        for topic, share in zip(situation.topics, shares, strict=True):
            topics[topic] += trust * TOPIC * share / sum(shares)
        for place, kind in enumerate(situation.kinds):
            kinds[kind] += trust * KIND * max(0.0, 1 - NEXT_KIND * place)
    return Meaning(
        direction=direction.astype("<f4").tobytes(),
        offset=float(offset),
        weight=weights,
        question=question.astype("<f4").tobytes(),
        trust=recognised[0][1] if recognised else 0.0,
        topics=tuple(topics.items()),
        kinds=tuple(kinds.items()),
    )


def _share(value: float, nothing: float, all_of_it: float) -> float:
    """How far a value is from one that counts nothing to one that counts fully, from 0 to 1."""
    return min(1.0, max(0.0, (value - nothing) / (all_of_it - nothing)))


def _against(vector: Matrix, background: Matrix) -> tuple[float, float]:
    """Mean and standard deviation of the cosines with everything that families ask."""
    if len(background) < 2:
        return 0.0, 0.1
    cosines = background @ vector
    return float(cosines.mean()), float(cosines.std()) or 0.1
