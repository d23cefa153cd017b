"""Which languages would suit who asks: those of the question, and those of the people it speaks of. Pure; ISO 639-1."""

import re
from functools import cache
from pathlib import Path

from search.understanding.phrases import forms
from search.understanding.tokens import Line, fold, word_set

LANGUAGES = ("de", "en", "tr", "pl", "ro")  # those in Latin letters
FILE = Path(__file__).with_name("languages.txt")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_PERSIAN = re.compile(r"[پچژگیک]")
_CYRILLIC = re.compile(r"[а-яёА-ЯЁіїєґІЇЄҐ]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_LETTERS = {"tr": re.compile(r"[ğıİĞ]"), "pl": re.compile(r"[łąęśźżćńŁĄĘŚŹŻĆŃ]"), "ro": re.compile(r"[ățĂȚţŢ]")}

_UKRAINIAN_WORDS = word_set("де для як що та дитиною дитини можна мати допомога") - {"для", "можна", "мати"}

_LEARNING = word_set("lernen kurs kurse learn lessons course unterricht sprachkurs deutschkurs")


def of_people(line: Line) -> tuple[str, ...]:
    """Languages of people or groups that the question names ("polnische Gruppe"); none for "Englisch lernen"."""
    found: dict[str, None] = {}
    for position, word in enumerate(line.words):
        learning = not _LEARNING.isdisjoint(line.words[max(0, position - 1) : position + 3])
        found.update(dict.fromkeys(language for language in _words("people").get(word, ()) if not (language == "en" and learning)))
    return tuple(found)


def of_question(line: Line) -> tuple[str, ...]:
    """The language in which a question is written; none for German, and where it cannot be told."""
    text = line.text
    if not text.isascii():
        if _ARABIC.search(text) or _PERSIAN.search(text):
            return ("fa",) if _PERSIAN.search(text) else ("ar",)
        if _CYRILLIC.search(text):
            ukrainian = _UKRAINIAN.search(text) or not _UKRAINIAN_WORDS.isdisjoint(line.words)
            return ("uk",) if ukrainian else ("ru",)
    counts = dict.fromkeys(LANGUAGES, 0)
    for word in set(line.words):
        for language in _words("frequent").get(word, ()):
            counts[language] += 1
    for language, letters in () if text.isascii() else _LETTERS.items():
        counts[language] += 2 * bool(letters.search(text))
    best = max(counts, key=counts.__getitem__)
    certain = counts[best] > counts["de"] and sum(count == counts[best] for count in counts.values()) == 1
    return (best,) if best != "de" and certain else ()


@cache
def _words(use: str) -> dict[str, tuple[str, ...]]:
    """The languages that a folded word tells."""
    found: dict[str, tuple[str, ...]] = {}
    for row in FILE.read_text(encoding="utf-8").splitlines():
        language, _blank, rest = row.partition(" ")
        named, _colon, written = rest.partition(":")
        if row.startswith("#") or named != use:
            continue
        for word in {fold(form) for each in written.split() for form in forms(each)}:
            found[word] = (*found.get(word, ()), language)
    return found
