"""The search's results as the map asks for them: a window in, GeoJSON out."""

import math
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from offers.choices import OfferKind
from offers.wording import next_date
from search.contract import Box, Cluster

# Markers nearer than so many points of the screen would cover each other. From FINEST on they are shown as they lie, however near.
MARKER, FINEST = 48.0, 17
EVERYWHERE = Box(south=-85, west=-180, north=85, east=180)


def read_window(query: Mapping[str, str]) -> tuple[Box, int]:
    """`bbox` (west,south,east,north in degrees) and `zoom` (0 to 18); what is broken becomes the whole world."""
    try:
        west, south, east, north = (float(part) for part in query.get("bbox", "")[:120].split(","))
        fits = all(map(math.isfinite, (west, south, east, north))) and south < north and west < east
        box = Box(max(south, -85), max(west, -180), min(north, 85), min(east, 180)) if fits else EVERYWHERE
    except ValueError:
        box = EVERYWHERE
    zoom = query.get("zoom", "")
    return box, min(int(zoom), 18) if zoom.isascii() and zoom.isdigit() and len(zoom) < 3 else 9


def feature_collection(clusters: Iterable[Cluster], now: datetime) -> dict[str, Any]:
    """GeoJSON: a feature a cluster (`count`), or an offer with what its card on the map says."""
    return {"type": "FeatureCollection", "features": [_feature(cluster, now) for cluster in clusters]}


def apart(clusters: Iterable[Cluster], zoom: int) -> list[Cluster]:
    """The same listings in markers that a finger can tell apart: those nearer to each other than MARKER on the screen become one."""
    if zoom >= FINEST:
        return list(clusters)
    placed: list[tuple[float, float, Cluster]] = []
    for cluster in sorted(clusters, key=lambda each: -each.count):
        x, y = _on_screen(cluster, zoom)
        near = next((place for place, (left, top, _other) in enumerate(placed) if math.hypot(x - left, y - top) < MARKER), None)
        if near is None:
            placed.append((x, y, cluster))
        else:
            left, top, larger = placed[near]
            placed[near] = (left, top, Cluster(larger.latitude, larger.longitude, larger.count + cluster.count))
    return [cluster for _x, _y, cluster in placed]


def _on_screen(cluster: Cluster, zoom: int) -> tuple[float, float]:
    """Points of a map in Web Mercator, counted from its corner."""
    size = 256 * 2**zoom
    sine = math.sin(math.radians(max(-85.0, min(85.0, cluster.latitude))))
    return (cluster.longitude + 180) / 360 * size, (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * size


def _feature(cluster: Cluster, now: datetime) -> dict[str, Any]:
    properties: dict[str, Any] = {"count": cluster.count}
    if card := cluster.card:
        upcoming = card.next_occurrence(now)
        properties = {
            "count": 1,
            "key": card.key,
            "title": card.title,
            "url": card.url,
            "kind": "sensitive" if card.sensitive else card.kind,
            "kind_label": str(OfferKind(card.kind).label),
            "town": card.town,
            "next": next_date(upcoming.start, now) if upcoming else "",
        }
    point = {"type": "Point", "coordinates": [round(cluster.longitude, 5), round(cluster.latitude, 5)]}
    return {"type": "Feature", "geometry": point, "properties": properties}
