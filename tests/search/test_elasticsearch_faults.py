"""A real Elasticsearch of our own that really goes away and comes back: families go on searching, and nothing is lost.

Each stop and start takes some twenty seconds; the last test searches for a whole minute.
"""

import json
import shutil
import time

import pytest

from tests.search.conftest import elasticsearch_url
from tests.search.test_faults import SETUP, read_until
from tests.search.whole_site import PrivateServer, Site, Visitors, get, get_json, wait_until

pytestmark = [pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch-faults")]

OFFERS = 60
# Of searching, and how much of it at least before the server goes and after it is back.
WHOLE_SECONDS, SHARE_SECONDS = 60.0, 15.0


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


FOLLOW = "follower.start()\nprint('ready', flush=True)\nsys.stdin.read()"


def test_what_is_published_while_the_server_is_away_is_found_after_its_return(server, site):
    with site.running("-c", SETUP + "follower.start(); publish('gruppe', 40); print('done', flush=True); sys.stdin.read()") as process:
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


PUBLISH = """
import select
number = 0
while not select.select([sys.stdin], [], [], 0.5)[0]:
    publish(f"neu-{number}", 1)
    number += 1
print("published", number, flush=True)
"""


def test_for_a_minute_visitors_notice_no_fault_while_the_server_goes_and_comes_back(server, site):
    with site.serving() as base:

        def is_limited() -> bool:
            return get_json(f"{base}/api/v1/search?q=spielkreis")["limited"]

        def go_on(until: float) -> None:
            wait_until(lambda: time.monotonic() >= until and visitors.asked_all(3))

        assert not is_limited()
        assert get(f"{base}/readyz")[0] == 200
        begin = time.monotonic()
        with site.running("-c", SETUP + PUBLISH) as publishing, Visitors(base, "before") as visitors:
            go_on(begin + SHARE_SECONDS)
            visitors.phase = "going"
            server.call("stop")
            wait_until(is_limited)
            visitors.phase = "away"
            status, body = get(f"{base}/suche/?q=spielkreis")
            assert status == 200
            assert "eine kurze Pause" in body.decode()
            assert body.decode().count("data-offer-key") == 20
            status, body = get(f"{base}/readyz")
            assert (status, json.loads(body)["index"]) == (503, False)
            go_on(begin + 2 * SHARE_SECONDS)
            visitors.phase = "coming"
            server.call("start")
            wait_until(lambda: not is_limited())
            visitors.phase = "back"
            go_on(max(begin + WHOLE_SECONDS, time.monotonic() + SHARE_SECONDS))
            published = int(publishing.communicate("\n")[0].split()[-1])
        assert visitors.faults == []
        assert get(f"{base}/readyz")[0] == 200
        # Nobody but the site itself is at work.
        site.check()
        assert published > 0
        assert get_json(f"{base}/api/v1/search?q=neu")["total"] == published
        assert get_json(f"{base}/api/v1/search")["total"] == OFFERS + published
