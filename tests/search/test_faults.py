"""Processes that die, and processes that work at the same time: real ones, on a database and an index on disk."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.utils import timezone

from search.contract import SearchRequest
from search.engines.embedded import EmbeddedEngine

ROOT = Path(__file__).resolve().parent.parent.parent
# Generous: what is proven is that it happens, and that nothing else is needed for it.
PATIENCE_SECONDS = 60

SETUP = """
import django, sys
django.setup()
from search import outbox
from search.worker import follower
from offers.models import ProviderPage
from tests.offers import builders

def publish(prefix, number):
    provider = ProviderPage.objects.get(slug="kita-nassau")
    for each in range(number):
        page = builders.offer(provider, f"{prefix}-{each}", schedules=[builders.weekly()], title=f"{prefix} {each}")
        page.summary = "Zum zweiten Mal veröffentlicht."
        page.save_revision().publish()
        print(each, flush=True)
"""


def environment(state: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "STATE_DIR": str(state),
        "DATABASE_URL": f"sqlite:///{state}/db.sqlite3",
        "SEARCH_URL": f"embedded://{state}/index",
    }


def run(state: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment(state), capture_output=True, text=True, check=False)


def begin(state: Path, script: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SETUP + script],
        cwd=ROOT,
        env=environment(state),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A database with one provider."""
    state = tmp_path_factory.mktemp("state")
    made = run(state, "manage.py", "migrate", "-v0")
    assert made.returncode == 0, made.stderr
    made = run(state, "-c", SETUP + "builders.provider('kita-nassau')")
    assert made.returncode == 0, made.stderr
    return state


@pytest.fixture
def state(prepared, tmp_path):
    for path in prepared.glob("db.sqlite3*"):
        shutil.copy(path, tmp_path)
    return tmp_path


def read_until(process: subprocess.Popen[str], text: str) -> None:
    for line in process.stdout:
        if line.strip() == text:
            return
    raise AssertionError(f"The process ended before it said {text!r}")


def titles(state: Path) -> set[str]:
    """What this process, which writes nothing, finds."""
    engine = EmbeddedEngine(state / "index")
    return {hit.card.title for hit in engine.search(SearchRequest(page_size=1000, facets=(), now=timezone.now())).hits}


def wait_for(state: Path, number: int) -> set[str]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    engine = EmbeddedEngine(state / "index")
    while time.monotonic() < deadline:
        if engine.count(SearchRequest(now=timezone.now())) >= number:
            return titles(state)
        time.sleep(0.05)
    raise AssertionError(f"{engine.count(SearchRequest(now=timezone.now()))} instead of {number} offers after {PATIENCE_SECONDS} s")


@pytest.mark.parametrize("killed_at", [31])
def test_a_server_killed_in_the_middle_of_a_hundred_publications_loses_none(state, killed_at):
    process = begin(state, "follower.start(); publish('gruppe', 100)")
    try:
        read_until(process, str(killed_at))
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    # Started again, it does by itself what was left; a check that finds open rows would not prove it.
    wait = "while outbox.pending() or kept.waiting(): time.sleep(0.1)"
    again = begin(
        state,
        f"follower.start()\nimport time\nfrom search.semantics import kept\n{wait}\nprint('done', flush=True); sys.stdin.read()",
    )
    try:
        read_until(again, "done")
        assert len(wait_for(state, killed_at + 1)) >= killed_at + 1
        checked = run(state, "manage.py", "check_index")
        assert checked.returncode == 0, checked.stdout + checked.stderr
        assert "0 Änderungen sind noch offen" in checked.stdout
    finally:
        again.kill()
        again.wait()


def test_two_processes_that_publish_and_index_at_once_lose_nothing(state):
    both = [
        begin(state, f"follower.start(); publish('{name}', 12); print('done', flush=True); sys.stdin.read()") for name in ("eins", "zwei")
    ]
    try:
        for process in both:
            read_until(process, "done")
        expected = {f"{name} {each}" for name in ("eins", "zwei") for each in range(12)}
        assert wait_for(state, 24) == expected
        settled = time.monotonic() + PATIENCE_SECONDS
        while "0 Änderungen sind noch offen" not in (checked := run(state, "manage.py", "check_index")).stdout:
            assert time.monotonic() < settled, checked.stdout
        assert checked.returncode == 0, checked.stdout + checked.stderr
    finally:
        for process in both:
            process.kill()
            process.wait()


def test_what_one_process_publishes_another_indexes_and_a_third_finds(state):
    indexing = begin(state, "follower.start(); print('ready', flush=True); sys.stdin.read()")
    try:
        read_until(indexing, "ready")
        published = run(state, "-c", SETUP + "publish('spielkreis', 1)")
        assert published.returncode == 0, published.stderr
        assert wait_for(state, 1) == {"spielkreis 0"}
    finally:
        indexing.kill()
        indexing.wait()
