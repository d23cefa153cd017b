"""What the vocabulary is made of. Pure; knows nothing of files, the database or the language.

A `Term` is one line of knowledge about words, a `Situation` one of families. Each has a key by which an editor's version takes the place of
the bundled one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# Languages that phrases and translations come in, besides German.
LANGUAGES = ("en", "tr", "ru", "uk", "ar", "pl", "ro", "fa")
GERMAN = "de"

_TAGGED = re.compile(rf"({'|'.join((GERMAN, *LANGUAGES))}):\s*(.*)")


class TermKind(StrEnum):
    """What an entry says about its words."""

    EQUAL = "equal"  # all words mean the same
    BROADER = "broader"  # whoever asks for the words is also shown the target, not the other way round
    TRANSLATION = "translation"  # words of another language, and the German ones that listings use
    STOP_WORD = "stop_word"  # says nothing about what is looked for
    CONSTITUENT = "constituent"  # compounds are made of it: "*kind er s es" as in constituents.txt


@dataclass(frozen=True, slots=True)
class Term:
    """Words as written; in a translation `hamile*` stands for all words that begin so."""

    kind: TermKind
    words: tuple[str, ...]
    target: tuple[str, ...] = ()
    language: str = ""

    @property
    def key(self) -> str:
        """The same for two entries that begin with the same word and say the same kind of thing: one of them is too many."""
        first = self.words[0].split()[0].lstrip("*=") if self.kind == TermKind.CONSTITUENT else self.words[0]
        return ":".join(part for part in (str(self.kind), self.language, first.casefold()) if part)


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation of families: what they type, and what listings call the help.

    `topics` and `kinds` are keys of the listing format, most important first. `phrases` are German first; `languages` names the language
    of each.
    """

    slug: str
    label: str
    topics: tuple[str, ...]
    kinds: tuple[str, ...]
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """The phrases as editors see them: "tr: oyun grubu", German ones without a mark."""
        pairs = zip(self.phrases, self.languages, strict=True)
        return [phrase if language == GERMAN else f"{language}: {phrase}" for phrase, language in pairs]


def tagged(line: str) -> tuple[str, str]:
    """Language and phrase of a line as editors write it; without a mark it is German."""
    found = _TAGGED.fullmatch(line.strip())
    return (found[1], found[2]) if found else (GERMAN, line.strip())


def in_order(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Phrases and their languages from pairs (language, phrase): German first, each phrase once."""
    order = {language: number for number, language in enumerate((GERMAN, *LANGUAGES))}
    once: dict[str, str] = {}
    for language, phrase in pairs:
        if phrase:
            once.setdefault(phrase, language)
    ordered = sorted(once.items(), key=lambda pair: order[pair[1]])
    return tuple(phrase for phrase, _language in ordered), tuple(language for _phrase, language in ordered)


def listed(text: str) -> tuple[str, ...]:
    """Entries separated by commas or lines, each once."""
    return tuple(dict.fromkeys(entry for raw in re.split(r"[,\n]", text) if (entry := " ".join(raw.split()))))
