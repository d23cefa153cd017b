"""The search's results as the map asks for them: a window in, GeoJSON out."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from offers.choices import OfferKind
from offers.wording import next_date
from search.contract import Box, Cluster

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


def feature_collection(clusters: tuple[Cluster, ...], now: datetime) -> dict[str, Any]:
    """GeoJSON: a feature a cluster (`count`), or an offer with what its card on the map says."""
    return {"type": "FeatureCollection", "features": [_feature(cluster, now) for cluster in clusters]}


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
