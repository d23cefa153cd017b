"""What every test needs."""

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import blocking_manager_key
from wagtail.models import Page

from offers import calendar
from places import resolver
from search import provider_names
from search.editing import vocabulary_store
from search.limited import candidates

# One browser for all tests of a process, wherever they lie: a second one cannot be started beside it.
from tests.browser.fixtures import chromium, open_page, open_site, site  # noqa: F401

# No test is timed: machines are busy at times.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _nothing_of_other_tests():
    """What a process remembers outlives a test, its database does not: places, school holidays, words, where the site's root page is."""
    resolver.forget()
    calendar.forget()
    candidates.forget()
    provider_names.forget()
    vocabulary_store.forget()
    cache.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test with real transactions empties the database behind it. Whatever runs next finds again what migrations wrote.

    With the last test the database itself has gone.
    """
    result = yield
    marker = item.get_closest_marker("django_db")
    if nextitem is not None and marker and marker.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            if not Page.objects.exists():
                connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
    return result
