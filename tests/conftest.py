"""What every test needs."""

import pytest

from offers import calendar
from places import resolver


@pytest.fixture(autouse=True)
def _places_of_this_test_alone():
    """The gazetteer outlives a test, its places in the database do not."""
    resolver.forget()


@pytest.fixture(autouse=True)
def _holidays_of_this_test_alone():
    """The calendar outlives a test, its school holidays in the database do not."""
    calendar.forget()
