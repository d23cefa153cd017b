"""Phrases of families made fit to be shown: short ones, in right spelling, without what only looks like a typing error. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from search.compounds import without_accents
from search.vocabulary import Situation, Vocabulary
from search.vocabulary.entries import GERMAN

LONGEST_SHOWN, MOST_WORDS_SHOWN = 44, 6
# Topics that nobody wants to be asked about by accident, and words that say the same.
DELICATE_TOPICS = frozenset({"gewalt", "sucht", "trauer"})
DELICATE_WORDS = re.compile(
    r"gewalt|missbrauch|vergewaltig|suizid|selbstmord|umbring|abtreib|abbruch|ungewollt|depress|psychisch|psychose|selbstverletz|obdachlos"
    r"|krise|essstoer|magersucht|messie|vertraulich|beschneid|hospiz|krebs|jugendamt|herkunftseltern|stirbt|sterben|gestorben"
    r"|\b(haft|gefaengnis|knast|tot|tod|tote|toten|schlag|schlagen|schlaegt|geschlagen|hasse)\b"
)
COUNSELLING = "beratung"
SHORTEST_DOUBTED, FAR_MORE = 4, 3
# So many phrases come first in a situation: what most people would type.
FIRST = 6

_WORD = re.compile(r"[^\W_]+")
# What may stand for an umlaut or ß.
_TYPED = re.compile(r"[aou]e|ss")
_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه"}
)
# An Arabic article is written together with its word.
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A phrase that can be shown. `words` are folded; `counselling`: the help is first of all that."""

    text: str
    folded: str
    words: frozenset[str]
    language: str
    situation: str
    delicate: bool
    counselling: bool


def folded(text: str) -> str:
    """The text without case, accents and signs, with ä as ae, in single blanks: equal for all ways of typing the same."""
    plain = without_accents(unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)).translate(_LETTERS)
    return " ".join(_WORD.findall(plain))


def tokens(plain: str) -> list[str]:
    """The words of a folded text."""
    return plain.split()


@lru_cache(maxsize=2)
def spoken_phrases(holding: Vocabulary) -> tuple[Spoken, ...]:
    """All phrases that can be shown, each once, the best first.

    That is: those at the beginning of a situation, short before long, usual words before rare ones.
    """
    right = _Spelling(holding.situations)
    found: list[tuple[int, Spoken]] = []
    for situation in holding.situations:
        delicate = is_delicate(situation)
        places: Counter[str] = Counter()
        for phrase, language in zip(situation.phrases, situation.languages, strict=True):
            plain = folded(phrase)
            words = tokens(plain)
            places[language] += 1
            if not words or len(phrase) > LONGEST_SHOWN or len(words) > MOST_WORDS_SHOWN or "," in phrase or right.doubts(words, language):
                continue
            searched = {*words, *(word.removeprefix(_ARTICLE) for word in words if len(word) > len(_ARTICLE) + 1)}
            counselling = situation.kinds[:1] == (COUNSELLING,)
            says_so = delicate or bool(DELICATE_WORDS.search(plain))
            text = right.written(phrase, language)
            found.append((places[language], Spoken(text, plain, frozenset(searched), language, situation.slug, says_so, counselling)))
    common = Counter(word for _place, spoken in found for word in spoken.words)
    found.sort(key=lambda each: (each[0] > FIRST, len(tokens(each[1].folded)), -min(common[word] for word in each[1].words), each[0]))
    once: dict[str, Spoken] = {}
    for _place, spoken in found:
        once.setdefault(spoken.folded, spoken)
    return tuple(once.values())


def is_delicate(situation: Situation) -> bool:
    """Whether nobody wants to be reminded of the situation by accident."""
    return not DELICATE_TOPICS.isdisjoint(situation.topics) or bool(DELICATE_WORDS.search(folded(situation.label)))


class _Spelling:
    """How German words are written, from all that is known: some phrases were kept as people mistype them."""

    def __init__(self, situations: Iterable[Situation]) -> None:
        self.usual: dict[str, Counter[str]] = {}
        uses: Counter[str] = Counter()
        known: set[str] = set()
        for situation in situations:
            known.update(tokens(folded(" ".join((*situation.words, situation.label)))))
            german = " ".join(phrase for phrase, language in zip(situation.phrases, situation.languages, strict=True) if language == GERMAN)
            for written in _WORD.findall(german.casefold()):
                if written.isascii() and not _TYPED.search(written):
                    uses[written] += 1
                else:
                    self.usual.setdefault(folded(written), Counter())[written] += 1
        uses.update({word: written.total() for word, written in self.usual.items()})
        self.doubtful = frozenset(
            word
            for word, number in uses.items()
            if number == 1 and len(word) > SHORTEST_DOUBTED and word not in known and _twin(word, uses)
        )

    def doubts(self, words: list[str], language: str) -> bool:
        """Whether one of the words was probably written down with its typing error."""
        return language == GERMAN and not self.doubtful.isdisjoint(words)

    def written(self, phrase: str, language: str) -> str:
        """As families type it, but with umlauts and ß."""
        return _WORD.sub(lambda found: self._usual(found.group()), phrase) if language == GERMAN else phrase

    def _usual(self, word: str) -> str:
        usual = self.usual.get(folded(word)) if word.islower() else None
        return max(usual, key=lambda written: (not written.isascii(), usual[written])) if usual else word


def _twin(word: str, uses: Counter[str]) -> bool:
    """Whether one letter doubled, not doubled or swapped gives a word that is used far more: hebame and hebamme."""
    shorter = (word[:place] + word[place + 1 :] for place in range(1, len(word) - 1) if word[place] == word[place - 1])
    longer = (word[:place] + word[place - 1] + word[place:] for place in range(1, len(word)))
    swapped = (word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(1, len(word) - 1))
    return any(uses[other] >= FAR_MORE for other in (*shorter, *longer, *swapped) if other != word)
