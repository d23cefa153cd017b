"""Which index is the live one, and how it is written and made anew.

    PREFIX              alias of the live index: all questions go there
    PREFIX-building     alias of the index that a rebuild is filling
    PREFIX-176…         the indices themselves; `_meta.version` says which code made one

While an index is being made, whoever writes does so to both. The rebuild only puts what is not there yet, so that it never overwrites a
newer document; a page that is taken away meanwhile leaves a mark, and marks go with the swap. The aliases are read once more after each
write: had they moved meanwhile, it is written again.
"""

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from elasticsearch import NotFoundError, TransportError
from elasticsearch.helpers import streaming_bulk

from search.contract import IndexUnavailable, OfferDocument
from search.engines.elasticsearch.documents import source
from search.engines.elasticsearch.mapping import mappings, settings, version
from search.engines.elasticsearch.server import Server

# Documents of a bulk request: one to three megabytes.
CHUNK = 500
# A busy server is asked again after 0.5, 1, 2, 4, 8 and 8 seconds; one that is gone so often by a rebuild.
RETRIES, FIRST_PAUSE, LONGEST_PAUSE = 6, 0.5, 8.0
BUSY = (429, 503)
# How often a write looks where to, if rebuilds end under its hands.
LOOKS = 5
SCANNED = 5000
SCAN_KEPT = "2m"

Action = dict[str, Any]


@dataclass(frozen=True)
class State:
    """What the aliases point to."""

    live: str = ""
    version: str = ""
    building: str = ""


