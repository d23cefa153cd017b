"""What every test needs."""

import pytest
from hypothesis import settings as hypothesis_settings

from offers import calendar
from places import resolver

# No test is timed: machines are busy at times.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _places_of_this_test_alone():
    """The gazetteer outlives a test, its places in the database do not."""
    resolver.forget()


@pytest.fixture(autouse=True)
def _holidays_of_this_test_alone():
    """The calendar outlives a test, its school holidays in the database do not."""
    calendar.forget()
