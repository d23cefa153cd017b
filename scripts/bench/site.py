"""The whole answer over HTTP, from the server that `make run` starts, beside a page that does nothing.

One client in this process, one connection that stays open, one request after the other.
"""

import http.client
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any
from urllib.parse import urlencode

from scripts.bench.figures import Times, by_kind
from scripts.bench.middleware import CPU, QUERIES, TOOK
from scripts.bench.processes import ROOT, StepFailed, running
from scripts.bench.progress import counted

HELLO = "/hallo"
START_SECONDS = 60
LOG_LINES = 25
FULL_PAGE = 20
SLOWEST = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: how long until its last byte, how long the server's processor worked, its size on the wire (compressed, without
    headers), SQL queries, how long Elasticsearch says it took."""

    milliseconds: float
    cpu: float
    status: int
    size: int
    queries: int
    took: int


@dataclass
class Client:
    """Keeps one connection open; a server that closes it is asked again on a new one, and that time counts."""

    port: int
    connection: http.client.HTTPConnection = field(init=False)
    connections: int = 1

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> Answer:
        began = time.perf_counter()
        try:
            self.connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept": "text/html"})
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()
            self.connections += 1
            self.connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept": "text/html"})
            response = self.connection.getresponse()
        body = response.read()
        elapsed = (time.perf_counter() - began) * 1000
        headers = response.headers
        numbers = (int(headers.get(QUERIES, -1)), int(headers.get(TOOK, 0)))
        return Answer(elapsed, float(headers.get(CPU, 0)), response.status, len(body), *numbers)


@contextmanager
def serving(variables: Mapping[str, str], port: int, log: Path) -> Iterator[Client]:
    """The application server with the project's own configuration, until the block ends. Raises StepFailed with the end of its log."""
    arguments = ["-m", "gunicorn", "cms.wsgi", "--config", str(ROOT / "gunicorn.conf.py"), "--bind", f"127.0.0.1:{port}"]
    with running(arguments, variables, log) as process:
        client, deadline = Client(port), time.monotonic() + START_SECONDS
        while True:
            try:
                client.get(HELLO)
                break
            except OSError:
                client.connection.close()
                if process.poll() is not None or time.monotonic() > deadline:
                    raise StepFailed(f"The server did not start:\n{_end_of(log)}") from None
                time.sleep(0.1)
        answer = client.get("/suche/")
        if answer.status != 200:
            raise StepFailed(f"/suche/ answers with {answer.status}:\n{_end_of(log)}")
        yield Client(port)


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-LOG_LINES:])


def measure(client: Client, questions: Mapping[str, Any], hits: list[int]) -> dict[str, Any]:
    """Each question once, a bare page after each. `hits`: how many each question shows, as the engine said."""
    for each in questions["warm_up"]:
        client.get(_path(each["query"]))
        client.get(HELLO)
    asked = questions["asked"]
    pages, hellos = [], []
    for each in counted(asked, len(asked), "Pages"):
        pages.append(client.get(_path(each["query"])))
        hellos.append(client.get(HELLO))
    suggested = [client.get("/api/v1/suggest?" + urlencode({"q": prefix})) for prefix in questions["prefixes"]]
    failed = [(page.status, each["query"]) for page, each in zip(pages, asked, strict=True) if page.status != 200]
    failed += [(answer.status, prefix) for answer, prefix in zip(suggested, questions["prefixes"], strict=True) if answer.status != 200]
    times = [page.milliseconds for page in pages]
    kinds = [each["kind"] for each in asked]
    slowest = sorted(zip(times, (each["query"] for each in asked), strict=True), reverse=True)[:SLOWEST]
    return {
        "times": {
            "page": Times.of(times),
            "full page": Times.of([time for time, number in zip(times, hits, strict=True) if number >= FULL_PAGE]),
            "page cpu": Times.of([page.cpu for page in pages]),
            "hello cpu": Times.of([hello.cpu for hello in hellos]),
            "hello": Times.of([hello.milliseconds for hello in hellos]),
            "suggestions": Times.of([answer.milliseconds for answer in suggested]),
            "suggestions cpu": Times.of([answer.cpu for answer in suggested]),
            "page took": Times.of([page.took for page in pages]),
            "page without took": Times.of([page.milliseconds - page.took for page in pages]),
        },
        "kinds": by_kind(kinds, times),
        "slowest": slowest,
        "failed": failed,
        "cards": round(mean(hits), 1),
        "bytes_mean": round(mean(page.size for page in pages)),
        "bytes_most": max(page.size for page in pages),
        "queries_mean": round(mean(page.queries for page in pages), 1),
        "queries_most": max(page.queries for page in pages),
        "connections": client.connections,
    }


def _path(query: str) -> str:
    return f"/suche/?{query}" if query else "/suche/"
