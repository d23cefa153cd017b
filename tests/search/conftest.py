"""The engines under test, each empty and of its own."""

import os
from contextlib import contextmanager
from uuid import uuid4

import pytest

from search.engines import engine_at
from search.engines.embedded import EmbeddedEngine

ENGINES = ("embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch))


def elasticsearch_url() -> str:
    """The server for tests. Skips loudly where there is none; fails where services are required."""
    url = os.environ.get("ELASTICSEARCH_TEST_URL", "").rstrip("/")
    if not url:
        reason = 'NOT TESTED on Elasticsearch: ELASTICSEARCH_TEST_URL is not set. eval "$(scripts/elasticsearch.sh env)"'
        if os.environ.get("REQUIRE_SERVICES") == "1" or os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return url


@contextmanager
def elasticsearch_engine(shards=1):
    """An engine under a name that nobody else has; nothing of it is left behind."""
    engine = engine_at(f"{elasticsearch_url()}/test-{uuid4().hex}?replicas=0&shards={shards}")
    try:
        yield engine
    finally:
        indices = engine.server.client().indices
        for name in indices.get(index=f"{engine.storage.prefix}*", features=["aliases"]).body:
            indices.delete(index=name)


@contextmanager
def empty_engine(name, folder):
    if name == "elasticsearch":
        with elasticsearch_engine() as engine:
            yield engine
    else:
        yield EmbeddedEngine(folder)


@pytest.fixture(params=ENGINES)
def engine(request, tmp_path):
    """An empty engine; every test that takes it runs on all of them."""
    with empty_engine(request.param, tmp_path / "index") as made:
        yield made


@pytest.fixture(params=ENGINES, scope="module")
def empty_shared_engine(request, tmp_path_factory):
    """An empty engine that the tests of one module share, for what is costly to fill."""
    with empty_engine(request.param, tmp_path_factory.mktemp("search") / "index") as made:
        yield made
