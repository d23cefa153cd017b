"""Words that are right though no listing has them: none of them is another one misspelt. From the vocabulary; pure."""

from collections import Counter
from functools import lru_cache

from search import vocabulary
from search.analysis import Word, question_words, words
from search.synonyms import alternatives
from search.vocabulary import TermKind, Vocabulary

# A word that people use in so many situations is no typing error.
SITUATIONS = 2


def is_real_word(asked: Word) -> bool:
    """Whether the vocabulary knows the word, or families use it for several things."""
    held = vocabulary.current()
    return asked.whole or asked.stem in _known_stems(held) or asked.exact in _used_words(held) or bool(alternatives(asked))


def prepare() -> None:
    """As `synonyms.prepare`."""
    _known_stems(vocabulary.current())
    _used_words(vocabulary.current())


@lru_cache(maxsize=2)
def _known_stems(of: Vocabulary) -> frozenset[str]:
    """Of constituents, of German words with synonyms, and of what listings call help."""
    texts = [line.split()[0].lstrip("*=") for line in of.constituents]
    texts += [written for term in of.terms(TermKind.EQUAL, TermKind.BROADER) for written in (*term.words, *term.target)]
    texts += [written for situation in of.situations for written in situation.words]
    return frozenset(each.stem for text in texts for each in words(text))


@lru_cache(maxsize=2)
def _used_words(of: Vocabulary) -> frozenset[str]:
    situations: Counter[str] = Counter()
    for situation in of.situations:
        situations.update({each.exact for text in (*situation.words, *situation.phrases) for each in question_words(text)})
    return frozenset(exact for exact, number in situations.items() if number >= SITUATIONS)
