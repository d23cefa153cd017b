"""The district as its files have it, and a small one that a test may change."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from places.datafiles import read_folder
from places.loading import load
from places.resolver import Resolver
from tests.places.builders import write_folder


@pytest.fixture(scope="session")
def files():
    read = read_folder(Path(settings.PLACES_FOLDER))
    assert read.faults == []
    return read


@pytest.fixture(scope="session")
def gazetteer(django_db_setup, django_db_blocker, files):
    """Built once from a database with the whole district, which is empty again afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(files)
        built = Resolver().gazetteer()
        transaction.set_rollback(True)
    return built


@pytest.fixture
def folder(tmp_path):
    """A district of two towns, a village and a quarter, as files."""
    return write_folder(tmp_path)


@pytest.fixture
def small_district(db, folder):
    """The small district, loaded."""
    load(read_folder(folder))
    return folder
