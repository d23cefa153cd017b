"""Deletes what is kept no longer: old entries of the log, and sessions that are over."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from people.accounts import log


class Command(BaseCommand):
    help = "Deletes log entries older than LOG_KEEP_DAYS and sessions that are over. Daily; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        entries = log.forget()
        call_command("clearsessions")
        sessions = log.forget_ended_sessions()
        self.stdout.write(f"{entries} log entries older than {settings.LOG_KEEP_DAYS} days and {sessions} ended sessions deleted.")
