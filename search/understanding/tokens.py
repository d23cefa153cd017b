"""A question as words with their places in it. Pure.

Words are compared folded: small letters, ä as ae, no accents, digits of any script as 0 to 9. A word that hangs on another by a hyphen
or the like ("Papa-Samstag") is no word of its own.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_GLUE = re.compile(r"[-\u2010\u2011\u00ad@_*'’ʼ.:+&#]+")
# What may stand between the words of one name: "St. Goarshausen", "Kamp-Bornhofen".
_WITHIN = re.compile(r"[\s.'’ʼ\-\u2010-\u2014]*")
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ł": "l", "ı": "i"})


@lru_cache(16_384)
def fold(word: str) -> str:
    """The form in which words are compared."""
    folded = word.casefold()
    if folded.isascii():
        return folded
    folded = unicodedata.normalize("NFC", folded).translate(_LETTERS)
    letters = []
    for letter in unicodedata.normalize("NFD", folded):
        if letter.isdecimal():
            letters.append(str(unicodedata.decimal(letter)))
        elif not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf":
            letters.append(letter)
    return "".join(letters)


def word_set(text: str) -> frozenset[str]:
    """The words of a text, folded."""
    return frozenset(map(fold, text.split()))


def words_of(text: str) -> list[str]:
    """The words of a text in order, folded."""
    return [fold(word) for word in _WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class Token:
    word: str  # folded
    start: int
    end: int


class Line:
    """The words of a question. `text` is in NFC; positions of tokens are numbers of words, spans are positions in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [Token(fold(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]
        self.words = [token.word for token in self.tokens]
        gaps = [self.text[left.end : right.start] for left, right in pairwise(self.tokens)]
        # glued[i]: word i hangs on word i - 1. together[i]: both may belong to one name.
        self.glued = [False, *(_GLUE.fullmatch(gap) is not None or not gap for gap in gaps), False]
        self.together = [False, *(_WITHIN.fullmatch(gap) is not None for gap in gaps)]

    def __len__(self) -> int:
        return len(self.tokens)

    def stands_alone(self, first: int, after: int) -> bool:
        """Whether the words first to after - 1 hang on no others."""
        return not self.glued[first] and not self.glued[after]

    def is_one_name(self, first: int, after: int) -> bool:
        return all(self.together[first + 1 : after])

    def before(self, position: int) -> str:
        return self.words[position - 1] if position > 0 else ""

    def after(self, position: int) -> str:
        """The word at this position, "" behind the last."""
        return self.words[position] if position < len(self.words) else ""

    def written(self, first: int, after: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[after - 1].end]


# Words that are left hanging when what they introduce is taken out.
CONNECTING = word_set(
    "in im an am ab aus bei beim bis für fuer mit nach nahe um von vom zu zum zur und oder rund auf per über jeden jede "
    "jedes immer nur at on for from near with by to and or the o w we od na dla po i lub в во на у з із зі с со для по и "
    "або или від до ve ile için la le în de pe și ca circa etwa في من على و مع"
)
_EDGE = " \t\r\n,;:.!?/|–—-+&·()[]\"'„“”»«،؟"


_CLOSING = ")]”“\"'»,;:.!?،؟"


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without these spans, which do not overlap, and without what hung on them; tidied."""
    if not spans:
        return text
    rest: list[str] = []
    done = 0
    for start, end in sorted(spans):
        piece = text[done:start]
        rest.append(_unhooked(piece.lstrip(_CLOSING) if done else piece))
        done = end
    rest.append(_without_leading_and(text[done:].lstrip(_CLOSING), bool("".join(rest).strip(_EDGE))))
    joined = " ".join(piece for piece in (each.strip() for each in rest) if piece)
    return re.sub(r"\s+([,;:.!?])", r"\1", re.sub(r"\s+", " ", joined)).strip(_EDGE.replace("(", "").replace(")", "").replace('"', ""))


def _unhooked(piece: str) -> str:
    """Without connecting words at its end."""
    while True:
        bare = piece.rstrip(_EDGE)
        words = _WORD.findall(bare)
        if not words or fold(words[-1]) not in CONNECTING or not bare.endswith(words[-1]):
            return bare
        piece = bare[: len(bare) - len(words[-1])]


def _without_leading_and(piece: str, something_before: bool) -> str:
    found = _WORD.search(piece)
    ands = {"und", "oder", "and", "or", "ve", "i", "и", "та", "або", "или", "lub", "si"}
    lonely = found and fold(found.group()) in ands and not (something_before and piece[found.end() :].strip(_EDGE))
    return piece[found.end() :] if found and lonely else piece
