"""The base map as GeoJSON: land, borders, rivers and names, made from the district's own table and the files around it.

Two layers: `basis` for every view, `gemeinden` with the finer borders for views from near. Every feature says in its property
`layer` what it is: outline, association, municipality, neighbour, river or label; a label has `kind`, `name` and `weight`
(people, 0 unknown), a river its `name` and usual `width` in metres.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache

from places import outlines
from places.models import Boundary, Place, PlaceKind, PlacesVersion

# Goes up when the same data is to be drawn from differently built layers.
FORMAT = 1
FILES = ("neighbours", "rivers", "labels")
# Four decimals are eleven metres: two pixels in the nearest view.
DIGITS = 4
# Within about 500 m of the district's border, a neighbour's border is the same border from another source.
SAME_BORDER_DEGREES = 0.006
# Bends under a hundred metres show in no view.
SMALL_BEND_DEGREES = 0.001
# The files of the surroundings are cut this exactly.
FRAME_DEGREES = 0.002
VERSION_KEY, VERSION_SECONDS = "places.layers.version", 60

Feature = dict[str, Any]


def version() -> str:
    """A short text that changes when a place, a border or a file changes; at most a minute old. No query when warm."""
    return cache.get_or_set(VERSION_KEY, _version, VERSION_SECONDS) or _version()


def _version() -> str:
    files = [path.stat() if path.exists() else None for path in map(_path, FILES)]
    parts = [FORMAT, PlacesVersion.current(), *[(stat.st_size, stat.st_mtime_ns) if stat else None for stat in files]]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def layer(name: str, at_version: str) -> bytes:
    """A layer as GeoJSON text in UTF-8, built once a version and process. KeyError for an unknown name."""
    return _built(name, at_version)


@lru_cache(maxsize=8)
def _built(name: str, at_version: str) -> bytes:
    features, attribution = LAYERS[name]()
    collection = {"type": "FeatureCollection", "attribution": attribution, "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def basis() -> tuple[list[Feature], list[str]]:
    """What every view shows, and whom it thanks."""
    areas = Areas()
    neighbours, rivers, labels = (_file(name) for name in FILES)
    border = outlines.segments(areas.district)
    around = outlines.without_frame(outlines.segments(each["geometry"] for each in neighbours["features"]), FRAME_DEGREES)
    features = [_feature("outline", outlines.compact_area(geometry, DIGITS)) for geometry in areas.district]
    features += _lines("neighbour", outlines.apart(around, border, SAME_BORDER_DEGREES))
    features += _lines("association", outlines.segments(areas.associations) - border)
    features += [_river(each) for each in rivers["features"]]
    features += [*_place_labels(), *_area_labels(neighbours["features"]), *map(_file_label, labels["features"])]
    thanks = "; ".join(each["attribution"] for each in (neighbours, rivers, labels) if each["attribution"]).split("; ")
    return features, [each for each in dict.fromkeys(thanks) if each]


def municipalities() -> tuple[list[Feature], list[str]]:
    """The borders between municipalities, without those that the basis draws."""
    areas = Areas()
    edges = outlines.segments(areas.municipalities) - outlines.segments(areas.district) - outlines.segments(areas.associations)
    return _lines("municipality", edges), []


LAYERS: dict[str, Callable[[], tuple[list[Feature], list[str]]]] = {"basis": basis, "gemeinden": municipalities}


class Areas:
    """The outlines by level. A town that belongs to no Verbandsgemeinde is one of that level itself. One query."""

    def __init__(self) -> None:
        rows = list(Boundary.objects.values_list("place__kind", "place__parent__kind", "geometry"))
        municipal = (PlaceKind.TOWN, PlaceKind.VILLAGE)
        self.district = [geometry for kind, _, geometry in rows if kind == PlaceKind.DISTRICT]
        self.municipalities = [geometry for kind, _, geometry in rows if kind in municipal]
        self.associations = [
            geometry
            for kind, above, geometry in rows
            if kind == PlaceKind.ASSOCIATION or (kind in municipal and above != PlaceKind.ASSOCIATION)
        ]


def _place_labels() -> Iterable[Feature]:
    """Names of the municipalities at their middle, and of the Verbandsgemeinden where their area has room. Two queries."""
    for place in Place.objects.municipalities().exclude(latitude=None).exclude(longitude=None):
        yield _label(place.kind, place.name, (place.longitude, place.latitude), place.population)
    for boundary in Boundary.objects.filter(place__kind=PlaceKind.ASSOCIATION).select_related("place"):
        yield _label(PlaceKind.ASSOCIATION, str(boundary.place), outlines.middle(boundary.geometry), boundary.place.population)


def _area_labels(neighbours: list[Feature]) -> Iterable[Feature]:
    for each in neighbours:
        yield _label("kreis", _name(each), outlines.middle(each["geometry"]), 0)


def _file_label(feature: Feature) -> Feature:
    properties = feature["properties"]
    return _label(properties["kind"], properties["name"], feature["geometry"]["coordinates"], properties.get("population"))


def _label(kind: str, name: str, position: Any, weight: int | None) -> Feature:
    coordinates = [round(value, DIGITS) for value in position]
    return _feature("label", {"type": "Point", "coordinates": coordinates}, kind=kind, name=name, weight=weight or 0)


def _lines(name: str, edges: set[outlines.Segment]) -> list[Feature]:
    lines = [outlines.compact(line, DIGITS) for line in outlines.join(edges)]
    return [_feature(name, {"type": "MultiLineString", "coordinates": [line for line in lines if len(line) > 1]})] if lines else []


def _river(feature: Feature) -> Feature:
    line = outlines.compact(outlines.smooth(feature["geometry"]["coordinates"], SMALL_BEND_DEGREES), DIGITS)
    width = feature["properties"].get("width", 50)
    return _feature("river", {"type": "LineString", "coordinates": line}, name=_name(feature), width=width)


def _feature(layer_name: str, geometry: dict[str, Any], **properties: Any) -> Feature:
    return {"type": "Feature", "properties": {"layer": layer_name, **properties}, "geometry": geometry}


def _name(feature: Feature) -> str:
    return str(feature["properties"]["name"])


def _path(name: str) -> Path:
    return Path(settings.PLACES_FOLDER) / "map" / f"{name}.geojson"


def _file(name: str) -> dict[str, Any]:
    """A file of the district's surroundings; empty where a district has none."""
    path = _path(name)
    if not path.exists():
        return {"features": [], "attribution": ""}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {"features": content["features"], "attribution": content.get("attribution", "")}
