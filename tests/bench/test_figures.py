"""Percentiles and the report."""

from hypothesis import given
from hypothesis import strategies as st

from scripts.bench.figures import Times, by_kind, percentile


def test_percentiles_are_values_that_were_measured():
    hundred = [float(number) for number in range(1, 101)]
    assert percentile(hundred, 0.5) == 50
    assert percentile(hundred, 0.95) == 95
    assert percentile([3.0], 0.95) == 3


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_the_share_of_values_below_a_percentile_is_reached(values):
    assert sum(value <= percentile(values, 0.95) for value in values) >= 0.95 * len(values)


def test_the_slowest_kind_comes_first():
    found = by_kind(["town", "words", "town"], [1.0, 9.0, 2.0])
    assert list(found) == ["words", "town"]
    assert found["town"] == Times(2, 1.0, 2.0, 2.0)
