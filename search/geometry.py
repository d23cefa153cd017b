"""Circles, boxes and map tiles on the sphere. Pure; decimal degrees and kilometres."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import asin, asinh, atan, cos, degrees, floor, log2, pi, radians, sin, sinh, sqrt, tan

EARTH_RADIUS_KM = 6371.0088
EQUATOR_KM = 2 * pi * EARTH_RADIUS_KM
# Web Mercator ends here; the tiles of https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames.
LAST_LATITUDE = 85.05

Tile = tuple[int, int, int]  # level, x, y


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


def tile_bounds(tile: Tile) -> tuple[float, float, float, float]:
    """South, west, north, east. The outermost rows reach to the poles, as `tile_at` puts everything beyond into them."""
    level, x, y = tile
    across = 1 << level
    north, south = (degrees(atan(sinh(pi * (1 - 2 * row / across)))) for row in (y, y + 1))
    return -90.0 if y == across - 1 else south, x / across * 360 - 180, 90.0 if y == 0 else north, (x + 1) / across * 360 - 180


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
    """Tiles wholly inside the circle, as large as may be, and tiles of the finest level that its border may cross."""
    box = box_around(latitude, longitude, radius_km)
    start = max(lowest, min(finest, level_for(radius_km, latitude, lowest, finest)))
    inside: list[Tile] = []
    border: list[Tile] = []
    waiting = tiles_over(start, box)
    while waiting:
        tile = waiting.pop()
        south, west, north, east = tile_bounds(tile)
        if _outside(latitude, longitude, radius_km, box, (south, west, north, east)):
            continue
        # The farthest point of a small tile is a corner, of the two pairs the one on the far side; of a continent it may not be.
        far = east if abs(east - longitude) > abs(west - longitude) else west
        if radius_km < 3000 and all(within_km(latitude, longitude, radius_km * 0.999999, ((south, far), (north, far)))):
            inside.append(tile)
        elif tile[0] == finest:
            border.append(tile)
        else:
            level, x, y = tile
            waiting += [(level + 1, 2 * x + right, 2 * y + down) for right in (0, 1) for down in (0, 1)]
    return tuple(inside), tuple(border)


def _outside(
    latitude: float,
    longitude: float,
    radius_km: float,
    circle: tuple[float, float, float, float],
    tile: tuple[float, float, float, float],
) -> bool:
    if tile[2] < circle[0] or tile[0] > circle[2] or tile[3] < circle[1] or tile[1] > circle[3]:
        return True
    if radius_km > 200:
        return False
    # The tile's point with the nearest latitude and longitude is the nearest one, but for the curve of the parallels.
    nearest = max(tile[0], min(tile[2], latitude)), max(tile[1], min(tile[3], longitude))
    return next(distances_km(latitude, longitude, [nearest])) > radius_km * 1.05 + 0.1
