"""Measures the search on judged questions: per engine, per class of question, and the worst questions with what was shown and expected."""

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from search.contract import IndexUnavailable
from search.editing import vocabulary_store
from search.engines import engine_at, shown_address
from search.evaluation import legs, stock_search
from search.evaluation.figures import Answer, BadJudgments, Figures, Judged, by_kind, figures, halves, read_judgments, worst
from search.semantics import kept
from search.semantics.encoder import encoder_name

HEADING = f"{'':<18}{'questions':>10}{'nDCG@10':>10}{'MRR':>8}{'recall@20':>11}{'nothing found':>15}{'silent':>8}"
# Of the table by class of question.
COLUMN = 16


class Command(BaseCommand):
    help = "Prints nDCG@10, MRR, recall@20 and the share of questions with nothing found, for each engine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--judgments", required=True, type=Path, help="CSV: nr;klasse;parameter;treffer (docs/search.md)")
        parser.add_argument("--search-url", action="append", default=[], help="an engine as in SEARCH_URL; several times for several")
        parser.add_argument("--worst", type=int, default=10, help="how many of the worst questions to show")
        parser.add_argument("--halves", action="store_true", help="the questions with odd and those with even numbers as well")
        parser.add_argument("--legs", action="store_true", help="what each part of the search adds, instead of the worst questions")
        parser.add_argument("--wagtail", action="store_true", help="Wagtail's own search on the site's database beside it")

    def handle(self, *args: Any, **options: Any) -> None:
        # Nobody else brings the words of editors into this process.
        vocabulary_store.refresh()
        try:
            questions = read_judgments(options["judgments"])
            for url in options["search_url"] or [settings.SEARCH_URL]:
                self._measure(url, questions, options)
            if options["wagtail"]:
                self._tell(stock_search.name(), stock_search.answered(questions), options)
        except (BadJudgments, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error

    def _measure(self, url: str, questions: Sequence[Judged], options: Mapping[str, Any]) -> None:
        name = shown_address(url)
        try:
            # Otherwise every question would seem to find nothing.
            if engine_at(url).needs_rebuild():
                raise CommandError(f"{name} has no index of this version. Run rebuild_index with this SEARCH_URL.")
            self._warn()
            if options["legs"]:
                self._tell_legs(name, dict(legs.legs(url, questions)), options)
            else:
                self._tell(name, legs.answered(engine_at(url), legs.as_asked(questions)), options)
        except IndexUnavailable as error:
            raise CommandError(f"{name} does not answer: {error}") from error

    def _warn(self) -> None:
        """Of what makes figures lower than they will be."""
        if not encoder_name():
            self.stderr.write(self.style.WARNING("SEARCH_SEMANTICS is off: questions are answered by their words alone."))
        elif waiting := kept.waiting():
            self.stderr.write(self.style.WARNING(f"{waiting} offers still wait for their meaning and are found by their words only."))

    def _tell(self, name: str, answers: Sequence[Answer], options: Mapping[str, Any]) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(name))
        self.stdout.write(HEADING)
        for kind, of_kind in by_kind(answers).items():
            self.stdout.write(_row(kind, figures(of_kind)))
        for half, of_half in (halves(answers) if options["halves"] else {}).items():
            self.stdout.write(_row(f"{half} numbers", figures(of_half)))
        self.stdout.write(_row("all", figures(answers)))
        for answer in worst(answers, 0 if options["legs"] else options["worst"]):
            self.stdout.write(f"\n{answer.judged.number} {answer.judged.parameters}   nDCG@10 {answer.ndcg:.2f}, {answer.total} found")
            shown = [f"{key}={answer.judged.grades.get(key, 0)}" for key in answer.keys[:10]]
            self.stdout.write(f"  shown     {', '.join(shown) or 'nothing'}")
            expected = [f"{key}={grade}" for key, grade in sorted(answer.judged.grades.items(), key=lambda pair: -pair[1])[:10]]
            self.stdout.write(f"  expected  {', '.join(expected) or 'nothing'}")

    def _tell_legs(self, name: str, answers: Mapping[str, Sequence[Answer]], options: Mapping[str, Any]) -> None:
        """A row a leg, then its nDCG@10 by class of question."""
        self.stdout.write(self.style.MIGRATE_HEADING(name))
        self.stdout.write(HEADING)
        for leg, of_leg in answers.items():
            self.stdout.write(_row(leg, figures(of_leg)))
            for half, of_half in (halves(of_leg) if options["halves"] else {}).items():
                self.stdout.write(_row(f"  {half} numbers", figures(of_half)))
        self.stdout.write(f"\n{'nDCG@10':<18}" + "".join(f"{leg:>{COLUMN}}" for leg in answers))
        kinds = {leg: by_kind(of_leg) for leg, of_leg in answers.items()}
        for kind in next(iter(kinds.values())):
            found = [figures(of_leg[kind]) for of_leg in kinds.values()]
            if found[0].answerable:
                self.stdout.write(f"{kind:<18}" + "".join(f"{each.ndcg:>{COLUMN}.3f}" for each in found))


def _row(name: str, of: Figures) -> str:
    silent = "" if of.silent is None else f"{of.silent:.0%}"
    if not of.answerable:
        return f"{name:<18}{of.questions:>10}{'':>10}{'':>8}{'':>11}{'':>15}{silent:>8}"
    return f"{name:<18}{of.questions:>10}{of.ndcg:>10.3f}{of.mrr:>8.3f}{of.recall:>11.3f}{of.nothing_found:>15.1%}{silent:>8}"
