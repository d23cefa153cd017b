"""A real Elasticsearch of our own that really goes away and comes back: families go on searching, and nothing is lost.

Each stop and start takes some twenty seconds.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.search.conftest import elasticsearch_url
from tests.search.test_faults import ROOT, SETUP, read_until

pytestmark = [pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch-faults")]

# Generous: what is proven is that it happens, and that nothing else is needed for it.
PATIENCE_SECONDS = 120
OFFERS = 60
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


@pytest.fixture(scope="module")
def server():
    elasticsearch_url()
    own = PrivateServer()
    own.call("start")
    yield own
    own.call("remove")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A database with one provider and some offers."""
    state = tmp_path_factory.mktemp("state")
    made = Site(state, "http://127.0.0.1:1/none").run("manage.py", "migrate", "-v0")
    assert made.returncode == 0, made.stderr
    made = Site(state, "http://127.0.0.1:1/none").run("-c", SETUP + f"builders.provider('kita-nassau'); publish('spielkreis', {OFFERS})")
    assert made.returncode == 0, made.stderr
    return state


@pytest.fixture
def site(server, prepared, tmp_path, request):
    for path in prepared.glob("db.sqlite3*"):
        shutil.copy(path, tmp_path)
    made = Site(tmp_path, f"{server.url}/{request.node.name.replace('_', '-')[:60]}?replicas=0")
    assert made.run("manage.py", "rebuild_index").returncode == 0
    yield made
    server.call("start")


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

    def check(self) -> None:
        """Whatever was open is done by whoever runs; then database and index are the same."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            checked = self.run("manage.py", "check_index")
            if checked.returncode == 0 and "0 Änderungen sind noch offen" in checked.stdout:
                return
            assert time.monotonic() < deadline, checked.stdout + checked.stderr
            time.sleep(0.5)


FOLLOW = "worker.start()\nprint('ready', flush=True)\nsys.stdin.read()"


def test_what_is_published_while_the_server_is_away_is_found_after_its_return(server, site):
    with site.running("-c", SETUP + "worker.start(); publish('gruppe', 40); print('done', flush=True); sys.stdin.read()") as process:
        read_until(process, "9")
        server.call("stop")
        read_until(process, "done")
        assert site.run("manage.py", "check_index").returncode == 1
        server.call("start")
        site.check()


def test_a_server_that_goes_in_the_middle_of_a_rebuild_leaves_a_whole_index(server, site):
    slow = """
import time
from search.documents import documents
def slowly():
    for number, each in enumerate(documents()):
        if number == 20:
            print("halfway", flush=True)
            sys.stdin.readline()
        yield each
import search.engines.elasticsearch.storage as storage
storage.CHUNK = 5
try:
    outbox.rebuild(made=slowly())
except Exception as error:
    print(type(error).__name__, flush=True)
print("over", flush=True)
"""
    with site.running("-c", SETUP + slow) as rebuilding:
        read_until(rebuilding, "halfway")
        published = site.run("-c", SETUP + "publish('waehrenddessen', 3)")
        assert published.returncode == 0, published.stderr
        server.call("stop")
        rebuilding.stdin.write("\n")
        rebuilding.stdin.flush()
        server.call("start")
        read_until(rebuilding, "over")
    with site.running("-c", SETUP + FOLLOW) as worker:
        read_until(worker, "ready")
        site.check()


class Visitors:
    """Ask one address after another without a pause; keep what was not as it should be."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.stop = Event()
        self.answers = 0
        self.faults: list[str] = []
        self.threads = [Thread(target=self.ask, args=(path,), daemon=True) for path in self.paths()]

    def paths(self):
        return [
            "/suche/?q=spielkreis",
            "/suche/?ort=Nassau&umkreis=10&tag=mo",
            "/api/v1/search?q=gruppe&page_size=5",
            "/suche/karte.geojson",
        ]

    def ask(self, path: str) -> None:
        while not self.stop.is_set():
            status, body = get(self.base + path)
            self.answers += 1
            if status != 200:
                self.faults.append(f"{path}: {status} {body[:200]!r}")

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(30)


def get(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=60) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def wait_until(holds) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.3)


def test_visitors_notice_no_fault_while_the_server_goes_and_comes_back(server, site):
    port = free_port()
    base = f"http://127.0.0.1:{port}"

    def is_limited() -> bool:
        return json.loads(get(f"{base}/api/v1/search?q=spielkreis")[1])["limited"]

    def answers() -> bool:
        try:
            return get(f"{base}/healthz")[0] == 200
        except OSError:
            return False

    with site.running("manage.py", "runserver", "--noreload", f"127.0.0.1:{port}") as process:
        Thread(target=process.stdout.read, daemon=True).start()
        wait_until(answers)
        assert not is_limited()
        assert get(f"{base}/readyz")[0] == 200
        with Visitors(base) as visitors:
            server.call("stop")
            wait_until(is_limited)
            away = visitors.answers
            status, body = get(f"{base}/suche/?q=spielkreis")
            assert status == 200
            assert "eine kurze Pause" in body.decode()
            assert body.decode().count("data-offer-key") == 20
            status, body = get(f"{base}/readyz")
            assert (status, json.loads(body)["index"]) == (503, False)
            wait_until(lambda: visitors.answers > away + 40)
            server.call("start")
            wait_until(lambda: not is_limited())
        assert visitors.faults == []
        assert get(f"{base}/readyz")[0] == 200
        site.check()
