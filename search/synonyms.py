"""Other words for those of a question: synonyms, wider words, German words for those of other languages. Pure.

They act on the question, never on the index, so that a change holds at once. An engine looks for the words of the question and, with less
weight, for these.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from search import vocabulary
from search.analysis import Word, question_words, word
from search.compounds import base
from search.vocabulary import Term, TermKind, Vocabulary

# How much a listing with the other word is worth beside one with the word itself.
EQUAL, BROADER, TRANSLATION, FURTHER_TRANSLATION = 0.8, 0.5, 0.9, 0.6
# Entries of more words than this are not looked for.
LONGEST_PHRASE = 4
SHORTEST_BEGINNING = 3

# Arabic and Persian keyboards write the same letters differently.
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه"})
# Article and particles that Arabic writes together with the word.
_ATTACHED = ("وال", "بال", "فال", "ال", "لل", "و", "ل", "ب")


class Alternative(NamedTuple):
    """A word that a listing may have instead. Several written words are joined as by hyphens and count as a compound of these."""

    word: Word
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """Alternatives for the words `start` to `end` (without it) of a question, the weightiest first."""

    start: int
    end: int
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Alternatives by what is typed: by the stems of words, and by how a word begins."""

    words: dict[tuple[str, ...], tuple[Alternative, ...]] = field(default_factory=dict)
    beginnings: dict[str, tuple[Alternative, ...]] = field(default_factory=dict)
    longest: int = 1


def alternatives(asked: Word) -> tuple[Alternative, ...]:
    """What may stand for one word, the weightiest first."""
    known = _thesaurus(vocabulary.current())
    return known.words.get((_key(asked),)) or _by_beginning(known, asked)


def phrases(asked: Sequence[Word]) -> list[Found]:
    """What may stand for several words together, from left to right; the longest known phrase goes first. See `analysis.question_words`."""
    known = _thesaurus(vocabulary.current())
    stems = [_key(each) for each in asked]
    found: list[Found] = []
    start = 0
    while start < len(asked) - 1:
        for end in range(min(len(asked), start + known.longest), start + 1, -1):
            if others := known.words.get(tuple(stems[start:end])):
                found.append(Found(start, end, others))
                start = end
                break
        else:
            start += 1
    return found


@lru_cache(maxsize=2)
def _thesaurus(holding: Vocabulary) -> Thesaurus:
    asked: dict[tuple[str, ...], dict[str, Alternative]] = {}
    beginnings: dict[str, dict[str, Alternative]] = {}
    for term in holding.terms(TermKind.EQUAL, TermKind.BROADER, TermKind.TRANSLATION):
        for written, others in _pairs(term):
            if written.endswith("*"):
                _add(beginnings.setdefault(_beginning(written), {}), others)
                continue
            for key in keys(written):
                different = [other for other in others if (other.word.stem,) != key]
                # What German has too needs no translation: "Kurs".
                if term.kind != TermKind.TRANSLATION or len(different) == len(others):
                    _add(asked.setdefault(key, {}), different)
    return Thesaurus(
        {key: _ordered(others) for key, others in asked.items() if others},
        {key: _ordered(others) for key, others in beginnings.items()},
        max((len(key) for key in asked), default=1),
    )


def _pairs(term: Term) -> Iterable[tuple[str, list[Alternative]]]:
    """What is typed and what may stand in a listing instead."""
    if term.kind == TermKind.EQUAL:
        for written in term.words:
            yield written, [Alternative(as_word(other), EQUAL) for other in term.words if other != written]
        return
    if term.kind == TermKind.BROADER:
        others = [Alternative(as_word(other), BROADER) for other in term.target]
    else:
        others = [Alternative(as_word(other), FURTHER_TRANSLATION if number else TRANSLATION) for number, other in enumerate(term.target)]
    for written in term.words:
        yield written, others


def as_word(written: str) -> Word:
    """ "Frühe Hilfen" as "Frühe-Hilfen": one word that a listing has as a whole or by all its parts."""
    return word("-".join(written.split()))


def keys(written: str) -> list[tuple[str, ...]]:
    """Under which stems an entry is looked up: those of its words, and where there are several, also as one word ("playgroup").

    [] where all its words only make a question, or where it has too many.
    """
    asked = question_words(written)
    if not asked or len(asked) > LONGEST_PHRASE:
        return []
    several = tuple(_key(each) for each in asked)
    return [several] if len(asked) == 1 else [several, (_key(as_word(written)),)]


def prepare() -> None:
    """Do beforehand what the first question after a change would wait a tenth of a second for."""
    _thesaurus(vocabulary.current())


def _key(asked: Word) -> str:
    return asked.stem.translate(_LETTERS)


def _beginning(written: str) -> str:
    return base(written.rstrip("*")).translate(_LETTERS)


def _by_beginning(known: Thesaurus, asked: Word) -> tuple[Alternative, ...]:
    """By the longest known beginning of the word; of an Arabic one also without what is written together with it."""
    plain = base(asked.exact).translate(_LETTERS)
    for form in (plain, *(plain[len(each) :] for each in _ATTACHED if plain.startswith(each))):
        if form != plain and (others := known.words.get((form,))):
            return others
        for length in range(len(form), SHORTEST_BEGINNING - 1, -1):
            if others := known.beginnings.get(form[:length]):
                return others
    return ()


def _add(into: dict[str, Alternative], others: Iterable[Alternative]) -> None:
    """Each word once, with its highest weight."""
    for other in others:
        before = into.get(other.word.stem)
        if before is None or before.weight < other.weight:
            into[other.word.stem] = other


def _ordered(others: dict[str, Alternative]) -> tuple[Alternative, ...]:
    return tuple(sorted(others.values(), key=lambda each: -each.weight))
