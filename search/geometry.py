"""Circles, boxes and map tiles on the sphere. Pure; decimal degrees and kilometres."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import acos, asin, asinh, atan, cos, degrees, floor, log2, pi, radians, sin, sinh, sqrt, tan

EARTH_RADIUS_KM = 6371.0088
EQUATOR_KM = 2 * pi * EARTH_RADIUS_KM
# Web Mercator ends here; the tiles of https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames.
LAST_LATITUDE = 85.05

Tile = tuple[int, int, int]  # level, x, y
# Of a degree, so that rounding puts no tile on the wrong side of a circle.
NARROW = 1e-9


def distances_km(latitude: float, longitude: float, points: Iterable[tuple[float, float]]) -> Iterator[float]:
    """Distances along the sphere from one point to many (haversine)."""
    here, cos_here = radians(latitude), cos(radians(latitude))
    for point_latitude, point_longitude in points:
        there = radians(point_latitude)
        half_north, half_east = sin((there - here) / 2), sin(radians(point_longitude - longitude) / 2)
        chord = half_north * half_north + cos_here * cos(there) * half_east * half_east
        yield 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def within_km(latitude: float, longitude: float, radius_km: float, points: Iterable[tuple[float, float]]) -> list[bool]:
    """Which points lie within the radius: the comparison of `distances_km` without its last steps, for thousands of points."""
    here, cos_here = radians(latitude), cos(radians(latitude))
    reach = sin(min(pi / 2, radius_km / EARTH_RADIUS_KM / 2)) ** 2
    found = []
    for point_latitude, point_longitude in points:
        there = radians(point_latitude)
        half_north, half_east = sin((there - here) / 2), sin(radians(point_longitude - longitude) / 2)
        found.append(half_north * half_north + cos_here * cos(there) * half_east * half_east <= reach)
    return found


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    return next(distances_km(latitude, longitude, [(other_latitude, other_longitude)]))


def box_around(latitude: float, longitude: float, radius_km: float) -> tuple[float, float, float, float]:
    """South, west, north, east of a box that holds the circle; all longitudes where it holds a pole."""
    reach = degrees(radius_km / EARTH_RADIUS_KM)
    south, north = max(-90.0, latitude - reach), min(90.0, latitude + reach)
    if south <= -89.9 or north >= 89.9:
        return south, -180.0, north, 180.0
    ratio = sin(min(pi / 2, radius_km / EARTH_RADIUS_KM)) / cos(radians(latitude))
    east = 180.0 if ratio >= 1 else degrees(asin(ratio))
    # Where the circle crosses the date line the whole band is as good a box: nobody looks for a playgroup there.
    if longitude - east < -180 or longitude + east > 180:
        return south, -180.0, north, 180.0
    return south, longitude - east, north, longitude + east


def tile_at(level: int, latitude: float, longitude: float) -> tuple[int, int]:
    """Column and row of the map tile that holds a point; rows count from the north."""
    across = 1 << level
    bent = asinh(tan(radians(max(-LAST_LATITUDE, min(LAST_LATITUDE, latitude)))))
    x, y = floor((longitude + 180) / 360 * across), floor((1 - bent / pi) / 2 * across)
    return max(0, min(across - 1, x)), max(0, min(across - 1, y))


def level_for(width_km: float, latitude: float, lowest: int, highest: int) -> int:
    """The level whose tiles are about so wide there."""
    around = EQUATOR_KM * max(0.01, cos(radians(latitude)))
    return max(lowest, min(highest, round(log2(around / max(width_km, 0.001)))))


def tiles_over(level: int, box: tuple[float, float, float, float]) -> list[Tile]:
    """All tiles of a level that touch the box."""
    south, west, north, east = box
    first_x, first_y = tile_at(level, north, west)
    last_x, last_y = tile_at(level, south, east)
    return [(level, x, y) for x in range(first_x, last_x + 1) for y in range(first_y, last_y + 1)]


@lru_cache(maxsize=2048)
def cover_circle(
    latitude: float, longitude: float, radius_km: float, lowest: int, finest: int
) -> tuple[tuple[Tile, ...], tuple[Tile, ...]]:
    """Tiles wholly inside the circle, as large as may be, and tiles of the finest level that its border may cross.

    Row by row: between two parallels the circle is widest where a meridian touches it, else at one of them, and narrowest at one of
    them, so two widths say which tiles of a row are inside and which are touched. A circle over a pole or the date line has no inside.
    """
    box = box_around(latitude, longitude, radius_km)
    south, west, north, east = box
    if (west, east) == (-180.0, 180.0):
        return (), tuple(tiles_over(lowest, box))
    first, last = tile_at(finest, north, longitude)[1], tile_at(finest, south, longitude)[1]
    widest_at = degrees(asin(max(-1.0, min(1.0, sin(radians(latitude)) / cos(radius_km / EARTH_RADIUS_KM)))))
    edges = [_row_edge(finest, row) for row in range(first, last + 2)]
    widths = [_half_width(latitude, radius_km, edge) for edge in edges]
    inside: dict[int, tuple[int, int]] = {}
    border: list[Tile] = []
    for number, row in enumerate(range(first, last + 1)):
        above, below = widths[number], widths[number + 1]
        touched = east - longitude if edges[number + 1] <= widest_at <= edges[number] else max(above, below)
        if touched < 0:
            continue
        begin, end = (_column(finest, longitude + side * touched * (1 + NARROW)) for side in (-1, 1))
        within = min(above, below) * (1 - NARROW)
        # The first and the last column that no part of the border crosses.
        left, right = _column(finest, longitude - within) + 1, _column(finest, longitude + within) - 1
        if within > 0 and left <= right:
            inside[row] = (left, right)
            border += [(finest, x, row) for x in (*range(begin, left), *range(right + 1, end + 1))]
        else:
            border += [(finest, x, row) for x in range(begin, end + 1)]
    return tuple(_merged(inside, finest, lowest)), tuple(border)


def _row_edge(level: int, row: int) -> float:
    """The latitude of a row's northern edge."""
    return degrees(atan(sinh(pi * (1 - 2 * row / (1 << level)))))


def _column(level: int, longitude: float) -> int:
    across = 1 << level
    return max(0, min(across - 1, floor((longitude + 180) / 360 * across)))


def _half_width(latitude: float, radius_km: float, parallel: float) -> float:
    """Degrees of longitude from the middle of the circle to its border along a parallel; -1 where it does not reach that far."""
    here, there = radians(latitude), radians(parallel)
    cosine = (cos(radius_km / EARTH_RADIUS_KM) - sin(here) * sin(there)) / (cos(here) * cos(there))
    return -1.0 if cosine > 1 else degrees(acos(max(-1.0, cosine)))


def _merged(runs: dict[int, tuple[int, int]], level: int, lowest: int) -> Iterator[Tile]:
    """Runs of tiles by row, as few and large tiles: four that make one of the level above become that one."""
    while runs:
        larger: dict[int, tuple[int, int]] = {}
        for row, (left, right) in runs.items():
            other = runs.get(row ^ 1)
            if level > lowest and other:
                first, last = (max(left, other[0]) + 1) // 2, (min(right, other[1]) - 1) // 2
                if first <= last:
                    larger[row >> 1] = (first, last)
                    yield from ((level, x, row) for x in (*range(left, 2 * first), *range(2 * last + 2, right + 1)))
                    continue
            yield from ((level, x, row) for x in range(left, right + 1))
        runs, level = larger, level - 1
