"""The meanings of an index's documents beside it on disk: which offers are most like a question.

    FOLDER/vectors/00000001.rows.npy      page id, point and reach of each document
    FOLDER/vectors/00000001.vectors.npy   a row of signed bytes each, see search.semantics.quantized

Each write adds a part; of several rows of one document the last counts, one of zeros is like nothing. A document that is no longer in the
index may still have a row: whoever asks looks in the index as well. Written by the one process that writes the index; parts never change.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.contract import Circle, OfferDocument
from search.geometry import EARTH_RADIUS_KM
from search.semantics.quantized import Matrix, unpack_rows

ROW = np.dtype([("page_id", "<i8"), ("latitude", "<f4"), ("longitude", "<f4"), ("everywhere", "?")])
# Rows of a part while an index is made anew; that many documents at once are in memory.
PART_ROWS = 4096
MOST_PARTS = 64
SUFFIXES = (".rows.npy", ".vectors.npy")

Rows = NDArray[np.void]


@dataclass(frozen=True)
class Alike:
    """Offers whose meaning is like a question's, most alike first. `closeness`: cosine between the question and the one closest to it."""

    page_ids: tuple[int, ...] = ()
    likeness: tuple[float, ...] = ()
    closeness: float = 0.0


@dataclass(frozen=True)
class Part:
    rows: Rows
    vectors: NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Vectors:
    """All vectors of an index at one moment. Exact: every vector is looked at."""

    rows: Rows
    matrix: Matrix

    @cached_property
    def _places(self) -> tuple[Matrix, Matrix]:
        latitude = np.radians(self.rows["latitude"])
        return latitude, np.radians(self.rows["longitude"])

    @cached_property
    def _row_of(self) -> dict[int, int]:
        return {int(page_id): row for row, page_id in enumerate(self.rows["page_id"])}

    def nearest(self, direction: Matrix, question: Matrix, circle: Circle | None, most: int) -> Alike:
        """So many documents within the circle (those that reach everywhere are within all) in the direction of a question."""
        if not len(self.rows) or self.matrix.shape[1] != len(direction):
            return Alike()
        inside = np.arange(len(self.rows)) if circle is None or circle.radius_km is None else np.flatnonzero(self._within(circle))
        if not len(inside):
            return Alike()
        whole = len(inside) == len(self.rows)
        matrix = self.matrix if whole else self.matrix[inside]
        products = matrix @ np.column_stack([direction, question])
        along, close = products[:, 0], products[:, 1]
        number = min(most, len(inside))
        best = np.argpartition(-along, number - 1)[:number]
        best = best[np.lexsort((self.rows["page_id"][inside[best]], -along[best]))]
        page_ids = self.rows["page_id"][inside[best]]
        return Alike(tuple(map(int, page_ids)), tuple(map(float, along[best])), float(close.max()))

    def along(self, direction: Matrix, page_ids: Iterable[int]) -> list[float | None]:
        """The likeness of each of these documents; None for one without a vector."""
        rows = [self._row_of.get(page_id) for page_id in page_ids]
        if not rows or not len(self.rows) or self.matrix.shape[1] != len(direction):
            return [None] * len(rows)
        known = [row for row in rows if row is not None]
        products = iter((self.matrix[known] @ direction).tolist())
        return [None if row is None else next(products) for row in rows]

    def _within(self, circle: Circle) -> NDArray[np.bool_]:
        latitude, longitude = self._places
        here, across = np.radians(circle.latitude), np.radians(circle.longitude)
        half = np.sin((latitude - here) / 2) ** 2 + np.cos(latitude) * np.cos(here) * np.sin((longitude - across) / 2) ** 2
        distances = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
        inside: NDArray[np.bool_] = (distances <= circle.radius_km) | self.rows["everywhere"]
        return inside


NONE = Vectors(np.empty(0, dtype=ROW), np.empty((0, 0), dtype=np.float32))


