"""Listings on a map: never more than MOST markers, each exact in number and place."""

from typing import Any

from tantivy import Query

from search.contract import Box
from search.engines.embedded.conditions import all_of, any_of, in_box
from search.engines.embedded.storage import Snapshot
from search.engines.shared.clusters import HIGHEST, LEVELS_FINER, LOWEST, MOST


def clusters(snapshot: Snapshot, match: Query, box: Box, zoom: int) -> list[tuple[int, float, float, int]]:
    """Page id (where it is one listing, else 0), middle and number of each cluster, in a fixed order."""
    query = all_of([match, *in_box(box)])
    level = max(LOWEST, min(HIGHEST, zoom + LEVELS_FINER))
    while True:
        found = _grouped(snapshot, query, f"cluster{level}")
        if len(found) <= MOST:
            return found
        if level == LOWEST:
            return found[:MOST]
        level -= 1


def _grouped(snapshot: Snapshot, query: Query, field: str) -> list[tuple[int, float, float, int]]:
    inside: dict[str, Any] = {
        "latitude": {"avg": {"field": "latitude"}},
        "longitude": {"avg": {"field": "longitude"}},
        "page_id": {"min": {"field": "page_id"}},
    }
    wanted = {"tiles": {"terms": {"field": field, "size": MOST + 1, "segment_size": 20_000}, "aggs": inside}}
    buckets = snapshot.searcher.aggregate(query, wanted)["tiles"]["buckets"]
    rows = []
    for bucket in buckets:
        count = bucket["doc_count"]
        page_id = int(bucket["page_id"]["value"])
        rows.append((page_id, bucket["latitude"]["value"], bucket["longitude"]["value"], count))
    rows.sort(key=lambda row: (-row[3], row[0]))
    return [(page_id if count == 1 else 0, latitude, longitude, count) for page_id, latitude, longitude, count in rows]


def by_page_ids(page_ids: list[int]) -> Query:
    return any_of("page_id", page_ids)
