from datetime import timedelta

import pytest
from django.core.cache import caches

from offers.reports import tokens
from tests.offers.reports import builders


@pytest.fixture
def read(monkeypatch):
    """Forms count as read as soon as they are made."""
    monkeypatch.setattr(tokens, "YOUNGEST", timedelta(seconds=-1))


@pytest.fixture
def page(request):
    """Counts of other tests lie in the database too; they are gone."""
    if not request.node.get_closest_marker("django_db").kwargs.get("transaction"):
        request.getfixturevalue("db")
    else:
        request.getfixturevalue("transactional_db")
    caches["limits"].clear()
    builders.district()
    return builders.listing()
