"""Listings on a map: never more than MOST markers, each exact in number and place. Pure."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from search.contract import Box
from search.engines.elasticsearch.conditions import LOCATED, Query, all_of, in_box
from search.engines.shared.clusters import HIGHEST, LEVELS_FINER, LOWEST, MOST

# So many levels are asked for at once: where the finest gives too many, the next is there already.
AT_ONCE = 3


class Group(NamedTuple):
    """`page_id` where it is one listing, else 0."""

    page_id: int
    latitude: float
    longitude: float
    number: int


def levels(zoom: int) -> list[tuple[int, ...]]:
    """Levels of tiles, finest first, in the portions in which they are asked for."""
    finest = max(LOWEST, min(HIGHEST, zoom + LEVELS_FINER))
    every = range(finest, LOWEST - 1, -1)
    return [tuple(every[start : start + AT_ONCE]) for start in range(0, len(every), AT_ONCE)]


def body(match: Query, box: Box, at: tuple[int, ...]) -> dict[str, Any]:
    inside = {
        "latitude": {"avg": {"field": "latitude"}},
        "longitude": {"avg": {"field": "longitude"}},
        "page_id": {"min": {"field": "page_id"}},
    }
    grids = {
        str(level): {"geotile_grid": {"field": "point", "precision": level, "size": MOST + 1, "shard_size": 20_000}, "aggs": inside}
        for level in at
    }
    return {"size": 0, "track_total_hits": False, "query": all_of([match, LOCATED, *in_box(box)]), "aggs": grids}


def read(found: Mapping[str, Any], at: tuple[int, ...]) -> list[Group] | None:
    """The groups of the finest level that has few enough, in a fixed order; None where none has, and coarser ones are to be asked for."""
    for level in at:
        buckets = found.get(str(level), {}).get("buckets", [])
        if len(buckets) <= MOST or level == LOWEST:
            rows = [_group(bucket) for bucket in buckets]
            rows.sort(key=lambda row: (-row.number, row.page_id))
            return [row if row.number == 1 else row._replace(page_id=0) for row in rows[:MOST]]
    return None


def _group(bucket: Mapping[str, Any]) -> Group:
    return Group(int(bucket["page_id"]["value"]), bucket["latitude"]["value"], bucket["longitude"]["value"], bucket["doc_count"])
