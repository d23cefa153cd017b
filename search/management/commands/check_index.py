"""Compare the index with the database."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from offers.models import OfferPage
from search import outbox
from search.contract import IndexUnavailable
from search.documents import documents
from search.editing import vocabulary_store
from search.engines import get_engine
from search.management.commands._progress import shown

MOST_NAMED = 20


class Command(BaseCommand):
    help = "Vergleicht den Suchindex mit der Datenbank und endet mit 1, wenn sie sich unterscheiden. Ändert nichts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="Alle Unterschiede nennen, nicht nur die ersten.")

    def handle(self, *args: Any, **options: Any) -> None:
        vocabulary_store.refresh()
        try:
            engine = get_engine()
            if engine.needs_rebuild():
                raise CommandError(_("Der Index fehlt, ist beschädigt oder stammt von einer anderen Version. Abhilfe: rebuild_index."))
            indexed = dict(engine.digests())
            due = set(engine.stale(timezone.now()))
        except IndexUnavailable as error:
            raise CommandError(str(error)) from error
        total = OfferPage.objects.live().count()
        wanted = {each.card.page_id: each.digest for each in shown(documents(), self.stdout, _("Angebote verglichen"), total)}
        pending = outbox.pending()
        missing = sorted(wanted.keys() - indexed.keys())
        extra = sorted(indexed.keys() - wanted.keys())
        outdated = sorted(pk for pk in wanted.keys() & indexed.keys() if wanted[pk] != indexed[pk] and pk not in due)
        most = None if options["all"] else MOST_NAMED
        self._name(_("Fehlt im Index"), missing, most)
        self._name(_("Im Index, aber nicht veröffentlicht"), extra, most)
        self._name(_("Im Index veraltet"), outdated, most)
        if due:
            self.stdout.write(_("%d Angebote warten auf ihren nächsten Termin; das ist kein Fehler.") % len(due))
        self.stdout.write(_("%d Änderungen sind noch offen.") % pending)
        if missing or extra or outdated:
            hint = _("Abhilfe: drain_index, und bleibt der Unterschied, rebuild_index.")
            raise CommandError(_("Index und Datenbank unterscheiden sich.") + " " + hint)
        self.stdout.write(_("Index und Datenbank stimmen überein: %d Angebote.") % len(wanted))

    def _name(self, text: str, page_ids: Iterable[int], most: int | None) -> None:
        found = list(page_ids)
        if not found:
            return
        urls = dict(Page.objects.filter(pk__in=found[:most]).values_list("pk", "url_path"))
        self.stdout.write(f"{text}: {len(found)}")
        for page_id in found[:most]:
            self.stdout.write(f"  {page_id} {urls.get(page_id, '')}".rstrip())
        if most is not None and len(found) > most:
            self.stdout.write("  …")