@dataclass
class VectorReader:
    """Follows the parts of one folder; reads only those that are new."""

    folder: Path
    parts: dict[str, Part] = field(default_factory=dict)
    vectors: Vectors = NONE

    def read(self) -> Vectors:
        names = _names(self.folder)
        if names != list(self.parts):
            self.parts = {name: self.parts.get(name) or _load(self.folder, name) for name in names}
            last = _last_rows(list(self.parts.values())) if self.parts else None
            self.vectors = Vectors(last.rows, unpack_rows(last.vectors)) if last else NONE
        return self.vectors


class VectorWriter:
    """Adds documents to the parts of a folder. `close` writes what is left; nothing is read before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waiting: list[OfferDocument] = []

    def add(self, document: OfferDocument, *, replaces: bool) -> None:
        """`replaces`: the document may have had a vector before, so that having none now must be noted."""
        if document.vector or replaces:
            self.waiting.append(document)
        if len(self.waiting) >= PART_ROWS:
            self._write()

    def close(self) -> None:
        self._write()
        if len(names := _names(self.folder)) > MOST_PARTS:
            _merge(self.folder, names)

    def _write(self) -> None:
        length = max((len(document.vector) for document in self.waiting), default=0)
        # An index without any meaning needs no files.
        if not length and not _names(self.folder):
            self.waiting = []
            return
        if self.waiting:
            length = length or _load(self.folder, _names(self.folder)[-1]).vectors.shape[1]
            rows = np.array([_row(document) for document in self.waiting], dtype=ROW)
            packed = b"".join(document.vector if len(document.vector) == length else bytes(length) for document in self.waiting)
            _save(self.folder, rows, np.frombuffer(packed, dtype=np.int8).reshape(len(rows), length))
        self.waiting = []


def _row(document: OfferDocument) -> tuple[int, float, float, bool]:
    card = document.card
    nowhere = card.latitude is None or card.longitude is None
    return (
        card.page_id,
        float("nan") if nowhere else card.latitude or 0.0,
        float("nan") if nowhere else card.longitude or 0.0,
        document.reaches_everywhere,
    )


def _names(folder: Path) -> list[str]:
    """Complete parts, oldest first: the rows are written last."""
    return sorted(path.name.removesuffix(SUFFIXES[0]) for path in (folder / "vectors").glob(f"*{SUFFIXES[0]}"))


def _load(folder: Path, name: str) -> Part:
    rows, vectors = (np.load(folder / "vectors" / f"{name}{suffix}", mmap_mode="r") for suffix in SUFFIXES)
    return Part(np.asarray(rows), np.asarray(vectors))


def _save(folder: Path, rows: Rows, vectors: NDArray[np.int8]) -> None:
    inside = folder / "vectors"
    inside.mkdir(exist_ok=True)
    name = f"{int(names[-1]) + 1 if (names := _names(folder)) else 1:08d}"
    for suffix, values in ((SUFFIXES[1], vectors), (SUFFIXES[0], rows)):
        draft = inside / f"{name}{suffix}.draft"
        with draft.open("wb") as file:
            np.save(file, values)
        draft.replace(inside / f"{name}{suffix}")


def _last_rows(parts: list[Part]) -> Part:
    """The last row of each document; parts of another length are of another encoder and are left out."""
    length = parts[-1].vectors.shape[1]
    parts = [part for part in parts if part.vectors.shape[1] == length]
    rows = np.concatenate([part.rows for part in parts])
    vectors = np.concatenate([part.vectors for part in parts])
    # The first of a document in reverse order is its last.
    _ids, from_end = np.unique(rows["page_id"][::-1], return_index=True)
    kept = np.sort(len(rows) - 1 - from_end)
    return Part(rows[kept], vectors[kept])


def _merge(folder: Path, names: list[str]) -> None:
    """All parts as one. Readers that have just listed the old ones look again."""
    last = _last_rows([_load(folder, name) for name in names])
    _save(folder, last.rows, last.vectors)
    for name in names:
        for suffix in SUFFIXES:
            (folder / "vectors" / f"{name}{suffix}").unlink()