class Storage:
    """The indices of one prefix."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.prefix = server.address.prefix
        self.building = f"{self.prefix}-building"

    def state(self) -> State:
        with self.server.speaking():
            found = self.server.client().indices.get(
                index=[self.prefix, self.building],
                ignore_unavailable=True,
                features=["aliases", "mappings"],
                filter_path=["*.aliases", "*.mappings._meta"],
            )
        live = made_by = building = ""
        for name, index in found.body.items():
            if self.prefix in index["aliases"]:
                live, made_by = name, index.get("mappings", {}).get("_meta", {}).get("version", "")
            elif self.building in index["aliases"]:
                building = name
        return State(live, made_by, building)

    def needs_rebuild(self) -> bool:
        state = self.state()
        return not state.live or state.version != version()

    # Writing

    def write(self, made: Mapping[int, dict[str, Any]], gone: Iterable[int]) -> None:
        """Put these, by page id, and take away the others. Found and safe on disk when the call returns."""
        deleted = [page_id for page_id in gone if page_id not in made]
        state = self._writable(self.state())
        for _look in range(LOOKS):
            faults = self._bulk(self._actions(made, deleted, state))
            after = self.state()
            if (after.live, after.building) == (state.live, state.building):
                if faults:
                    raise IndexUnavailable(f"Elasticsearch did not take {len(faults)} documents; the first: {faults[0]}")
                return
            state = self._writable(after)
        raise IndexUnavailable("The index is being made anew again and again.")

    def _writable(self, state: State) -> State:
        if not state.live:
            self._create(self.prefix)
            state = self.state()
        if state.version != version():
            raise IndexUnavailable(f"The index {self.prefix} was made by another version. Run drain_index or rebuild_index.")
        return state

    def _create(self, alias: str) -> str:
        """A new, empty index under that alias."""
        name = f"{self.prefix}-{time.time_ns()}"
        address = self.server.address
        with self.server.speaking():
            self.server.client().indices.create(
                index=name, mappings=mappings(version()), settings=settings(address.shards, address.replicas), aliases={alias: {}}
            )
        return name

    def _actions(self, made: Mapping[int, dict[str, Any]], deleted: Sequence[int], state: State) -> list[Action]:
        actions: list[Action] = []
        for alias in (self.prefix, self.building) if state.building else (self.prefix,):
            actions += [{"_index": alias, "_id": str(page_id), "_source": body} for page_id, body in made.items()]
            if alias == self.prefix:
                actions += [{"_op_type": "delete", "_index": alias, "_id": str(page_id)} for page_id in deleted]
            else:
                actions += [{"_index": alias, "_id": str(page_id), "_source": {"deleted": True}} for page_id in deleted]
        return actions

    def _bulk(self, actions: Iterable[Action], *, refresh: bool = True) -> list[str]:
        """Send; returns what the server refused, in its words. Only aliases are written to: none is made by mistake."""
        refused = []
        with self.server.speaking():
            answers = streaming_bulk(
                self.server.client(),
                actions,
                chunk_size=CHUNK,
                max_retries=RETRIES,
                initial_backoff=FIRST_PAUSE,
                max_backoff=LONGEST_PAUSE,
                retry_on_status=BUSY,
                raise_on_error=False,
                yield_ok=False,
                refresh=refresh,
                require_alias=True,
            )
            for _ok, item in answers:
                ((operation, result),) = item.items()
                # Gone already, or there already: both as it should be.
                done = (operation == "delete" and "error" not in result) or (operation == "create" and result["status"] == 409)
                if not done:
                    refused.append(f"{result.get('error', {}).get('reason', result['status'])}")
        return refused

    def rebuild(self, documents: Iterable[OfferDocument]) -> None:
        """Fill a new index beside the live one, then swap. What is left of a rebuild that was killed goes."""
        before = self._others()
        for name in before:
            self._delete(name)
        name = self._create(self.building)
        try:
            self._fill(documents)
            self._swap(name)
        except BaseException:
            with suppress(IndexUnavailable):
                self._delete(name)
            raise

    def _fill(self, documents: Iterable[OfferDocument]) -> None:
        waiting = iter(documents)
        while chunk := list(islice(waiting, CHUNK)):
            actions = [
                {"_op_type": "create", "_index": self.building, "_id": str(each.card.page_id), "_source": source(each)} for each in chunk
            ]
            if faults := self._persistently(actions):
                raise IndexUnavailable(f"Elasticsearch did not take {len(faults)} documents; the first: {faults[0]}")

    def _persistently(self, actions: list[Action]) -> list[str]:
        """Also over a short absence of the server: what took minutes need not begin again."""
        pause = FIRST_PAUSE
        for _attempt in range(RETRIES):
            try:
                return self._bulk(actions, refresh=False)
            except IndexUnavailable as error:
                if not isinstance(error.__cause__, TransportError):
                    raise
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        return self._bulk(actions, refresh=False)

    def _swap(self, name: str) -> None:
        live = self.state().live
        with self.server.speaking():
            client = self.server.client()
            client.indices.refresh(index=name)
            client.delete_by_query(index=name, query={"term": {"deleted": True}}, conflicts="proceed", refresh=True)
            moves: list[dict[str, Any]] = [
                {"add": {"index": name, "alias": self.prefix}},
                {"remove": {"index": name, "alias": self.building}},
            ]
            if live:
                moves.append({"remove_index": {"index": live}})
            client.indices.update_aliases(actions=moves)

    def _others(self) -> list[str]:
        """Indices of this prefix that are not live."""
        with self.server.speaking():
            found = self.server.client().indices.get(
                index=f"{self.prefix}-*", ignore_unavailable=True, allow_no_indices=True, features=["aliases"], filter_path=["*.aliases"]
            )
        own = re.compile(rf"{re.escape(self.prefix)}-\d+")
        return [name for name, index in found.body.items() if own.fullmatch(name) and self.prefix not in index["aliases"]]

    def _delete(self, name: str) -> None:
        with self.server.speaking():
            self.server.client().indices.delete(index=name, ignore_unavailable=True)

    # Reading all

    def scan(self, query: dict[str, Any], fields: Sequence[str]) -> Iterator[dict[str, Any]]:
        """These fields of all documents of the query, as they were when the first is read."""
        client = self.server.client()
        with self.server.speaking():
            try:
                point = client.open_point_in_time(index=self.prefix, keep_alive=SCAN_KEPT)["id"]
            except NotFoundError:
                return
        after = None
        try:
            while True:
                with self.server.speaking():
                    hits = client.search(
                        pit={"id": point, "keep_alive": SCAN_KEPT},
                        query=query,
                        size=SCANNED,
                        sort=["_shard_doc"],
                        search_after=after,
                        source=False,
                        docvalue_fields=[{"field": name} for name in fields],
                        track_total_hits=False,
                    )["hits"]["hits"]
                for hit in hits:
                    yield {name: values[0] for name, values in hit["fields"].items()}
                if len(hits) < SCANNED:
                    return
                after = hits[-1]["sort"]
        finally:
            with suppress(IndexUnavailable), self.server.speaking():
                client.close_point_in_time(id=point)
