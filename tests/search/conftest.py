"""The engines under test, each empty and of its own."""

import pytest

from search.engines.embedded import EmbeddedEngine

ENGINES = ("embedded",)


@pytest.fixture(params=ENGINES)
def engine(request, tmp_path):
    """An empty engine; every test that takes it runs on all of them."""
    return EmbeddedEngine(tmp_path / "index")


@pytest.fixture(params=ENGINES, scope="module")
def engine_maker(request, tmp_path_factory):
    """Makes engines that tests of one module share, for what is costly to fill."""
    return lambda: EmbeddedEngine(tmp_path_factory.mktemp("search") / "index")
