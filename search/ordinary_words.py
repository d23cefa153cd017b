"""Words that families use for something else than a place: from the vocabulary, so that no listing has to be read. Pure."""

from collections import Counter
from functools import lru_cache

from search import vocabulary
from search.understanding.tokens import words_of

# An editor may have put the name of a place into a phrase once.
SITUATIONS = 2


def is_word(word: str) -> bool:
    """Whether what people type in several situations has this folded word."""
    return word in _words(vocabulary.current())


@lru_cache(maxsize=1)
def _words(of: vocabulary.Vocabulary) -> frozenset[str]:
    situations: Counter[str] = Counter()
    for situation in of.situations:
        situations.update(set(words_of("\n".join((*situation.words, *situation.phrases)))))
    return frozenset(word for word, number in situations.items() if number >= SITUATIONS)
