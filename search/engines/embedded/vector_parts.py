"""The meanings of an index's documents on disk, in parts that never change.

    FOLDER/vectors/00000001.rows.npy      page id, point and reach of each document
    FOLDER/vectors/00000001.vectors.npy   a row of signed bytes each, see search.semantics.quantized
    FOLDER/vectors/00000001.graph         in a large part: which rows are near which (HNSW, usearch's format)

Of several rows of one document that of the newest part counts; one of zeros is like nothing. Files are mapped, not read: processes share
them, and one takes no more memory than it looks at.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from subprocess import Popen
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from usearch.index import Index, MetricKind, search

from search.contract import Circle
from search.engines.embedded import graphing
from search.geometry import EARTH_RADIUS_KM

ROW = np.dtype([("page_id", "<i8"), ("latitude", "<f4"), ("longitude", "<f4"), ("everywhere", "?")])
SUFFIXES = (".rows.npy", ".vectors.npy", ".graph")
# How many are looked at to find the nearest: at least so many, and so many times the number asked for. Measured with 200,000 listings.
LEAST_LOOKED_AT, TIMES_LOOKED_AT = 128, 2
KM_A_DEGREE = 2 * np.pi * EARTH_RADIUS_KM / 360

Rows = NDArray[np.void]
Bytes = NDArray[np.int8]
Numbers = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Part:
    """Rows stand in the order of `ordered`, no document twice."""

    rows: Rows
    vectors: Bytes
    graph: Index | None = None
    # Searches of one graph share what they note down.
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def _everywhere(self) -> int:
        return int(np.count_nonzero(self.rows["everywhere"]))

    @cached_property
    def _places(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Latitudes in order, what has none last, and longitudes, of the rows after those that reach everywhere."""
        located = self.rows[self._everywhere :]
        return located["latitude"].astype(np.float64), located["longitude"].astype(np.float64)

    @cached_property
    def _by_page_id(self) -> tuple[NDArray[np.int64], Numbers]:
        order = np.argsort(self.rows["page_id"], kind="stable")
        return self.rows["page_id"][order], order

    def rows_of(self, page_ids: NDArray[np.int64]) -> Numbers:
        """The row of each document, -1 for one that is not in this part."""
        known, order = self._by_page_id
        if not len(known):
            return np.full(len(page_ids), -1, dtype=np.intp)
        at = np.minimum(np.searchsorted(known, page_ids), len(known) - 1)
        return np.where(known[at] == page_ids, order[at], -1)

    def within(self, circle: Circle) -> Numbers:
        """Rows of the documents in the circle, and of those that reach everywhere."""
        latitudes, longitudes = self._places
        radius = circle.radius_km or 0.0
        # Only a strip of the map is measured. A little more than it takes: points are rounded.
        high = radius / KM_A_DEGREE + 0.001
        first, end = np.searchsorted(latitudes, (circle.latitude - high, circle.latitude + high))
        latitude, longitude = np.radians(latitudes[first:end]), np.radians(longitudes[first:end])
        here, across = np.radians(circle.latitude), np.radians(circle.longitude)
        half = np.sin((latitude - here) / 2) ** 2 + np.cos(latitude) * np.cos(here) * np.sin((longitude - across) / 2) ** 2
        near = np.flatnonzero(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))) <= radius)
        return np.concatenate([np.arange(self._everywhere), near + (self._everywhere + first)])

    def nearest(self, wanted: Bytes, most: int, among: Numbers | None = None) -> Numbers:
        """So many rows in the direction of `wanted`; among these rows all are looked at, among all as many as the graph leads to."""
        if among is None and self.graph is not None:
            with self._lock:
                self.graph.expansion_search = max(LEAST_LOOKED_AT, TIMES_LOOKED_AT * most)
                return np.asarray(self.graph.search(wanted, most, threads=1).keys, dtype=np.intp)
        vectors = self.vectors if among is None else self.vectors[among]
        if not len(vectors):
            return np.empty(0, dtype=np.intp)
        found = search(vectors, wanted, min(most, len(vectors)), MetricKind.Cos, exact=True, threads=1)
        keys = np.asarray(found.keys, dtype=np.intp)
        return keys if among is None else among[keys]


def ordered(rows: Rows, vectors: Bytes) -> Part:
    """What reaches everywhere first, the others by latitude: so the documents of a place lie together."""
    order = np.lexsort((rows["latitude"], ~rows["everywhere"]))
    return Part(rows[order], vectors[order])


def names(folder: Path) -> list[str]:
    """Complete parts, oldest first: the rows are written last."""
    return sorted(path.name.removesuffix(SUFFIXES[0]) for path in (folder / "vectors").glob(f"*{SUFFIXES[0]}"))


def load(folder: Path, name: str) -> Part:
    inside = folder / "vectors"
    rows, vectors = (np.load(inside / f"{name}{suffix}", mmap_mode="r") for suffix in SUFFIXES[:2])
    graph = inside / f"{name}{SUFFIXES[2]}"
    return Part(np.asarray(rows), np.asarray(vectors), graphing.opened(graph) if graph.exists() else None)


@dataclass
class Saving:
    """A part that is being written. `finish` must be called, or `give_up`."""

    folder: Path
    name: str
    rows: Rows
    graph: "Popen[str] | None"

    def finish(self) -> None:
        """The rows last: only with them the part is complete. Raises OSError."""
        if self.graph is not None:
            graphing.end(self.graph)
        _put(self.folder / "vectors" / f"{self.name}{SUFFIXES[0]}", self.rows)

    def give_up(self) -> None:
        if self.graph is not None:
            self.graph.kill()
            self.graph.communicate()


def save(folder: Path, part: Part, graphed_from: int) -> Saving:
    """Begin to write a part. `graphed_from`: one of more rows gets a graph."""
    inside = folder / "vectors"
    inside.mkdir(exist_ok=True)
    begun = [int(path.name.split(".")[0]) for path in inside.glob(f"*{SUFFIXES[1]}")]
    name = f"{max(begun, default=0) + 1:08d}"
    vectors = inside / f"{name}{SUFFIXES[1]}"
    _put(vectors, part.vectors)
    graph = graphing.begin(vectors, inside / f"{name}{SUFFIXES[2]}") if len(part) > graphed_from else None
    return Saving(folder, name, part.rows, graph)


def _put(file: Path, values: NDArray[Any]) -> None:
    draft = file.with_name(f"{file.name}.draft")
    with draft.open("wb") as target:
        np.save(target, values)
    draft.replace(file)


def remove(folder: Path, name: str) -> None:
    """The rows first, since a part without them is none."""
    for suffix in SUFFIXES:
        (folder / "vectors" / f"{name}{suffix}").unlink(missing_ok=True)


def newest(parts: Sequence[Part]) -> Part:
    """The newest row of each document; parts of another length are of another encoder and are left out."""
    length = parts[-1].vectors.shape[1]
    parts = [part for part in parts if part.vectors.shape[1] == length]
    rows = np.concatenate([part.rows for part in parts])
    vectors = np.concatenate([part.vectors for part in parts])
    # The first of a document in reverse order is its last.
    _ids, from_end = np.unique(rows["page_id"][::-1], return_index=True)
    kept = np.sort(len(rows) - 1 - from_end)
    return ordered(rows[kept], vectors[kept])
