"""From the words of a question to what any engine must look for. Pure; engines translate a plan into their own queries.

What the index knows decides which words count: a word that no listing has is corrected, if it looks like a typing error of one that some
have. Which words must be found is decided by the whole index, not by what other conditions leave, so that the counts beside the filters
hold when somebody chooses them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, log
from typing import Protocol

from search.analysis import LONGEST_QUESTION, Word, clean, joined, question_words, wanted_tokens, word, written_words
from search.real_words import is_real_word
from search.synonyms import Alternative, alternatives, phrases

# How close a form comes to the word as it was asked.
TOGETHER, CORRECTED = 0.7, 0.8
# A letter more, less, wrong or swapped: none in short words, one in words of five letters, two in longer ones.
SHORTEST_CORRECTED, SHORTEST_TWICE_CORRECTED = 5, 6


class Lexicon(Protocol):
    """What an index knows of its words."""

    def size(self) -> int:
        """Number of documents."""

    def frequency(self, stem: str) -> int:
        """Documents with the stem in any of their texts."""

    def nearest(self, exact: str, errors: int) -> str:
        """The word of the index, as written, that differs by the fewest typing errors, at most so many; of equals the commonest; or ""."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to find a word of the question. `weight`: 1 as it was asked, less for what stands for it."""

    word: Word
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of the question. A document has it when it has one of the forms; the best form counts.

    `share`: how much it tells, compared with the other words; all shares of a plan make 1.
    """

    forms: tuple[Form, ...]
    share: float
    known: bool  # whether the index has any of the forms


@dataclass(frozen=True, slots=True)
class WordPlan:
    """`levels`: of how many words a document must have any, most demanding first: the first level that some document reaches holds.

    No level: these words alone find nothing. `suggestion`: the question with its typing errors put right, "" where there is none.
    """

    words: tuple[Asked, ...] = ()
    levels: tuple[int, ...] = ()
    suggestion: str = ""

    @property
    def marked(self) -> frozenset[str]:
        """The tokens of which a word in a text has one where it is marked."""
        return wanted_tokens(form.word for asked in self.words for form in asked.forms)


def plan_words(text: str, lexicon: Lexicon) -> WordPlan:
    """What to look for. A question without words gives an empty plan."""
    asked = question_words(text)
    if not asked:
        return WordPlan()
    number = lexicon.size()
    others = _others(asked, lexicon)
    corrected: dict[str, str] = {}
    found = []
    for position, each in enumerate(asked):
        forms = _forms(asked, position, lexicon) + others[position]
        if not forms and (better := _corrected(each, lexicon)):
            corrected[each.exact] = better
            forms = [Form(word(better), CORRECTED)]
        frequency = max((_frequency(form.word, lexicon) for form in forms), default=0)
        share = log(1 + (number - frequency + 0.5) / (frequency + 0.5)) if frequency <= number else 0.1
        found.append(Asked(tuple(forms) or (Form(each),), max(share, 0.1), bool(forms)))
    total = sum(each.share for each in found)
    words = tuple(replace(each, share=each.share / total) for each in found)
    return WordPlan(words, _levels(words), _replaced(clean(text[:LONGEST_QUESTION]), corrected))


def _forms(asked: Sequence[Word], position: int, lexicon: Lexicon) -> list[Form]:
    """All forms of a word that the index knows, the word itself first."""
    own = asked[position]
    forms = [Form(own)] if _frequency(own, lexicon) else []
    neighbours = [joined(asked[first], asked[first + 1]) for first in (position - 1, position) if 0 <= first < len(asked) - 1]
    return forms + [Form(both, TOGETHER) for both in neighbours if lexicon.frequency(both.stem)]


def _others(asked: Sequence[Word], lexicon: Lexicon) -> list[list[Form]]:
    """Other words that the index knows, for each word; what stands for several words together stands for each of them."""
    forms = [_known(alternatives(each), lexicon) for each in asked]
    for found in phrases(asked):
        for position in range(found.start, found.end):
            forms[position] += _known(found.alternatives, lexicon)
    return forms


def _known(others: Iterable[Alternative], lexicon: Lexicon) -> list[Form]:
    return [Form(other.word, other.weight) for other in others if _frequency(other.word, lexicon)]


def _frequency(each: Word, lexicon: Lexicon) -> int:
    """Documents with the word, or at most with all its constituents."""
    found = lexicon.frequency(each.stem)
    if not found and each.whole and len(each.parts) > 1:
        return min(lexicon.frequency(part) for part in each.parts)
    return found


def _corrected(each: Word, lexicon: Lexicon) -> str:
    """A word of the index that differs by a typing error, or "" where the word is short, right or like nothing."""
    letters = len(each.exact)
    if letters < SHORTEST_CORRECTED or not each.exact.isalpha() or is_real_word(each):
        return ""
    # Of other scripts an index has so few words that the nearest is as a rule another one: вивчити (learn) became випити (drink).
    if not each.exact.isascii():
        return ""
    return lexicon.nearest(each.exact, 1 if letters < SHORTEST_TWICE_CORRECTED else 2)


def _levels(words: Sequence[Asked]) -> tuple[int, ...]:
    """From all words down to half of them: fewer would be about something else. Words that nothing has weigh against the others."""
    known = sum(each.known for each in words)
    least = len(words) // 2 + 1 if known < len(words) else ceil(len(words) / 2)
    return tuple(range(known, least - 1, -1))


def _replaced(text: str, changed: dict[str, str]) -> str:
    """The question with the mistyped words put right."""
    if not changed:
        return ""
    pieces: list[str] = []
    done = 0
    for found in written_words(text):
        better = changed.get(word(found.group()).exact)
        if better:
            pieces += [text[done : found.start()], better.capitalize() if found.group()[0].isupper() else better]
            done = found.end()
    return " ".join("".join([*pieces, text[done:]]).split())
