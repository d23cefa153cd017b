"""What every test needs."""

import pytest
from django.core.cache import cache

from offers import calendar
from places import resolver


@pytest.fixture(autouse=True)
def _nothing_of_other_tests():
    """What a process remembers outlives a test; its database does not. Among it: places, holidays, and where the site's root page is."""
    resolver.forget()
    calendar.forget()
    cache.clear()
