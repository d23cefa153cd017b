"""The connection to the server: time limits, errors in one word, and a short rest after a failure."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, OrjsonSerializer, TransportError
from elasticsearch.exceptions import HTTP_EXCEPTIONS

from search.contract import IndexUnavailable
from search.engines.elasticsearch.address import Address

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

# A visitor does not wait longer; what is written may take its time.
READ_SECONDS, WRITE_SECONDS = 4.0, 60.0
# So long no page asks a server that has just not answered; then one tries again. Each failure doubles it.
REST_SECONDS, LONGEST_REST_SECONDS = 1.0, 16.0
CONNECTIONS = 20
# The server is there, and cannot do it now.
_BUSY = (429, 502, 503, 504)


class Server:
    """A connection pool a process, and whether the server answers. Safe for many threads and after a fork."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._lock = Lock()
        self._clients: tuple[Elasticsearch, Elasticsearch] | None = None
        self._process = 0
        self._resting_until = 0.0
        self._failures = 0

    def client(self) -> Elasticsearch:
        """For writing: waits long, and does not care whether a page has just failed."""
        return self._connected()[0]

    def _connected(self) -> tuple[Elasticsearch, Elasticsearch]:
        """One for writing and one for reading, which share their connections."""
        with self._lock:
            # A child of a fork must not speak through its parent's sockets.
            if self._clients is None or self._process != os.getpid():
                made = self._connect()
                self._clients, self._process = (made, made.options(request_timeout=READ_SECONDS)), os.getpid()
            return self._clients

    def _connect(self) -> Elasticsearch:
        address = self.address
        options: dict[str, Any] = {"ca_certs": address.ca} if address.ca else {}
        if address.user:
            options["basic_auth"] = (address.user, address.password)
        return Elasticsearch(
            address.host,
            request_timeout=WRITE_SECONDS,
            connections_per_node=CONNECTIONS,
            # Once more where a kept connection had been closed; how long to go on is for those who ask.
            max_retries=1,
            retry_on_status=(),
            serializer=OrjsonSerializer(),
            **options,
        )

    def read(self, ask: Callable[[Elasticsearch], Answer]) -> Answer:
        """What a page asks. Raises IndexUnavailable, at once while the server rests."""
        with self._lock:
            now = monotonic()
            if now < self._resting_until:
                raise IndexUnavailable(f"Elasticsearch at {self.address.host} did not answer a moment ago.")
            if self._resting_until:
                # One looks whether it is back; the others need not wait for that.
                self._resting_until = now + READ_SECONDS
        client = self._connected()[1]
        with self.speaking():
            try:
                return ask(client)
            except ApiError as error:
                # A swap of the index in the middle of a question; the second finds the new one.
                if error.status_code not in (404, 503):
                    raise
                return ask(client)

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Errors of the client as IndexUnavailable, without anything secret."""
        try:
            yield
        except TransportError as error:
            self._rest()
            what = "did not answer in time" if isinstance(error, ConnectionTimeout) else "cannot be reached"
            raise IndexUnavailable(f"Elasticsearch at {self.address.host} {what}: {error.message}") from error
        except ApiError as error:
            if error.status_code in _BUSY:
                self._rest()
            elif error.status_code == 400:
                # Our own fault, and still no reason to show families a broken page.
                logger.exception("Elasticsearch does not understand a question of ours")
            raise IndexUnavailable(f"Elasticsearch at {self.address.host} says {_reason(error)}") from error
        else:
            self._resting_until, self._failures = 0.0, 0

    def _rest(self) -> None:
        self._resting_until = monotonic() + min(LONGEST_REST_SECONDS, REST_SECONDS * 2**self._failures)
        self._failures = min(self._failures + 1, 10)


def several(client: Elasticsearch, index: str, bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers to these searches, in one request. One that failed fails all, as if it had been asked alone."""
    # An index that nobody has written yet is empty; an answer of some shards only would be wrong; and how much a word weighs is
    # decided by all of them.
    header = {"index": index, "ignore_unavailable": True, "allow_partial_search_results": False, "search_type": "dfs_query_then_fetch"}
    answer = client.msearch(searches=[part for body in bodies for part in (header, body)])
    for each in answer["responses"]:
        if "error" in each:
            status = each.get("status", 500)
            raise HTTP_EXCEPTIONS.get(status, ApiError)(_cause(each["error"]), replace(answer.meta, status=status), each)
    return list(answer["responses"])


def _cause(error: dict[str, Any]) -> str:
    """The innermost reason."""
    roots = error.get("root_cause") or [error]
    return str(roots[0].get("reason") or error.get("reason") or error.get("type"))


def _reason(error: ApiError) -> str:
    """The status and, in a few words, why."""
    hints = {401: "that user or password in SEARCH_URL is wrong", 403: "that the user in SEARCH_URL may not do this"}
    return f"{hints.get(error.status_code, error.message)} (status {error.status_code})"
