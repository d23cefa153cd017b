"""The daily command of docs/freshness.md."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from offers.freshness.daily import keep_fresh
from offers.reports.daily import tend_reports


class Command(BaseCommand):
    help = "Asks providers whether their offers still hold, lowers and hides those nobody confirms. Once a day; twice does no harm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be done.")
        parser.add_argument("--today", type=date.fromisoformat, help="As if it were this day, with --dry-run only: what is ahead.")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        today = (options["today"] if dry_run else None) or timezone.localdate()
        totals = keep_fresh(today, self.stdout.write, dry_run=dry_run)
        tend_reports(today, self.stdout.write, dry_run=dry_run)
        self.stdout.write(
            f"{today}{' (dry run)' if dry_run else ''}: {totals.mails} mails, {totals.hidden} hidden, {totals.lowered} lowered, "
            f"{totals.lifted} lifted, {totals.waiting} providers wait for tomorrow"
        )
