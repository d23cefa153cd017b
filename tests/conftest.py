"""What every test needs."""

import pytest
from django.core.cache import cache
from hypothesis import settings as hypothesis_settings

from offers import calendar
from places import resolver

# No test is timed: machines are busy at times.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _nothing_of_other_tests():
    """What a process remembers outlives a test, its database does not: places, school holidays, where the site's root page is."""
    resolver.forget()
    calendar.forget()
    cache.clear()
