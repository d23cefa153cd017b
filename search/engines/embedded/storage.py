"""The index on disk: which folder is the current one, who may write, what readers see.

    ROOT/current        JSON: the folder in use and the version of the code that made it; replaced at once by a rename
    ROOT/lock           held by the one process that writes
    ROOT/index-…/       a Tantivy index

Readers look at the time stamps of `current` and of the index's meta.json at every question: two calls of stat, microseconds.
"""

import json
import os
import shutil
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import tantivy

from search import vocabulary
from search.contract import IndexUnavailable
from search.engines.embedded.schema import SCHEMA_VERSION, build_schema, register_tokenizers, version
from search.engines.embedded.vectors import NONE, VectorReader, Vectors, VectorWriter
from search.locks import LockBusy, file_lock

Value = TypeVar("Value")
WRITE_WAIT_SECONDS = 15.0
HEAP_BYTES = 40_000_000
# About 36,000 listings a segment. More makes a rebuild no faster; with less, Tantivy merges more while it goes on.
REBUILD_HEAP_BYTES = 100_000_000

SCHEMA = build_schema()


class Remembered:
    """A small cache of answers that hold as long as the index does not change; the oldest go first."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.values: OrderedDict[Hashable, Any] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        with self.lock:
            if key in self.values:
                self.values.move_to_end(key)
                known: Value = self.values[key]
                return known
        value = make()
        with self.lock:
            self.values[key] = value
            if len(self.values) > self.size:
                self.values.popitem(last=False)
        return value


@dataclass(frozen=True)
class Snapshot:
    """The index as it was at one moment, and what was worked out about it. Safe for many threads."""

    searcher: tantivy.Searcher
    vectors: Vectors = NONE
    circles: Remembered = field(default_factory=lambda: Remembered(512))
    plans: Remembered = field(default_factory=lambda: Remembered(512))
    counts: Remembered = field(default_factory=lambda: Remembered(512))
    cards: Remembered = field(default_factory=lambda: Remembered(2048))
    features: Remembered = field(default_factory=lambda: Remembered(8192))

    def total(self, query: tantivy.Query) -> int:
        """How many documents the query finds."""
        found: Any = self.searcher.search(query, limit=1, count=True)
        return found.count or 0

    def addresses(self, query: tantivy.Query, limit: int) -> list[tantivy.DocAddress]:
        """Where so many of the documents are, in no promised order."""
        if limit < 1:
            return []
        return [address for _score, address in self.searcher.search(query, limit=limit, count=False).hits]

    def column(self, name: str, addresses: list[tantivy.DocAddress]) -> list[Any]:
        """The number that each of the documents has in a field, in order."""
        return self.searcher.fast_field_values(name, addresses)

    def stored(self, address: tantivy.DocAddress, name: str) -> bytes:
        """What a document keeps to be shown."""
        return bytes(self.searcher.doc(address).get_first(name) or b"")


@dataclass(frozen=True)
class _Open:
    """An opened index and the time stamps it was read at."""

    stamps: tuple[int, ...]
    folder: str
    index: tantivy.Index
    snapshot: Snapshot
    reader: VectorReader


@dataclass(frozen=True)
class Writing:
    """The two places where a document is written to."""

    index: tantivy.IndexWriter
    vectors: VectorWriter


class Storage:
    """The folder of one index."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._open: _Open | None = None
        self._lock = Lock()

    # Reading

    def snapshot(self) -> Snapshot:
        """The newest committed state; that of other processes too. Raises IndexUnavailable."""
        for attempt in (1, 2):
            try:
                opened = self._open
                if opened is None or opened.stamps != self._stamps(opened.folder):
                    opened = self._reopen()
                return opened.snapshot
            except (OSError, ValueError) as error:
                # A rebuild may have swapped the folder between two lines of ours; a second look finds the new one.
                self._open = None
                if attempt == 2:
                    raise IndexUnavailable(f"The index in {self.root} cannot be read: {error}. Run rebuild_index.") from error
        raise AssertionError

    def needs_rebuild(self) -> bool:
        try:
            current = self._current()
            if current is None or current["version"] != version():
                return True
            self.snapshot()
        except (IndexUnavailable, OSError, ValueError):
            return True
        return False

    def _current(self) -> dict[str, str] | None:
        try:
            text = (self.root / "current").read_text()
        except FileNotFoundError:
            return None
        found = json.loads(text)
        if not isinstance(found, dict) or not {"folder", "version"} <= found.keys():
            raise ValueError("the file 'current' is damaged")
        return found

    def _stamps(self, folder: str) -> tuple[int, ...]:
        """What changes with every commit, every swap and every change of the vocabulary, which gives questions another meaning."""
        try:
            current = os.stat(self.root / "current")
        except FileNotFoundError:
            return ()
        meta = os.stat(self.root / folder / "meta.json")
        return current.st_ino, current.st_mtime_ns, meta.st_ino, meta.st_mtime_ns, meta.st_size, vocabulary.current().revision

    def _reopen(self) -> _Open:
        with self._lock:
            current = self._current()
            opened = self._open
            if current is None:
                if opened is None or opened.stamps:
                    opened = _Open((), "", (index := _empty()), Snapshot(index.searcher()), VectorReader(self.root))
            else:
                if current["version"].split(".")[0] != str(SCHEMA_VERSION):
                    raise IndexUnavailable(f"The index in {self.root} was made by another version. Run drain_index or rebuild_index.")
                # The stamps are older than what is read next: what changes in between is noticed at the next question.
                stamps = self._stamps(current["folder"])
                if opened is not None and opened.stamps == stamps:
                    return opened
                if opened is not None and opened.folder == current["folder"]:
                    index, reader = opened.index, opened.reader
                    index.reload()
                else:
                    index = _open_index(self.root / current["folder"])
                    reader = VectorReader(self.root / current["folder"])
                opened = _Open(stamps, current["folder"], index, Snapshot(index.searcher(), reader.read()), reader)
            self._open = opened
            return opened

    # Writing

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """The one writer of the current index. Committed and on disk when the block ends; undone where it fails."""
        with self._exclusive():
            try:
                current = self._current()
                if current is None:
                    folder = self._new_folder()
                    index = _create_index(folder)
                    made_by = version()
                    with _writer(index, folder, HEAP_BYTES) as writer:
                        yield writer
                    self._swap(folder, made_by)
                    return
                if current["version"] != version():
                    raise IndexUnavailable(f"The index in {self.root} was made by another version. Run drain_index or rebuild_index.")
                folder = self.root / current["folder"]
                with _writer(_open_index(folder), folder, HEAP_BYTES) as writer:
                    yield writer
            except (OSError, ValueError) as error:
                raise IndexUnavailable(f"The index in {self.root} cannot be written: {error}.") from error

    @contextmanager
    def rebuilding(self) -> Iterator[Writing]:
        """A writer for a new index that takes the place of the current one when the block ends. Others wait with their writing."""
        with self._exclusive():
            self._clean_up(keep=1)
            folder = self._new_folder()
            # The vocabulary may change meanwhile; the index is then known to be of before.
            made_by = version()
            try:
                with _writer(_create_index(folder), folder, REBUILD_HEAP_BYTES) as writer:
                    yield writer
                self._swap(folder, made_by)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            # One old index stays for readers in other processes that are just opening it.
            self._clean_up(keep=2)

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        try:
            lock = file_lock(self.root / "lock", WRITE_WAIT_SECONDS)
            lock.__enter__()
        except LockBusy as error:
            raise IndexUnavailable(f"Another process has been writing the index in {self.root} for too long.") from error
        except OSError as error:
            raise IndexUnavailable(f"The folder {self.root} cannot be written: {error}.") from error
        try:
            yield
        finally:
            lock.__exit__(None, None, None)

    def _new_folder(self) -> Path:
        return self.root / f"index-{time.time_ns()}"

    def _swap(self, folder: Path, made_by: str) -> None:
        new = self.root / "current.new"
        with new.open("w") as file:
            json.dump({"folder": folder.name, "version": made_by}, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.root / "current")
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _clean_up(self, keep: int) -> None:
        """Remove all but the current folder and the newest others; what a killed rebuild left behind goes too."""
        try:
            current = self._current()
        except ValueError:
            current = None
        name = current["folder"] if current else ""
        others = sorted((path for path in self.root.glob("index-*") if path.name != name), reverse=True)
        for path in others[keep - 1 :]:
            shutil.rmtree(path, ignore_errors=True)


def _empty() -> tantivy.Index:
    index = tantivy.Index(SCHEMA)
    register_tokenizers(index)
    return index


def _create_index(folder: Path) -> tantivy.Index:
    folder.mkdir(parents=True)
    index = tantivy.Index(SCHEMA, path=str(folder), reuse=False)
    register_tokenizers(index)
    return index


def _open_index(folder: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(folder))
    # Readers look at time stamps themselves, which a watching thread would notice only half a second later.
    index.config_reader(reload_policy="manual")
    index.reload()
    register_tokenizers(index)
    return index


@contextmanager
def _writer(index: tantivy.Index, folder: Path, heap: int) -> Iterator[Writing]:
    writer = index.writer(heap_size=heap, num_threads=1)
    both = Writing(writer, VectorWriter(folder))
    try:
        yield both
        # The vectors first: readers look for new ones when they see the commit.
        both.vectors.close()
        writer.commit()
    except BaseException:
        both.vectors.give_up()
        writer.rollback()
        raise
    finally:
        # Also gives back Tantivy's own lock, so that the next process can write.
        writer.wait_merging_threads()
