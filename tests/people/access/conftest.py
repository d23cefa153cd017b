"""One state of the database for all tests of a module: what each does is undone."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from tests.people.access.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> World:
    folder = tmp_path_factory.mktemp("access")
    on_disk = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    places = override_settings(SEARCH_URL=f"embedded://{folder}/index", MEDIA_ROOT=str(folder), STORAGES=on_disk)
    with places, django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
