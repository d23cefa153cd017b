"""The German language of all engines: from text to tokens, and back to marked text. Pure.

An engine indexes the tokens that this module makes, joined by blanks, and knows no language itself. A word has three forms:
`exact` as it is written (without case; ä as ae), `stem` (Beratungen and Beratung meet), and the stems of its `parts` where it is a
compound (Erziehungsberatung has erzieh and berat).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import NamedTuple

import Stemmer

from search import vocabulary
from search.compounds import LONGEST_WORD, base, split, without_accents

# Changes when the same text gives other tokens: what was indexed before must then be indexed again.
ANALYSIS_VERSION = 2
# A question longer than this is cut: nobody types more on purpose.
LONGEST_QUESTION = 400
MOST_WORDS = 16
# Shorter words are not corrected.
SHORTEST_SPELLING = 4

_HYPHENS = "-\u2010\u2011\u00ad"
# Letters, digits and their accents, joined by hyphens; "Erzieher*innen", "Erzieher:innen" and "Kita's" are one word.
_WORD = re.compile(rf"[^\W_]\w*(?:(?:[{_HYPHENS}]|[*:_'’](?=in\b|innen\b|s\b))\w+)*", re.UNICODE)
_JOINTS = re.compile(rf"[{_HYPHENS}*:_'’]+")
_EXACT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WITHOUT = re.compile(r"(\w{3,}los)(?:e[mnrs]?)?")
_PLURAL_S = re.compile(r"(?<=\w[aoy])s$")
# Its own cache would be a second one; a call holds the interpreter, so threads may share it.
_stemmer = Stemmer.Stemmer("german", 0)


@dataclass(frozen=True, slots=True)
class Word:
    """One word in the forms under which it is found."""

    exact: str
    stem: str
    parts: tuple[str, ...] = ()  # stems of the constituents
    whole: bool = False  # whether the parts make up the word, so that they can stand for it

    @property
    def plain(self) -> tuple[str, ...]:
        """All tokens under which a text with this word is found."""
        return (self.stem, *self.parts)


@cache
def _known_stems() -> dict[str, str]:
    return {base(form): base(line.split()[0]) for line in vocabulary.current().stems for form in line.split()}


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Snowball's German stem of the base form; words in other scripts stay as they are."""
    plain = base(word)
    if plain in _known_stems() or not plain.isascii():
        return _known_stems().get(plain, plain)
    # The stemmer takes the s of "kostenlos" for an ending, and leaves that of Omas, Babys and Fotos.
    if found := _WITHOUT.fullmatch(plain):
        return found[1]
    return str(_stemmer.stemWord(_PLURAL_S.sub("", plain)))


@lru_cache(maxsize=16384)
def word(written: str) -> Word:
    """The forms of one word; hyphens join what could as well be written as one: Eltern-Kind-Gruppe, Elternkindgruppe."""
    pieces = [piece for piece in _JOINTS.split(written) if piece]
    if len(pieces) > 1 and pieces[-1].casefold() in ("in", "innen", "s"):
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    joined = "".join(pieces)[:LONGEST_WORD]
    exact = without_accents(unicodedata.normalize("NFC", joined).casefold().translate(_EXACT))
    if len(pieces) == 1:
        constituents, whole = split(base(joined))
        parts = dict.fromkeys(stem(each) for each in constituents)
        return Word(exact, stem(joined), tuple(parts), whole)
    parts = dict.fromkeys(token for piece in pieces[:8] for token in _leaves(piece))
    return Word(exact, stem(joined), tuple(parts), True)


def _leaves(piece: str) -> tuple[str, ...]:
    found = word(piece[:LONGEST_WORD])
    return (found.stem, *found.parts) if not found.whole else found.parts


