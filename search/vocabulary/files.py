"""The bundled vocabulary: the files of this folder as entries. See README.md there for the formats."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from search.vocabulary.entries import GERMAN, Situation, Term, TermKind, in_order, listed

FOLDER = Path(__file__).parent
FILES = ("constituents.txt", "stems.txt", "stop_words.txt", "synonyms.txt", "translations.csv", "situations.csv", "phrases.csv")
PHRASE_SEPARATOR = " | "


def lines(name: str) -> list[str]:
    """The entries of a list, without comments and empty lines."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line for raw in text.splitlines() if (line := raw.partition("#")[0].strip())]


@cache
def terms() -> dict[str, Term]:
    """All entries about words by their key. ValueError names a line that says the same as another."""
    found: dict[str, Term] = {}
    for term in _terms():
        if term.key in found:
            raise ValueError(f"The vocabulary has {term.key!r} twice.")
        found[term.key] = term
    return found


@cache
def situations() -> dict[str, Situation]:
    """All situations by their slug."""
    further: dict[str, list[tuple[str, str]]] = {}
    for row in _rows("phrases.csv"):
        further.setdefault(row["situation"], []).extend((row["language"], phrase) for phrase in _phrases(row["phrases"]))
    return {row["situation"]: _situation(row, further.get(row["situation"], [])) for row in _rows("situations.csv")}


def synonym(line: str) -> Term:
    """A line of synonyms.txt: "handy = smartphone" or "oma, opa > großeltern"."""
    if ">" in line:
        left, _sign, right = line.partition(">")
        return Term(TermKind.BROADER, listed(left), listed(right))
    return Term(TermKind.EQUAL, listed(line.replace("=", ",")))


def _terms() -> Iterator[Term]:
    for line in lines("constituents.txt"):
        yield Term(TermKind.CONSTITUENT, (line,))
    for line in lines("stop_words.txt"):
        yield Term(TermKind.STOP_WORD, (line,))
    for line in lines("synonyms.txt"):
        yield synonym(line)
    german: dict[str, tuple[str, ...]] = {}
    for row in _rows("translations.csv"):
        if row["language"] == GERMAN:
            german[row["topic"]] = listed(row["terms"])
        else:
            yield Term(TermKind.TRANSLATION, listed(row["terms"]), german[row["topic"]], row["language"])


def _situation(row: dict[str, str], further: list[tuple[str, str]]) -> Situation:
    phrases, languages = in_order([*((GERMAN, phrase) for phrase in _phrases(row["phrases"])), *further])
    return Situation(row["situation"], row["label"], listed(row["topics"]), listed(row["kinds"]), listed(row["words"]), phrases, languages)


def _phrases(text: str) -> list[str]:
    return [phrase for raw in text.split("|") if (phrase := raw.strip())]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")
