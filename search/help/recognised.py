"""The situation of families that a question was taken to tell of, in words: so that parents see why they are shown what they are shown."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from search import vocabulary
from search.contract import Meaning, SearchResponse
from search.question import Question
from search.semantics.bank import Bank, current_bank
from search.semantics.encoder import Encoder, get_encoder
from search.semantics.quantized import Matrix
from search.suggestions.spoken import folded, is_delicate, spoken_phrases
from search.vocabulary import Vocabulary
from search.vocabulary.entries import GERMAN

# From this trust on a situation is worth building help on, and so sure that it can be named. See `Meaning.trust`.
SURE, SURE_ENOUGH_TO_SAY = 5.2, 7.0
# The next situation must be so much less sure.
AHEAD = 0.5
# Where one of the first hits shows a word of the question nobody asks why it is there.
HITS_LOOKED_AT = 3
MARK = "<mark>"


@dataclass(frozen=True)
class Told:
    """What a question tells of, as others ask it; `language` is ISO 639-1."""

    text: str
    language: str


def told(question: Question, response: SearchResponse) -> Told | None:
    """What to say above hits that share no word with the question; None where it goes without saying, is not sure, or is delicate."""
    meaning = question.request.meaning
    encoder = get_encoder()
    if encoder is None or meaning is None or meaning.trust < SURE_ENOUGH_TO_SAY or not response.hits or response.limited:
        return None
    if any(MARK in hit.title_marked + hit.summary_marked for hit in response.hits[:HITS_LOOKED_AT]):
        return None
    found = _told(meaning, encoder, vocabulary.current())
    return found if found and folded(found.text) != folded(question.data["q"]) else None


@lru_cache(maxsize=512)
def _told(meaning: Meaning, encoder: Encoder, of: Vocabulary) -> Told | None:
    bank = current_bank(encoder)
    vector = np.frombuffer(meaning.question, dtype="<f4")
    (number, surely), *others = bank.recognise(vector, 2)
    if others and surely - others[0][1] < AHEAD:
        return None
    situation = bank.situations[number]
    if is_delicate(situation):
        return None
    if len(situation.label.split()) == 1:
        return Told(situation.label, GERMAN)
    return _nearest_phrase(bank, number, vector, of)


def _nearest_phrase(bank: Bank, number: int, vector: Matrix, of: Vocabulary) -> Told | None:
    """Of the situation's phrases that can be shown the one most like the question; in its language, if there is one.

    The question's language is that of the phrase most like it, shown or not.
    """
    situation, shown = bank.situations[number], _shown(of)
    rows = np.flatnonzero(bank.owners == number)
    nearest = np.argsort(-(bank.phrases[rows] @ vector), kind="stable").tolist()
    language = situation.languages[nearest[0]]
    for row in sorted(nearest, key=lambda row: situation.languages[row] != language):
        text = shown.get((situation.slug, folded(situation.phrases[row])))
        if text is not None:
            return Told(text, situation.languages[row])
    return None


@lru_cache(maxsize=2)
def _shown(of: Vocabulary) -> dict[tuple[str, str], str]:
    return {(each.situation, each.folded): each.text for each in spoken_phrases(of) if not each.delicate}
