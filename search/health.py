"""Whether the search can answer."""

from django.db import DatabaseError, connection
from django.utils import timezone

from search import outbox
from search.contract import IndexUnavailable, SearchRequest
from search.engines import get_engine
from search.semantics import kept


def readiness() -> dict[str, bool | int | None]:
    """`ready`: both `database` and `index` answer. `pending`: rows that the index does not know yet, `pending_meaning`: offers that are
    found by their words only so far; None without a database.

    The index of a site that nobody has filled yet is empty and answers.
    """
    try:
        connection.ensure_connection()
        waiting: int | None = outbox.pending()
        without_meaning: int | None = kept.waiting()
    except DatabaseError:
        waiting = without_meaning = None
    try:
        get_engine().count(SearchRequest(now=timezone.now()))
        answers = True
    except IndexUnavailable:
        answers = False
    database = waiting is not None
    ready = database and answers
    return {"ready": ready, "database": database, "index": answers, "pending": waiting, "pending_meaning": without_meaning}
