"""From the two files to published pages."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from offers.interchange.columns import VENUE, Table, offer_table, provider_table, settle_venue
from offers.interchange.comparison import Change, compare
from offers.interchange.faults import Fault
from offers.interchange.publishing import publish_new
from offers.interchange.table import read
from offers.interchange.topics import load_topics
from offers.models import OfferPage, ProviderIndexPage, ProviderPage, Topic

Progress = Callable[[int, int], None]


class NoHomePageError(Exception):
    """Providers have no place to be."""


@dataclass
class Result:
    """What became of one file. With faults nothing is written, unless invalid rows were to be skipped."""

    file: str
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    written: bool = True
    faults: list[Fault] = field(default_factory=list)


class _RollbackError(Exception):
    """Takes back what a file with faults has written so far."""


def import_files(
    providers: Path | None, offers: Path | None, *, skip_invalid: bool = False, dry_run: bool = False, progress: Progress = lambda *_: None
) -> list[Result]:
    """Import one file or both, providers first; each whole or not at all.

    A dry run does everything and takes it back. Raises OSError where a file cannot be read, NoHomePageError on an empty site.
    """
    results: list[Result] = []
    try:
        with transaction.atomic():
            load_topics()
            index = provider_index()
            waiting: set[str] = set()
            if providers:
                result = _import(providers, provider_table(), _ProviderWriter(index), skip_invalid, progress)
                waiting = _keys(providers) if result.faults else set()
                results.append(result)
            if offers:
                topics = {topic.slug: topic for topic in Topic.objects.all()}
                results.append(_import(offers, offer_table(topics), _OfferWriter(waiting), skip_invalid, progress))
            if dry_run:
                raise _RollbackError
    except _RollbackError:
        for result in results:
            result.written = False
    return results


def provider_index() -> ProviderIndexPage:
    """The page above all providers; made under the site's home page where it is missing."""
    if index := ProviderIndexPage.objects.first():
        return index
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = site.root_page.specific if site else None
    if home is None or not ProviderIndexPage.can_create_at(home):
        raise NoHomePageError(_("Es gibt noch keine Startseite. Bitte zuerst „python manage.py create_site“ aufrufen."))
    index = ProviderIndexPage(title=_("Anbieter"), slug="anbieter")
    publish_new(home, index)
    return index


def _keys(path: Path) -> set[str]:
    return {row.cells["kennung"] for row in read(path, provider_table().names)[0]}


class _ProviderWriter:
    """Puts providers under the index page."""

    names: Container[str] | None = None
    waiting: frozenset[str] = frozenset()

    def __init__(self, index: ProviderIndexPage) -> None:
        self.index = index

    def parent(self, change: Change[ProviderPage]) -> Page:
        return self.index

    def settle(self, change: Change[ProviderPage], page: ProviderPage) -> None:
        """Nothing depends on several cells."""


class _OfferWriter:
    """Puts offers under their providers, and moves them when the provider changes.

    `waiting` are providers of a file that has faults: they may be missing for that reason alone.
    """

    def __init__(self, waiting: set[str]) -> None:
        self.providers = {provider.key: provider for provider in ProviderPage.objects.select_related("municipality")}
        self.waiting = waiting - self.providers.keys()
        self.names: Container[str] = self.providers.keys() | self.waiting

    def parent(self, change: Change[OfferPage]) -> Page:
        return self.providers[change.row.cells["anbieter"]]

    def settle(self, change: Change[OfferPage], page: OfferPage) -> None:
        if not change.values.keys().isdisjoint((*VENUE, "form")):
            settle_venue(page)


def _import(path: Path, table: Table, writer: Any, skip_invalid: bool, progress: Progress) -> Result:
    rows, file_faults = read(path, table.names)
    changes, faults = compare(path.name, table, rows, writer.names)
    result = Result(path.name, faults=[*file_faults, *faults])
    if orphans := [change for change in changes if change.row.cells.get("anbieter") in writer.waiting]:
        changes = [change for change in changes if change not in orphans]
        message = _("Der Anbieter fehlt, weil seine Zeile oder Datei Fehler hat. Bitte zuerst diese berichtigen.")
        result.faults.append(Fault(path.name, orphans[0].row.line, message, "anbieter"))
    if result.faults and not skip_invalid:
        result.written = False
        return result
    try:
        with transaction.atomic():
            _write_all(changes, table, writer, result, progress)
            if result.faults and not skip_invalid:
                raise _RollbackError
    except _RollbackError:
        result.written = False
    return result


def _write_all(changes: Sequence[Change], table: Table, writer: Any, result: Result, progress: Progress) -> None:
    for number, change in enumerate(changes, 1):
        if not change.values:
            result.unchanged += 1
        else:
            try:
                with transaction.atomic():
                    _write(change, table, writer)
            except ValidationError as error:
                result.faults.extend(_model_faults(result.file, change, table, error))
                writer.parent(change).refresh_from_db()
            else:
                result.created += change.page is None
                result.changed += change.page is not None
        progress(number, len(changes))


def _write(change: Change, table: Table, writer: Any) -> None:
    """Publish one new or changed page, as an editor would: a revision, the signal, an entry in the page's history."""
    page = change.page or table.model(key=change.key, slug=change.key)
    for column in table.columns:
        if column.name in change.values:
            column.write(page, change.values[column.name])
    writer.settle(change, page)
    parent = writer.parent(change)
    if change.page is None:
        publish_new(parent, page)
        return
    if change.values.keys() - {"anbieter"}:
        page.save_revision().publish()
    if "anbieter" in change.values:
        parent.refresh_from_db()
        table.model.objects.get(pk=page.pk).move(parent, pos="last-child")
        parent.refresh_from_db()


def _model_faults(file: str, change: Change, table: Table, error: ValidationError) -> list[Fault]:
    """The model's own checks, told by column."""
    if not hasattr(error, "error_dict"):
        return [Fault(file, change.row.line, " ".join(error.messages))]
    return [
        Fault(file, change.row.line, " ".join(messages), table.column_of_field.get(name, ""))
        for name, messages in error.message_dict.items()
    ]
