"""One site with its processes, an Elasticsearch of its own, and families who ask it without a pause."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.search.test_faults import ROOT

# Generous: what is proven is that it happens, and that nothing else is needed for it.
PATIENCE_SECONDS = 120
SCRIPT = ROOT / "scripts" / "elasticsearch.sh"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PrivateServer:
    """A node beside the one for tests, with its own port and data."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {**os.environ, "ELASTICSEARCH_PORT": str(self.port), "ELASTICSEARCH_NAME": f"faults-{self.port}"}
        self.environment |= {"ELASTICSEARCH_HEAP": "512m", "ELASTICSEARCH_TEST_URL": ""}

    def call(self, command: str) -> None:
        done = subprocess.run([SCRIPT, command], env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.fail(f"elasticsearch.sh {command}: {done.stderr}")


class Site:
    """Processes of one site."""

    def __init__(self, state: Path, search_url: str) -> None:
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "STATE_DIR": str(state),
            "DATABASE_URL": f"sqlite:///{state}/db.sqlite3",
            "SEARCH_URL": search_url,
            "SEARCH_SEMANTICS": "off",
        }

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)

    @contextmanager
    def running(self, *command: str):
        """A process that is ended with the block."""
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    @contextmanager
    def serving(self):
        """The site on a port of its own, ready; gives its address."""
        base = f"http://127.0.0.1:{free_port()}"

        def answers() -> bool:
            try:
                return get(f"{base}/healthz")[0] == 200
            except OSError:
                return False

        with self.running("manage.py", "runserver", "--noreload", base.removeprefix("http://")) as process:
            Thread(target=process.stdout.read, daemon=True).start()
            wait_until(answers)
            yield base

    def check(self) -> None:
        """Whatever was open is done by whoever runs; then database and index are the same."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            checked = self.run("manage.py", "check_index")
            if checked.returncode == 0 and "0 Änderungen sind noch offen" in checked.stdout:
                return
            assert time.monotonic() < deadline, checked.stdout + checked.stderr
            time.sleep(0.5)


class Visitors:
    """Ask one address after another without a pause; keep what was not as it should be.

    `answers` counts them by `phase`, which the test sets, and by address.
    """

    PATHS = (
        "/suche/?q=spielkreis",
        "/suche/?ort=Nassau&umkreis=10&tag=mo",
        "/api/v1/search?q=gruppe&page_size=5",
        "/api/v1/suggest?q=spiel",
        "/suche/karte.geojson",
    )

    def __init__(self, base: str, phase: str) -> None:
        self.base = base
        self.phase = phase
        self.stop = Event()
        self.answers: Counter[tuple[str, str]] = Counter()
        self.faults: list[str] = []
        self.threads = [Thread(target=self.ask, args=(path,), daemon=True) for path in self.PATHS]

    def ask(self, path: str) -> None:
        while not self.stop.is_set():
            # Of the moment it was asked.
            phase = self.phase
            try:
                status, body = get(self.base + path)
            except OSError as error:
                status, body = 0, repr(error).encode()
            self.answers[phase, path] += 1
            if status != 200:
                self.faults.append(f"{phase} {path}: {status} {body[:200]!r}")

    def asked_all(self, times: int) -> bool:
        """Whether each address has answered so often in this phase."""
        return all(self.answers[self.phase, path] >= times for path in self.PATHS)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(60)


def get(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=60) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def get_json(url: str) -> dict:
    return json.loads(get(url)[1])


def wait_until(holds) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.3)
