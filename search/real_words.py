"""Words that are right though no listing has them: those that families use in several situations. From the vocabulary; pure."""

from collections import Counter
from functools import lru_cache

from search import vocabulary
from search.analysis import Word, question_words
from search.vocabulary import Vocabulary

# A word that people use in so many situations is no typing error.
SITUATIONS = 2


def is_used(asked: Word) -> bool:
    """Whether people use the word, so that it must not be taken for another one that is spelled alike."""
    return asked.exact in _real_words(vocabulary.current())


@lru_cache(maxsize=1)
def _real_words(of: Vocabulary) -> frozenset[str]:
    situations: Counter[str] = Counter()
    for situation in of.situations:
        situations.update({each.exact for text in (*situation.words, *situation.phrases) for each in question_words(text)})
    return frozenset(exact for exact, number in situations.items() if number >= SITUATIONS)
