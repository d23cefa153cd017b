"""Which offers are most like a question: `vector_parts` on disk, seen as one.

Up to MOST_EXACT documents, every vector is looked at. Above, graphs lead to the nearest ones in large parts; small parts, and what lies in
a circle as long as that is not too much, are still looked at one by one. A document that is no longer in the index may still have a row:
whoever asks looks in the index as well. Written by the one process that writes the index.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.contract import Circle, OfferDocument
from search.engines.embedded.vector_parts import ROW, Part, Saving, load, names, newest, remove, save
from search.semantics.quantized import Matrix, pack, unpack_rows

MOST_EXACT = 20_000
# In a circle, looking at each is faster than asking the graphs for many more than are wanted: 3 ms instead of 30 for a tenth of 200,000.
MOST_EXACT_INSIDE = 80_000
# Rows of a part while an index is made anew: so much is in memory at once, whatever the number of documents.
PART_ROWS = 50_000
MOST_PARTS = 64
# So many times as many are asked for where some of those found may not count.
MORE = 2


@dataclass(frozen=True)
class Alike:
    """Offers whose meaning is like a question's, most alike first."""

    page_ids: tuple[int, ...] = ()
    likeness: tuple[float, ...] = ()


class Vectors(Protocol):
    """All vectors of an index at one moment. Safe for many threads."""

    def nearest(self, direction: Matrix, circle: Circle | None, most: int) -> Alike:
        """So many documents within the circle (those that reach everywhere are within all) in the direction of a question."""

    def along(self, direction: Matrix, page_ids: Iterable[int]) -> list[float | None]:
        """The likeness of each of these documents; None for one without a vector."""


@dataclass(frozen=True, eq=False)
class Exact:
    """Few enough to look at each."""

    part: Part

    @cached_property
    def _matrix(self) -> Matrix:
        return unpack_rows(self.part.vectors)

    def nearest(self, direction: Matrix, circle: Circle | None, most: int) -> Alike:
        part = self.part
        if not len(part) or part.vectors.shape[1] != len(direction):
            return Alike()
        if circle is None or circle.radius_km is None:
            return _best(part.rows["page_id"], self._matrix, direction, most)
        inside = part.within(circle)
        return _best(part.rows["page_id"][inside], self._matrix[inside], direction, most)

    def along(self, direction: Matrix, page_ids: Iterable[int]) -> list[float | None]:
        return _along([self.part], direction, page_ids)


