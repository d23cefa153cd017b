"""Wagtail's own search over the same pages, as a yardstick: what a team would otherwise use. For measuring only.

As Wagtail's manual has it: the fields that families read are declared, and `OfferPage.objects.live().search(words)` finds the pages. The
site itself declares none of these fields, since the engines find its pages.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from offers.models import OfferPage
from search.evaluation.figures import RECALL_DEPTH, Answer, Judged


def name() -> str:
    return f"Wagtail's search() on {connection.display_name}"


def answered(questions: Sequence[Judged]) -> list[Answer]:
    """What `search()` finds with the words of each question. Leaves nothing behind in the database."""
    with transaction.atomic():
        with _fields_declared():
            get_search_backend("default").get_index_for_model(OfferPage).add_items(OfferPage, list(OfferPage.objects.live()))
            answers = [_answer(judged) for judged in questions]
        transaction.set_rollback(True)
    return answers


def _answer(judged: Judged) -> Answer:
    found = OfferPage.objects.live().search(judged.query.get("q", ""))
    return Answer(judged, tuple(page.key for page in found[:RECALL_DEPTH]), found.count())


@contextmanager
def _fields_declared() -> Iterator[None]:
    """The fields of the offer's page that a team would have searched."""
    OfferPage.search_fields = [
        *OfferPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("description"),
        index.RelatedFields("topics", [index.SearchField("name")]),
    ]
    try:
        yield
    finally:
        del OfferPage.search_fields
