"""What nobody confirms stands behind its like in the search, until somebody does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from offers.freshness import actions
from offers.freshness.daily import keep_fresh
from offers.models import OfferPage, Setback, SetbackKind
from search import outbox
from search.documents import documents
from search.engines import get_engine
from tests.offers.freshness_builders import house, offers_of, rules
from tests.search.builders import ask
from tests.search.test_ranking import write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _index(settings, tmp_path):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"


def found(text):
    outbox.drain()
    return [hit.card.key for hit in get_engine().search(ask(text)).hits]


def test_the_daily_command_lowers_and_a_confirmation_lifts():
    today = timezone.localdate()
    rules(lower_after=5, hide_after=60)
    made = [offers_of(house(key, confirmed=today))[0] for key in ("kita-eins", "kita-zwei")]
    OfferPage.objects.update(title="Krabbelgruppe")
    for page in OfferPage.objects.all():
        page.save()
    first, second = (f"{page.key}" for page in made)
    assert found("Krabbelgruppe") == [first, second]
    OfferPage.objects.filter(pk=made[0].pk).update(confirmed_at=today - timedelta(days=195))
    keep_fresh(today - timedelta(days=6), lambda line: None)  # asks
    keep_fresh(today, lambda line: None)
    assert Setback.objects.get().kind == SetbackKind.LOWERED
    assert found("Krabbelgruppe") == [second, first]
    actions.confirm(OfferPage.objects.get(pk=made[0].pk), today)
    assert found("Krabbelgruppe") == [first, second]


@pytest.mark.parametrize("number", [1, 12])
def test_documents_know_it_with_one_query_more_for_all(number, django_assert_num_queries):
    page = house(offers=number)
    list(documents())  # what a process remembers
    with CaptureQueriesContext(connection) as before:
        list(documents())
    for each in offers_of(page):
        Setback.objects.create(offer=each, kind=SetbackKind.LOWERED, since=timezone.localdate())
    with django_assert_num_queries(len(before)):
        assert [each.card.lowered for each in documents()] == [True] * number
    assert sum("setback" in query["sql"] for query in before.captured_queries) == 1
    Setback.objects.update(kind=SetbackKind.HIDDEN)
    assert not any(each.card.lowered for each in documents())


def test_every_engine_ranks_it_behind_its_like(engine):
    write(engine, {"key": "stale", "title": "Musik", "lowered": True}, {"key": "other", "title": "Musik"})
    assert [hit.card.key for hit in engine.search(ask("Musik")).hits] == ["other", "stale"]