@dataclass(frozen=True, eq=False)
class Approximate:
    """Parts of one encoder, oldest first."""

    parts: Sequence[Part]

    @cached_property
    def _current(self) -> list[NDArray[np.bool_]]:
        """For each part, whether its rows count: no newer part has the document."""
        found = []
        for number, part in enumerate(self.parts):
            newer = [other.rows["page_id"] for other in self.parts[number + 1 :]]
            found.append(~np.isin(part.rows["page_id"], np.concatenate(newer)) if newer else np.ones(len(part), dtype=bool))
        return found

    def nearest(self, direction: Matrix, circle: Circle | None, most: int) -> Alike:
        if self.parts[0].vectors.shape[1] != len(direction):
            return Alike()
        inside: list[NDArray[np.intp]] | None = None
        if circle is not None and circle.radius_km is not None:
            inside = [rows[holds[rows]] for part, holds in zip(self.parts, self._current, strict=True) for rows in (part.within(circle),)]
        wish = np.frombuffer(pack(direction), dtype=np.int8)
        ids, vectors = [], []
        for number, part in enumerate(self.parts):
            rows = self._found(number, wish, inside, most)
            ids.append(part.rows["page_id"][rows])
            vectors.append(part.vectors[rows])
        return _best(np.concatenate(ids), unpack_rows(np.concatenate(vectors)), direction, most)

    def _found(self, number: int, wish: NDArray[np.int8], inside: list[NDArray[np.intp]] | None, wanted: int) -> NDArray[np.intp]:
        """At least `wanted` rows of a part, if so many count."""
        part, holds = self.parts[number], self._current[number]
        if inside is not None and sum(map(len, inside)) <= MOST_EXACT_INSIDE:
            return part.nearest(wish, wanted, inside[number])
        allowed = holds
        if inside is not None:
            allowed = np.zeros(len(part), dtype=bool)
            allowed[inside[number]] = True
        number_allowed = int(np.count_nonzero(allowed))
        asked = wanted if number_allowed == len(part) else MORE * (wanted * len(part) // max(1, number_allowed) + 1)
        found = part.nearest(wish, min(asked, len(part)))
        found = found[allowed[found]]
        if len(found) >= min(wanted, number_allowed):
            return found
        return part.nearest(wish, wanted, np.flatnonzero(allowed))

    def along(self, direction: Matrix, page_ids: Iterable[int]) -> list[float | None]:
        return _along(self.parts, direction, page_ids)


def _best(page_ids: NDArray[np.int64], matrix: Matrix, direction: Matrix, most: int) -> Alike:
    if not len(page_ids):
        return Alike()
    along = matrix @ direction
    number = min(most, len(page_ids))
    best = np.argpartition(-along, number - 1)[:number]
    best = best[np.lexsort((page_ids[best], -along[best]))]
    return Alike(tuple(map(int, page_ids[best])), tuple(map(float, along[best])))


def _along(parts: Sequence[Part], direction: Matrix, page_ids: Iterable[int]) -> list[float | None]:
    wanted = np.fromiter(page_ids, dtype=np.int64)
    found: list[float | None] = [None] * len(wanted)
    if not parts or parts[0].vectors.shape[1] != len(direction):
        return found
    open_places = np.arange(len(wanted))
    for part in reversed(parts):
        rows = part.rows_of(wanted[open_places])
        known = rows >= 0
        products = unpack_rows(part.vectors[rows[known]]) @ direction
        for place, product in zip(open_places[known].tolist(), products.tolist(), strict=True):
            found[place] = product
        open_places = open_places[~known]
    return found


NONE: Vectors = Exact(Part(np.empty(0, dtype=ROW), np.empty((0, 0), dtype=np.int8)))


@dataclass
class VectorReader:
    """Follows the parts of one folder; opens only those that are new."""

    folder: Path
    most_exact: int = MOST_EXACT
    parts: dict[str, Part] = field(default_factory=dict)
    vectors: Vectors = NONE

    def read(self) -> Vectors:
        found = names(self.folder)
        if found != list(self.parts):
            self.parts = {name: self.parts.get(name) or load(self.folder, name) for name in found}
            self.vectors = self._seen(list(self.parts.values())) if self.parts else NONE
        return self.vectors

    def _seen(self, parts: list[Part]) -> Vectors:
        length = parts[-1].vectors.shape[1]
        parts = [part for part in parts if part.vectors.shape[1] == length]
        return Exact(newest(parts)) if sum(map(len, parts)) <= self.most_exact else Approximate(parts)


class VectorWriter:
    """Adds documents to the parts of a folder. `close` writes what is left; nothing is read before.

    `graphed_from`: larger parts get a graph.
    """

    def __init__(self, folder: Path, part_rows: int = PART_ROWS, graphed_from: int = MOST_EXACT) -> None:
        self.folder = folder
        self.part_rows = part_rows
        self.graphed_from = graphed_from
        # Rows and vectors of the next part; a document itself is many times as large.
        self.rows: list[tuple[int, float, float, bool]] = []
        self.waiting: list[bytes] = []
        self.saving: Saving | None = None

    def add(self, document: OfferDocument, *, replaces: bool) -> None:
        """`replaces`: the document may have had a vector before, so that having none now must be noted."""
        if document.vector or replaces:
            self.rows.append(_row(document))
            self.waiting.append(document.vector)
        if len(self.rows) >= self.part_rows:
            self._write()

    def close(self) -> None:
        self._write()
        self._finish()
        if len(found := names(self.folder)) > MOST_PARTS:
            self._merge(found)

    def _write(self) -> None:
        length = max(map(len, self.waiting), default=0)
        # An index without any meaning needs no files.
        if self.rows and (length or (known := names(self.folder))):
            length = length or load(self.folder, known[-1]).vectors.shape[1]
            packed = b"".join(vector if len(vector) == length else bytes(length) for vector in self.waiting)
            vectors = np.frombuffer(packed, dtype=np.int8).reshape(len(self.rows), length)
            part = newest([Part(np.array(self.rows, dtype=ROW), vectors)])
            self._finish()
            self.saving = save(self.folder, part, self.graphed_from)
        self.rows, self.waiting = [], []

    def _finish(self) -> None:
        if self.saving is not None:
            self.saving.finish()
        self.saving = None

    def give_up(self) -> None:
        """End what was begun; the files stay without use."""
        if self.saving is not None:
            self.saving.give_up()
        self.saving = None

    def _merge(self, found: list[str]) -> None:
        """All parts without a graph as one: to make graphs anew takes too long for a write. Readers that see a part go look again."""
        parts = {name: part for name in found if (part := load(self.folder, name)).graph is None}
        if not parts:
            return
        save(self.folder, newest(list(parts.values())), self.graphed_from).finish()
        for name in parts:
            remove(self.folder, name)


def _row(document: OfferDocument) -> tuple[int, float, float, bool]:
    card = document.card
    nowhere = card.latitude is None or card.longitude is None
    return (
        card.page_id,
        float("nan") if nowhere else card.latitude or 0.0,
        float("nan") if nowhere else card.longitude or 0.0,
        document.reaches_everywhere,
    )
