"""The bundled vocabulary into the database, where editors see and correct it, without taking away what they have made of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from search.editing import vocabulary_store
from search.models import Origin, Situation, VocabularyEntry, VocabularyTerm
from search.models.vocabulary import content_of_situation, content_of_term
from search.vocabulary import Situation as SituationEntry
from search.vocabulary import Term, files

Entry = TypeVar("Entry", SituationEntry, Term)
Row = TypeVar("Row", Situation, VocabularyTerm)


@dataclass(slots=True)
class Report:
    created: int = 0
    changed: int = 0
    removed: int = 0


def load() -> Report:
    """Bring the rows to what the files say, all or nothing; a second call changes nothing.

    Entries that editors changed, switched off or made themselves stay as they are. What the files no longer have goes, unless an editor
    changed it: then it becomes the editor's own.
    """
    report = Report()
    with transaction.atomic():
        _load(Situation, "slug", files.situations(), content_of_situation, _write_situation, report)
        _load(VocabularyTerm, "key", files.terms(), content_of_term, _write_term, report)
        if report != Report():
            vocabulary_store.changed()
    return report


def _load(
    model: type[Row],
    name: str,
    entries: Mapping[str, Entry],
    content_of: Callable[[Entry], dict[str, Any]],
    write: Callable[[Row, Entry], None],
    report: Report,
) -> None:
    known: dict[str, Row] = {getattr(row, name): row for row in model.objects.all()}
    new: list[Row] = []
    changed: list[Row] = []
    for key, entry in entries.items():
        content = content_of(entry)
        row = known.get(key)
        if row is None:
            row = model(**{name: key}, loaded=content, changed_at=timezone.now())
            write(row, entry)
            new.append(row)
        elif row.loaded != content:
            if row.origin == Origin.BUNDLED:
                write(row, entry)
            row.loaded, row.changed_at = content, timezone.now()
            changed.append(row)
    gone = [row for key, row in known.items() if row.loaded and key not in entries]
    kept: list[Row] = [row for row in gone if row.active and row.origin == Origin.EDITED]
    for row in kept:
        row.loaded = {}
    for rows in (new, changed, kept):
        for row in rows:
            row.settle_origin()
    model.objects.bulk_create(new, batch_size=500)
    model.objects.bulk_update(changed + kept, _written(model), batch_size=200)
    dropped = [row.pk for row in gone if row not in kept]
    model.objects.filter(pk__in=dropped).delete()
    report.created += len(new)
    report.changed += len(changed) + len(kept)
    report.removed += len(dropped)


def _written(model: type[VocabularyEntry]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if not field.primary_key]


def _write_situation(row: Situation, entry: SituationEntry) -> None:
    row.label, row.topics, row.kinds = entry.label, list(entry.topics), list(entry.kinds)
    row.words, row.phrases = ", ".join(entry.words), "\n".join(entry.lines)


def _write_term(row: VocabularyTerm, entry: Term) -> None:
    row.kind, row.language = str(entry.kind), entry.language
    row.words, row.target = ", ".join(entry.words), ", ".join(entry.target)
