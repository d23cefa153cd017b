"""Markers that a finger can tell apart."""

import pytest

from search.contract import Cluster
from search.mapdata import FINEST, apart

NASSAU, BAD_EMS = (50.314, 7.801), (50.337, 7.711)


def cluster(point, count):
    return Cluster(*point, count)


def test_markers_that_would_cover_each_other_become_one_and_none_is_lost():
    clusters = [cluster(NASSAU, 2), cluster((NASSAU[0] + 0.001, NASSAU[1]), 5), cluster(BAD_EMS, 3)]
    found = apart(clusters, 11)
    assert sorted(each.count for each in found) == [3, 7]
    # It stands where most of its listings are, and is no single offer any more.
    merged = max(found, key=lambda each: each.count)
    assert (merged.latitude, merged.card) == (pytest.approx(NASSAU[0] + 0.001), None)


def test_a_nearer_look_shows_them_apart():
    clusters = [cluster(NASSAU, 1), cluster((NASSAU[0] + 0.001, NASSAU[1]), 1)]
    assert len(apart(clusters, 10)) == 1
    assert len(apart(clusters, 16)) == 2


def test_the_nearest_look_shows_all_as_they_lie():
    assert len(apart([cluster(NASSAU, 1), cluster(NASSAU, 1)], FINEST)) == 2


def test_the_ends_of_the_world_have_a_place():
    assert sum(each.count for each in apart([cluster((90.0, 180.0), 1), cluster((-90.0, -180.0), 2)], 0)) == 3
