"""The vocabulary of the database: what editors changed, laid over what is bundled.

No request asks the database for it. A process reads it when it starts to follow the outbox or works on the index, again when it has saved
an entry itself, and when it notices that another process has (`refresh`, called by the worker twice a second: one row).
"""

from threading import Lock
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from search import real_words, synonyms, vocabulary
from search.models import Origin, Situation, VocabularyState, VocabularyTerm
from search.vocabulary import Overlay

_lock = Lock()
# The token that this process has taken over; None: it has not looked yet.
_known: str | None = None


def refresh() -> bool:
    """Take over what has changed; whether anything has. One query where nothing has."""
    global _known
    with _lock:
        # Before the entries: what is saved meanwhile is noticed next time.
        token = VocabularyState.objects.values_list("token", flat=True).first() or ""
        if token == _known:
            return False
        overlay = _overlay() if token else Overlay()
        different = overlay != vocabulary.current().overlay
        if different:
            vocabulary.lay_over(overlay)
        synonyms.prepare()
        real_words.prepare()
        _known = token
        return different


def changed() -> None:
    """To be called in the transaction that changes entries: makes this process, once committed, and then all others look again."""
    VocabularyState.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})
    transaction.on_commit(refresh, robust=True)


def forget() -> None:
    """Back to what is bundled, as a process begins."""
    global _known
    with _lock:
        vocabulary.forget()
        _known = None


def _overlay() -> Overlay:
    """Only what differs from the files: they are read anyway, and may be newer than what was loaded."""
    terms = {each.key: each.entry() if each.active else None for each in VocabularyTerm.objects.exclude(origin=Origin.BUNDLED)}
    situations = {each.slug: each.entry() if each.active else None for each in Situation.objects.exclude(origin=Origin.BUNDLED)}
    return Overlay(terms, situations)


def _entry_changed(**_signal: Any) -> None:
    changed()


def connect() -> None:
    """Called once the apps are loaded."""
    for model in (Situation, VocabularyTerm):
        post_save.connect(_entry_changed, sender=model, dispatch_uid=f"search.vocabulary.{model.__name__}.saved")
        post_delete.connect(_entry_changed, sender=model, dispatch_uid=f"search.vocabulary.{model.__name__}.deleted")