def written_words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text as they stand in it; accents may be letters of their own there."""
    return _WORD.finditer(text)


def words(text: str) -> list[Word]:
    """All words of a text, in order."""
    return [word(found.group()[: LONGEST_WORD * 2]) for found in written_words(clean(text))]


def clean(text: str) -> str:
    """Composed letters, so that an ä is one letter however it was typed."""
    return unicodedata.normalize("NFC", text)


def stop_words() -> frozenset[str]:
    return _stop_words(vocabulary.current())


@lru_cache(maxsize=1)
def _stop_words(holding: vocabulary.Vocabulary) -> frozenset[str]:
    return frozenset(word(each).exact for each in holding.stop_words)


def question_words(text: str) -> list[Word]:
    """The words of a question that an offer must have, each once; words that only make it a question are left out."""
    found = {each.exact: each for each in words(text[:LONGEST_QUESTION])}
    return [each for each in found.values() if each.exact not in stop_words()][:MOST_WORDS]


def joined(first: Word, second: Word) -> Word:
    """Two neighbours as one word: "still café" may mean the Stillcafé."""
    return word(first.exact + second.exact)


class _Forms(NamedTuple):
    """What of a word is indexed."""

    plain: str  # all its tokens, joined by blanks
    title: str
    exact: str  # "" where it is neither completed nor corrected, and so its spelling
    spelling: str


class _Analysed(NamedTuple):
    words: list[_Forms]
    plain: str


@lru_cache(maxsize=65536)
def _forms(written: str) -> _Forms:
    # Not through the cache of `word`, which is for the words of questions and hits: most words of a large corpus occur once.
    found = word.__wrapped__(written[: LONGEST_WORD * 2])
    plain = " ".join(found.plain)
    spelled = len(found.exact) >= SHORTEST_SPELLING and found.exact.isalpha()
    return _Forms(plain, f"={found.exact} #{found.stem} {plain}", found.exact if spelled else "", written.lower() if spelled else "")


@lru_cache(maxsize=1024)
def _analysed(text: str) -> _Analysed:
    """A text goes into several fields, and a label stands in many documents: each is taken apart once."""
    found = [_forms(written) for written in _WORD.findall(clean(text))]
    return _Analysed(found, " ".join([forms.plain for forms in found]))


def plain_tokens(texts: Iterable[str]) -> str:
    """What an engine indexes of these texts so that every form of a word is found in them."""
    return " ".join([plain for text in texts if (plain := _analysed(text).plain)])


def title_tokens(title: str) -> str:
    """As `plain_tokens`, and each word as it is written ("=") and its own stem ("#"), so that these weigh more."""
    return " ".join([forms.title for forms in _analysed(title).words])


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """The words of these texts by their exact form, as people write them, in small letters: for completing and correcting."""
    found: dict[str, str] = {}
    for text in texts:
        for _plain, _title, exact, spelling in _analysed(text).words:
            if exact and exact not in found:
                found[exact] = spelling
    return found


def mark(text: str, question: str) -> str:
    """HTML of the text, escaped, with the question's words in <mark>, by the same forms by which they are found."""
    return mark_words(text, wanted_tokens(question_words(question)))


def wanted_tokens(asked: Iterable[Word]) -> frozenset[str]:
    """The tokens that a marked word has one of."""
    return frozenset(token for each in asked for token in ((each.stem, *each.parts) if each.whole else (each.stem,)))


@lru_cache(maxsize=32768)
def _tokens(written: str) -> tuple[str, ...]:
    """Of a word as it stands in a text. Kept by itself, since every hit asks for each of its words."""
    return word.__wrapped__(written[: LONGEST_WORD * 2]).plain


def mark_words(text: str, wanted: frozenset[str]) -> str:
    """As `mark`, for tokens that are already known."""
    if not wanted:
        return escape(text)
    marked = {written for written in _WORD.findall(text) if not wanted.isdisjoint(_tokens(written))}
    if not marked:
        return escape(text)
    pieces: list[str] = []
    done = 0
    for found in written_words(text):
        if found.group() not in marked:
            continue
        pieces += [escape(text[done : found.start()]), "<mark>", escape(found.group()), "</mark>"]
        done = found.end()
    pieces.append(escape(text[done:]))
    return "".join(pieces)


for _remembered in (_known_stems, stem, word, _forms, _analysed, _tokens):
    vocabulary.when_tokens_change(_remembered.cache_clear)
