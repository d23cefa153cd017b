"""Lines out of areas: the borders that a map draws once, although two neighbours share each of them. Pure geometry.

Positions are (longitude, latitude) in decimal degrees, geometries are GeoJSON's Polygon and MultiPolygon.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import cos, hypot, radians
from typing import Any

Position = tuple[float, float]
Segment = tuple[Position, Position]
Line = list[Position]

# Shared edges have equal vertices to five decimals, about a metre.
MATCHING_DIGITS = 5


def rings(geometry: dict[str, Any]) -> Iterator[Line]:
    """Every closed line of an area, holes as well."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        for ring in polygon:
            yield [(round(x, MATCHING_DIGITS), round(y, MATCHING_DIGITS)) for x, y in ring]


def segments(geometries: Iterable[dict[str, Any]]) -> set[Segment]:
    """The edges of areas, each once, in either direction the same."""
    return {
        (min(start, end), max(start, end))
        for geometry in geometries
        for ring in rings(geometry)
        for start, end in pairwise(ring)
        if start != end
    }


def join(edges: set[Segment]) -> list[Line]:
    """Edges put together to lines that run from junction to junction; closed lines where there is none."""
    neighbours: dict[Position, set[Position]] = defaultdict(set)
    for start, end in edges:
        neighbours[start].add(end)
        neighbours[end].add(start)
    ends = sorted(point for point, others in neighbours.items() if len(others) != 2)
    lines = []
    # What is left after all lines between junctions are closed rings: any of their points begins one.
    for point in [*ends, *sorted(neighbours)]:
        while neighbours[point]:
            lines.append(_walk(point, neighbours, set(ends)))
    return lines


def _walk(start: Position, neighbours: dict[Position, set[Position]], stops: set[Position]) -> Line:
    """Follow unused edges from `start` until a junction, or back to the start; uses them up."""
    line = [start]
    while neighbours[line[-1]]:
        here = line[-1]
        there = min(neighbours[here])
        neighbours[here].discard(there)
        neighbours[there].discard(here)
        line.append(there)
        if there in stops or there == start:
            break
    return line


def apart(edges: set[Segment], others: set[Segment], degrees: float) -> set[Segment]:
    """The edges of which neither end lies within `degrees` (of latitude) of an end of the others.

    Two sources draw the same border a little differently; one of them is enough on a map.
    """
    near: dict[tuple[int, int], list[Position]] = defaultdict(list)
    for segment in others:
        for x, y in segment:
            near[int(x / degrees), int(y / degrees)].append((x, y))

    def is_near(point: Position) -> bool:
        column, row = int(point[0] / degrees), int(point[1] / degrees)
        cells = (near.get((column + i, row + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return any(hypot(point[0] - x, point[1] - y) < degrees for cell in cells for x, y in cell)

    return {(start, end) for start, end in edges if not (is_near(start) or is_near(end))}


def without_frame(edges: set[Segment], degrees: float) -> set[Segment]:
    """The edges without those within `degrees` along the rectangle around all: where a data set was cut, no border runs."""
    points = [point for edge in edges for point in edge]
    if not points:
        return edges
    sides = [(axis, choose(point[axis] for point in points)) for axis in (0, 1) for choose in (min, max)]

    def is_frame(edge: Segment) -> bool:
        return any(all(abs(point[axis] - value) < degrees for point in edge) for axis, value in sides)

    return {edge for edge in edges if not is_frame(edge)}


def smooth(line: Line, shortest: float) -> Line:
    """The line with its corners cut twice (Chaikin), ends kept; points nearer than `shortest` degrees to the one before fall out.

    For courses drawn with few points: water has no corners.
    """
    for _ in range(2):
        cut = [
            (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)
            for start, end in pairwise(line)
            for part in (0.25, 0.75)
        ]
        line = [line[0], *cut, line[-1]]
    result = line[:1]
    for point in line[1:-1]:
        if hypot(point[0] - result[-1][0], point[1] - result[-1][1]) >= shortest:
            result.append(point)
    return [*result, line[-1]]


def compact(line: Iterable[Position], digits: int) -> Line:
    """The line with rounded positions (four decimals: eleven metres), repeated ones left out."""
    result: Line = []
    for x, y in line:
        point = (round(x, digits), round(y, digits))
        if not result or result[-1] != point:
            result.append(point)
    return result


def compact_area(geometry: dict[str, Any], digits: int) -> dict[str, Any]:
    """An area with rounded positions, always as MultiPolygon."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return {"type": "MultiPolygon", "coordinates": [[compact(ring, digits) for ring in polygon] for polygon in polygons]}


def middle(geometry: dict[str, Any]) -> Position:
    """A point inside the area's largest part that is far from its border: where a name has room.

    The best of a grid of 16 by 16 points, by the distance to the border's vertices; wide rooms count more than high ones, as
    names lie flat.
    """
    ring = max(rings(geometry), key=_box_size)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    west, south, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    narrow = cos(radians(south)) * 0.6
    border = ring[:: max(1, len(ring) // 200)]
    grid = ((west + width * (i + 0.5) / 16, south + height * (j + 0.5) / 16) for i in range(16) for j in range(16))
    inside = [point for point in grid if _contains(ring, point)] or [(west + width / 2, south + height / 2)]
    return max(inside, key=lambda point: min(hypot((point[0] - x) * narrow, point[1] - y) for x, y in border))


def _box_size(ring: Line) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _contains(ring: Line, point: Position) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    px, py = point
    odd = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > py) != (y2 > py) and px < (x2 - x1) * (py - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd
