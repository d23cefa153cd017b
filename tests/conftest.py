"""What every test needs."""

import pytest

from places import resolver


@pytest.fixture(autouse=True)
def _places_of_this_test_alone():
    """The gazetteer outlives a test, its places in the database do not."""
    resolver.forget()
