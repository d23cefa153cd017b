"""From changes in the database to the index, so that none is lost.

A change and its row here are one transaction. A row goes only after the engine has confirmed the page's document, and only if it was read
before the document was made: a change during the write has a row of its own, which waits for the next round.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from threading import Event

from django.db import transaction
from django.utils import timezone

from offers import calendar
from search.alone import alone
from search.contract import Engine, IndexUnavailable, OfferDocument
from search.documents import documents
from search.editing import vocabulary_store
from search.engines import get_engine
from search.locks import LockBusy
from search.models import OutboxEntry
from search.semantics import kept
from search.semantics.encoder import encoder_name

logger = logging.getLogger(__name__)

BATCH = 500
# Set when this process has written rows that are committed; the worker waits for it.
changed = Event()


def enqueue(page_ids: Iterable[int]) -> int:
    """Note that these pages' documents must be made again, in the transaction that is open. Returns how many."""
    rows = [OutboxEntry(page_id=page_id) for page_id in dict.fromkeys(page_ids)]
    if rows:
        OutboxEntry.objects.bulk_create(rows, batch_size=1000)
        transaction.on_commit(changed.set)
    return len(rows)


def pending() -> int:
    """How many rows wait."""
    return OutboxEntry.objects.count()


def encode_some(*, wait_seconds: float = 0.0) -> int:
    """Work out the meaning of some pages that wait and note that their documents must be made again; returns how many.

    With the last of them go the vectors of an encoder that was used before. Where another process is just doing so, nothing.
    """
    try:
        with alone("meaning", wait_seconds):
            done = kept.encode_some(enqueue)
            if done:
                kept.forget_unused()
            return done
    except LockBusy:
        return 0


def enqueue_stale(engine: Engine | None = None, now: datetime | None = None) -> int:
    """Note the pages whose document says that it is out of date by now, because a date has passed; returns how many."""
    return enqueue((engine or get_engine()).stale(now or timezone.now()))


def drain(batch: int = BATCH, *, wait_seconds: float = 10.0, engine: Engine | None = None) -> int:
    """Bring the index up to date with all rows that are there; returns how many were done.

    Several processes may call it: one works, the others wait so long and then return 0. Where the index is missing or was made by
    other code, it is made anew. Raises IndexUnavailable when the engine does not confirm; the rows then stay.
    """
    engine = engine or get_engine()
    try:
        with alone("outbox", wait_seconds):
            vocabulary_store.refresh()
            if engine.needs_rebuild():
                return _rebuild(engine, documents())
            return _drain(engine, batch)
    except LockBusy:
        return 0


def rebuild(engine: Engine | None = None, made: Iterable[OfferDocument] | None = None, *, wait_seconds: float = 120.0) -> int:
    """Make the whole index anew from the database; returns how many rows that settled. `made`: the documents, to watch them go by.

    Raises IndexUnavailable when another process has been at work on the index for so long.
    """
    try:
        with alone("outbox", wait_seconds):
            return _rebuild(engine or get_engine(), documents() if made is None else made)
    except LockBusy as error:
        raise IndexUnavailable("Another process has been bringing the index up to date for too long.") from error


def _rebuild(engine: Engine, made: Iterable[OfferDocument]) -> int:
    # The rows first: what changes after they were read has a row that stays.
    settled = list(OutboxEntry.objects.values_list("pk", flat=True))
    calendar.forget()
    vocabulary_store.refresh()
    engine.rebuild(_noting(made))
    return _settle(settled)


def _noting(made: Iterable[OfferDocument]) -> Iterator[OfferDocument]:
    """The same documents; the pages of those that lack their meaning are noted."""
    if not encoder_name():
        yield from made
        return
    without: list[int] = []
    for document in made:
        if not document.vector:
            without.append(document.card.page_id)
        if len(without) >= BATCH:
            kept.waits(without)
            without = []
        yield document
    kept.waits(without)


def _drain(engine: Engine, batch: int) -> int:
    done, last = 0, 0
    while rows := list(OutboxEntry.objects.filter(pk__gt=last).order_by("pk")[:batch].values_list("pk", "page_id")):
        last = rows[-1][0]
        # The holidays of another process's change may be older here than the row.
        calendar.forget()
        page_ids = list(dict.fromkeys(page_id for _pk, page_id in rows))
        made, failed = _made(page_ids)
        there = {document.card.page_id for document in made}
        engine.write(list(_noting(made)), [page_id for page_id in page_ids if page_id not in there and page_id not in failed])
        done += _settle([pk for pk, page_id in rows if page_id not in failed])
    return done


def _made(page_ids: list[int]) -> tuple[list[OfferDocument], set[int]]:
    """The documents of these pages, and the pages whose documents cannot be made: one broken page must not hold up the others."""
    try:
        return list(documents(page_ids)), set()
    except Exception:
        logger.exception("Documents could not be made together; making them one by one")
    made: list[OfferDocument] = []
    failed: set[int] = set()
    for page_id in page_ids:
        try:
            made += documents([page_id])
        except Exception as error:
            logger.error("The document of page %s cannot be made; its row stays in the outbox: %s", page_id, error)
            failed.add(page_id)
    return made, failed


def _settle(rows: list[int]) -> int:
    """Exactly the rows that were read: others may have been committed since with lower numbers."""
    for start in range(0, len(rows), BATCH):
        OutboxEntry.objects.filter(pk__in=rows[start : start + BATCH]).delete()
    return len(rows)
