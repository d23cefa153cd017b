"""Situations as two CSV files, there and back: see search/vocabulary/README.md for the columns."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from offers.interchange.faults import Fault
from offers.interchange.table import Row, read, write
from offers.models import Topic
from search.models import Situation
from search.vocabulary.entries import GERMAN, LANGUAGES, in_order, listed
from search.vocabulary.files import PHRASE_SEPARATOR

SITUATION_COLUMNS = ("situation", "label", "topics", "kinds", "words", "phrases")
PHRASE_COLUMNS = ("situation", "language", "phrases")
# The columns of the files by the model's fields.
COLUMN_OF = {"slug": "situation"}


class FaultyFilesError(Exception):
    """The files cannot be taken; `faults` says where and why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line))


def import_situations(situations: Path, phrases: Path) -> tuple[int, int, int]:
    """New, changed and unchanged situations. All or nothing; what the files do not name stays as it is.

    A situation becomes what the files say, with its phrases in all languages. Raises FaultyFilesError, and OSError where a file cannot be
    read.
    """
    rows, faults = read(situations, SITUATION_COLUMNS)
    further_rows, further_faults = read(phrases, PHRASE_COLUMNS)
    faults += further_faults
    further = _further(further_rows, {row.cells["situation"] for row in rows}, phrases.name, faults)
    known = {each.slug: each for each in Situation.objects.all()}
    topics = set(Topic.objects.values_list("slug", flat=True))
    wanted: dict[str, Situation] = {}
    counts = {"new": 0, "changed": 0, "same": 0}
    with transaction.atomic():
        for row in rows:
            slug = row.cells["situation"]
            if slug in wanted:
                faults.append(
                    Fault(situations.name, row.line, _("Die Kennung steht schon weiter oben. Bitte eine Zeile streichen."), "situation")
                )
                continue
            situation = wanted[slug] = known.get(slug) or Situation(slug=slug)
            before = situation.content() if situation.pk else None
            _fill(situation, row, further.get(slug, []))
            faults += _faults(situation, row, situations.name, topics)
            state = "new" if before is None else "changed" if before != situation.content() else "same"
            counts[state] += 1
            if state != "same" and not faults:
                situation.save()
        if faults:
            raise FaultyFilesError(faults)
    return counts["new"], counts["changed"], counts["same"]


def export_situations(situations: Path, phrases: Path) -> int:
    """Write all situations that are in use; says how many."""
    entries = [each.entry() for each in Situation.objects.filter(active=True).order_by("pk")]
    rows: list[dict[str, str]] = []
    further: list[dict[str, str]] = []
    for entry in entries:
        spoken: dict[str, list[str]] = {}
        for phrase, language in zip(entry.phrases, entry.languages, strict=True):
            spoken.setdefault(language, []).append(phrase)
        german = PHRASE_SEPARATOR.join(spoken.pop(GERMAN, []))
        lists: dict[str, Iterable[str]] = {"topics": entry.topics, "kinds": entry.kinds, "words": entry.words}
        joined = {name: ", ".join(values) for name, values in lists.items()}
        rows.append({"situation": entry.slug, "label": entry.label, **joined, "phrases": german})
        for language, texts in spoken.items():
            further.append({"situation": entry.slug, "language": language, "phrases": PHRASE_SEPARATOR.join(texts)})
    write(situations, SITUATION_COLUMNS, rows)
    write(phrases, PHRASE_COLUMNS, further)
    return len(rows)


def _further(rows: list[Row], slugs: set[str], file: str, faults: list[Fault]) -> dict[str, list[tuple[str, str]]]:
    """Phrases with their language, by situation."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        slug, language = row.cells["situation"], row.cells["language"]
        if slug not in slugs:
            message = _("Diese Lebenslage fehlt in der anderen Datei: %s. Bitte dort ergänzen oder hier streichen.") % slug
            faults.append(Fault(file, row.line, message, "situation"))
        if language not in (GERMAN, *LANGUAGES):
            message = _("Unbekannte Sprache: %(found)s. Möglich sind: %(known)s.") % {
                "found": language,
                "known": ", ".join((GERMAN, *LANGUAGES)),
            }
            faults.append(Fault(file, row.line, message, "language"))
        phrases = _phrases(row)
        if not phrases:
            faults.append(Fault(file, row.line, _("Die Zelle ist leer. Bitte ergänzen oder die Zeile streichen."), "phrases"))
        found.setdefault(slug, []).extend((language, phrase) for phrase in phrases)
    return found


def _fill(situation: Situation, row: Row, further: list[tuple[str, str]]) -> None:
    situation.label = row.cells["label"]
    situation.topics, situation.kinds = list(listed(row.cells["topics"])), list(listed(row.cells["kinds"]))
    situation.words = ", ".join(listed(row.cells["words"]))
    pairs = [*((GERMAN, phrase) for phrase in _phrases(row)), *((language, phrase) for language, phrase in further if language)]
    phrases, languages = in_order([pair for pair in pairs if pair[0] in (GERMAN, *LANGUAGES)])
    lines = zip(phrases, languages, strict=True)
    situation.phrases = "\n".join(phrase if language == GERMAN else f"{language}: {phrase}" for phrase, language in lines)


def _faults(situation: Situation, row: Row, file: str, topics: set[str]) -> list[Fault]:
    found = []
    if unknown := [topic for topic in situation.topics if topic not in topics]:
        message = _("Unbekanntes Thema: %s. Möglich sind: %s.") % (", ".join(unknown), ", ".join(sorted(topics)))
        found.append(Fault(file, row.line, message, "topics"))
    try:
        situation.full_clean(validate_unique=False)
    except ValidationError as error:
        messages: dict[str, Any] = error.message_dict
        found += [Fault(file, row.line, text, COLUMN_OF.get(name, name)) for name, texts in messages.items() for text in texts]
    return found


def _phrases(row: Row) -> list[str]:
    return [phrase for raw in row.cells["phrases"].split("|") if (phrase := " ".join(raw.split()))]
