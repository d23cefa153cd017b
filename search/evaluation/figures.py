"""How well a ranking answers judged questions. Pure.

Format of a judgments file: CSV, UTF-8, semicolon, `nr;klasse;parameter;treffer`. `parameter` is the query string of the search page, not
percent-encoded but for & and = inside values; `treffer` lists `key=grade` (3 exactly this, 2 good, 1 also helps), empty where nothing
should be found.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from urllib.parse import unquote

from django.http import QueryDict

# Relevant for MRR and recall is what helps at all.
DEPTH, RECALL_DEPTH = 10, 20
COLUMNS = {"nr", "klasse", "parameter", "treffer"}


class BadJudgments(Exception):  # noqa: N818 - a fault in a file, said with line and remedy
    """A judgments file that cannot be read, with the line and what to do."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and what should be found. `grades`: by key of the offer; empty where nothing should."""

    number: str
    kind: str
    parameters: str
    grades: Mapping[str, int]

    @property
    def query(self) -> QueryDict:
        query = QueryDict(mutable=True)
        for pair in self.parameters.split("&"):
            name, _sign, value = pair.partition("=")
            query.appendlist(name, unquote(value))
        return query


@dataclass(frozen=True, slots=True)
class Answer:
    """What was shown to a judged question, best first, and how many offers were found."""

    judged: Judged
    keys: tuple[str, ...]
    total: int

    @property
    def ndcg(self) -> float:
        """Normalised discounted cumulative gain of the first ten, gains 2^grade - 1; 1 where nothing is expected and shown."""
        if not self.judged.grades:
            return float(not self.total)
        best = sorted(self.judged.grades.values(), reverse=True)
        return _gain([self.judged.grades.get(key, 0) for key in self.keys]) / _gain(best)

    @property
    def reciprocal_rank(self) -> float:
        return next((1 / rank for rank, key in enumerate(self.keys, 1) if key in self.judged.grades), 0.0)

    @property
    def recall(self) -> float:
        """Share of what helps among the first twenty; of more than twenty, twenty are enough."""
        found = sum(key in self.judged.grades for key in self.keys[:RECALL_DEPTH])
        return found / min(RECALL_DEPTH, len(self.judged.grades)) if self.judged.grades else float(not self.total)


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the `answerable` questions, those that expect something; `silent`: share of the others that were answered with nothing."""

    questions: int
    answerable: int
    ndcg: float
    mrr: float
    recall: float
    nothing_found: float
    silent: float | None


def figures(answers: Sequence[Answer]) -> Figures:
    real = [answer for answer in answers if answer.judged.grades]
    unreal = [answer for answer in answers if not answer.judged.grades]
    number = len(real) or 1
    return Figures(
        questions=len(answers),
        answerable=len(real),
        ndcg=sum(answer.ndcg for answer in real) / number,
        mrr=sum(answer.reciprocal_rank for answer in real) / number,
        recall=sum(answer.recall for answer in real) / number,
        nothing_found=sum(not answer.total for answer in real) / number,
        silent=sum(not answer.total for answer in unreal) / len(unreal) if unreal else None,
    )


def by_kind(answers: Iterable[Answer]) -> dict[str, list[Answer]]:
    """In the order in which the kinds come."""
    found: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        found[answer.judged.kind].append(answer)
    return dict(found)


def halves(answers: Sequence[Answer]) -> dict[str, list[Answer]]:
    """The questions with odd and those with even numbers, by name. Raises BadJudgments for numbers that are none."""
    try:
        return {name: [each for each in answers if int(each.judged.number) % 2 == rest] for name, rest in (("odd", 1), ("even", 0))}
    except ValueError as error:
        raise BadJudgments(f"Halves need whole numbers in the column nr: {error}.") from error


def worst(answers: Sequence[Answer], number: int) -> list[Answer]:
    return sorted(answers, key=lambda answer: answer.ndcg)[:number]


def read_judgments(path: Path) -> list[Judged]:
    """Raises BadJudgments."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadJudgments(f"{path} cannot be read: {error}. It must be a CSV file in UTF-8.") from error
    rows = csv.DictReader(text.splitlines(), delimiter=";", restval="")
    if missing := COLUMNS - set(rows.fieldnames or ()):
        raise BadJudgments(f"{path} lacks the columns {', '.join(sorted(missing))}. Its first line must be nr;klasse;parameter;treffer.")
    questions = [_judged(path, rows.line_num, row) for row in rows]
    if not questions:
        raise BadJudgments(f"{path} has no questions below its first line.")
    return questions


def _judged(path: Path, line: int, row: Mapping[str, str]) -> Judged:
    if None in row:
        raise BadJudgments(f"{path}, line {line}: there are more than four values. Put one that has a semicolon into quotation marks.")
    if "=" not in row["parameter"]:
        raise BadJudgments(
            f"{path}, line {line}: “{row['parameter']}” is no question. Write the search page's parameters, such as q=stillen."
        )
    grades: dict[str, int] = {}
    for each in row["treffer"].split(","):
        key, _sign, grade = each.strip().partition("=")
        if not key:
            continue
        if grade not in {"1", "2", "3"}:
            raise BadJudgments(f"{path}, line {line}: “{each.strip()}” has no grade. Write key=3, key=2 or key=1.")
        grades[key] = int(grade)
    return Judged(row["nr"], row["klasse"], row["parameter"], grades)


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades[:DEPTH], 1))
