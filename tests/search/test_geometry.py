"""Circles from map tiles: nothing of a circle is missed, nothing outside counts as inside."""

from math import cos, radians

from hypothesis import given
from hypothesis import strategies as some

from search.geometry import cover_circle, distance_km, level_for, tile_at, within_km

latitudes = some.floats(-70, 70)
longitudes = some.floats(-170, 170)
radii = some.sampled_from((0.1, 0.5, 2.0, 10.0, 15.0, 50.0, 120.0, 500.0))
# Anywhere in the circle's box and somewhat around it.
places = some.tuples(some.floats(-1.2, 1.2), some.floats(-1.2, 1.2))


@given(latitudes, longitudes, radii, some.integers(1, 12), places)
def test_every_point_is_inside_where_a_tile_says_so_and_outside_where_none_does(latitude, longitude, radius, parts, place):
    finest = level_for(radius / parts, latitude, 5, 17)
    inside, border = cover_circle(latitude, longitude, radius, 5, finest)
    north = latitude + place[0] * radius / 111.2
    east = longitude + place[1] * radius / (111.2 * cos(radians(latitude)))
    distance = distance_km(latitude, longitude, north, east)
    in_tile = [tile for tile in inside if tile_at(tile[0], north, east) == tile[1:]]
    on_border = [tile for tile in border if tile_at(tile[0], north, east) == tile[1:]]
    assert len(in_tile) + len(on_border) <= 1
    if in_tile:
        assert distance <= radius
    if distance <= radius:
        assert in_tile or on_border


@given(latitudes, longitudes, radii, places)
def test_within_agrees_with_the_distance(latitude, longitude, radius, place):
    point = latitude + place[0] * radius / 111.2, longitude + place[1] * radius / (111.2 * cos(radians(latitude)))
    distance = distance_km(latitude, longitude, *point)
    if abs(distance - radius) > 1e-6:
        assert within_km(latitude, longitude, radius, [point]) == [distance <= radius]


def test_large_tiles_stand_for_the_middle_of_a_circle():
    inside, border = cover_circle(50.27, 7.83, 50.0, 5, 13)
    assert {tile[0] for tile in inside} >= {13, 12, 11}
    assert len(inside) < len(border)


def test_a_circle_over_a_pole_or_the_date_line_is_all_border():
    assert cover_circle(89.0, 10.0, 200.0, 5, 9)[0] == ()
    assert cover_circle(50.0, 179.9, 50.0, 5, 9)[0] == ()
