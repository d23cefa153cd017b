"""Whether the search can answer."""

from django.db import DatabaseError, connection
from django.utils import timezone

from search import outbox
from search.contract import IndexUnavailable, SearchRequest
from search.engines import get_engine


def readiness() -> dict[str, bool | int | None]:
    """`ready`: both `database` and `index` answer. `pending`: rows that the index does not know yet, None without a database.

    The index of a site that nobody has filled yet is empty and answers.
    """
    try:
        connection.ensure_connection()
        waiting: int | None = outbox.pending()
    except DatabaseError:
        waiting = None
    try:
        get_engine().count(SearchRequest(now=timezone.now()))
        answers = True
    except IndexUnavailable:
        answers = False
    database = waiting is not None
    return {"ready": database and answers, "database": database, "index": answers, "pending": waiting}
