"""Measures the search on judged questions: per engine, per class of question, and the worst questions with what was shown and expected."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from offers.models import Topic
from search.contract import Engine, IndexUnavailable
from search.engines import engine_at, shown_address
from search.evaluation import RECALL_DEPTH, Answer, BadJudgments, Figures, Judged, by_kind, figures, read_judgments, worst
from search.question import understand

HEADING = f"{'':<18}{'questions':>10}{'nDCG@10':>10}{'MRR':>8}{'recall@20':>11}{'nothing found':>15}{'silent':>8}"


class Command(BaseCommand):
    help = "Prints nDCG@10, MRR, recall@20 and the share of questions with nothing found, for each engine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--judgments", required=True, type=Path, help="CSV: nr;klasse;parameter;treffer")
        parser.add_argument("--search-url", action="append", default=[], help="an engine as in SEARCH_URL; several times for several")
        parser.add_argument("--worst", type=int, default=10, help="how many of the worst questions to show")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            questions = read_judgments(options["judgments"])
        except BadJudgments as error:
            raise CommandError(str(error)) from error
        for url in options["search_url"] or [settings.SEARCH_URL]:
            try:
                answers = answered(engine_at(url), questions)
            except IndexUnavailable as error:
                raise CommandError(f"{shown_address(url)} does not answer: {error}") from error
            self._print(shown_address(url), answers, options["worst"])

    def _print(self, name: str, answers: list[Answer], number: int) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(name))
        self.stdout.write(HEADING)
        for kind, of_kind in by_kind(answers).items():
            self.stdout.write(_row(kind, figures(of_kind)))
        self.stdout.write(_row("all", figures(answers)))
        for answer in worst(answers, number):
            self.stdout.write(f"\n{answer.judged.number} {answer.judged.parameters}   nDCG@10 {answer.ndcg:.2f}, {answer.total} found")
            shown = [f"{key}={answer.judged.grades.get(key, 0)}" for key in answer.keys[:10]]
            self.stdout.write(f"  shown     {', '.join(shown) or 'nothing'}")
            expected = [f"{key}={grade}" for key, grade in sorted(answer.judged.grades.items(), key=lambda pair: -pair[1])[:10]]
            self.stdout.write(f"  expected  {', '.join(expected) or 'nothing'}")


def answered(engine: Engine, questions: list[Judged]) -> list[Answer]:
    """Each question as the search page would ask it. Raises IndexUnavailable."""
    topics = list(Topic.objects.all())
    answers = []
    for judged in questions:
        response = engine.search(understand(judged.query, topics, page_size=RECALL_DEPTH).request)
        answers.append(Answer(judged, tuple(hit.card.key for hit in response.hits), response.total))
    return answers


def _row(name: str, of: Figures) -> str:
    silent = "" if of.silent is None else f"{of.silent:.0%}"
    if of.silent == 1 and of.ndcg == 0 and of.mrr == 0:
        return f"{name:<18}{of.questions:>10}{'':>10}{'':>8}{'':>11}{'':>15}{silent:>8}"
    return f"{name:<18}{of.questions:>10}{of.ndcg:>10.3f}{of.mrr:>8.3f}{of.recall:>11.3f}{of.nothing_found:>15.1%}{silent:>8}"
