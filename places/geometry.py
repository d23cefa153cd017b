"""Distances on the sphere, pure."""

from collections.abc import Iterable
from math import asin, ceil, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG

Coordinates = tuple[float, float]
"""Latitude and longitude in decimal degrees, WGS 84."""


def kilometres(first: Coordinates, second: Coordinates) -> float:
    """Great-circle distance (haversine)."""
    latitude, other = radians(first[0]), radians(second[0])
    half_chord = sin((other - latitude) / 2) ** 2 + cos(latitude) * cos(other) * sin(radians(second[1] - first[1]) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half_chord)))


def middle(points: Iterable[Coordinates]) -> Coordinates:
    """The middle of the rectangle around the points; at least one point is needed."""
    latitudes, longitudes = zip(*points, strict=True)
    return (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2


def reach_km(centre: Coordinates, points: Iterable[Coordinates]) -> float:
    """How far the outermost point lies from the centre, rounded up to 100 m, so that every point is inside."""
    farthest = max((kilometres(centre, point) for point in points), default=0.0)
    return ceil(farthest * 10) / 10
