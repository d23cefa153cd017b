"""A table of invitations from the command line: shown first, done with --send."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.joining.permissions import Actor
from people.joining.plans import Standing, carry_out, plan_file


class Command(BaseCommand):
    help = "Says what a table (CSV or XLSX) would do; with --send, invites. Exit 1 on faults. Safe to repeat after an interruption."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="columns: kennung, name, art, strasse, plz, ort, vorname, nachname, email")
        parser.add_argument("--send", action="store_true", help="Do it: pages, teams, accounts and mails.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        by = Actor(None)
        plan = plan_file(path.name, data, by)
        if plan.faults:
            raise CommandError("\n".join(map(str, plan.faults)))
        words = {Standing.NEW: "new account", Standing.KNOWN: "has an account", Standing.MEMBER: "in the team already"}
        for step in plan.steps:
            house = "" if step.provider else " (new)"
            self.stdout.write(f"{step.entry.line}: {step.name}{house}, {step.entry.person.email}: {words[step.standing]}")
        if not options["send"]:
            self.stdout.write(f"{len(plan.open)} invitations, {plan.new_houses} new providers. Nothing was done; --send does it.")
            return
        done = carry_out(plan, by)
        self.stdout.write(f"{done.invited} invited, {done.new_providers} new providers, {done.unchanged} unchanged.")
        if done.faults:
            raise CommandError("\n".join(map(str, done.faults)))
