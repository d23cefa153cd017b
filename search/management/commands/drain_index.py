"""Bring the index up to date with what has changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from search import outbox
from search.contract import IndexUnavailable
from search.editing import vocabulary_store
from search.engines import get_engine

# Offers: about half a minute of encoding.
TELL_EVERY = 100


class Command(BaseCommand):
    help = "Trägt offene Änderungen in den Suchindex ein. Fehlt der Index oder stammt er von einer anderen Version, wird er neu aufgebaut."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--words-only", action="store_true", help="Was in seiner Bedeutung erfasst werden muss, bleibt offen.")

    def handle(self, *args: Any, words_only: bool = False, **options: Any) -> None:
        vocabulary_store.refresh()
        try:
            if get_engine().needs_rebuild():
                self.stdout.write(_("Der Index fehlt oder stammt von einer anderen Version. Er wird neu aufgebaut."))
            else:
                outbox.enqueue_stale()
            done = outbox.drain()
            encoded = 0
            while not words_only and (further := outbox.encode_some(wait_seconds=60.0)):
                done += outbox.drain()
                if (encoded + further) // TELL_EVERY > encoded // TELL_EVERY:
                    self.stdout.write(_("%(count)d Angebote in ihrer Bedeutung erfasst …") % {"count": encoded + further})
                encoded += further
        except IndexUnavailable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(done)d Änderungen eingetragen, %(pending)d offen.") % {"done": done, "pending": outbox.pending()})
