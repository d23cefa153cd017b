"""What settings can break is said; what should run once runs once."""

import threading

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from search import worker
from search.contract import IndexUnavailable, SearchRequest
from search.engines import get_engine
from search.health import readiness
from search.locks import LockBusy, file_lock


@pytest.mark.parametrize("url", ["redis://localhost/1", "", "embedded:var/index", "embedded://relative/index", "embedded:///"])
def test_an_address_that_names_no_engine_says_what_to_set(settings, url):
    settings.SEARCH_URL = url
    with pytest.raises(ImproperlyConfigured, match="embedded:///"):
        get_engine()
    assert [fault.id for fault in run_checks() if fault.id.startswith("search.")] == ["search.E001"]


def test_one_address_is_one_engine(settings, tmp_path):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    first = get_engine()
    assert get_engine() is first
    settings.SEARCH_URL = f"embedded://{tmp_path}/other"
    assert get_engine() is not first


@pytest.mark.django_db
def test_a_new_site_is_ready_and_one_with_a_damaged_index_is_not(settings, tmp_path):
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    assert readiness() == {"ready": True, "database": True, "index": True, "pending": 0, "pending_meaning": 0}
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "current").write_text("{")
    assert readiness() == {"ready": False, "database": True, "index": False, "pending": 0, "pending_meaning": 0}


def test_a_folder_that_cannot_be_written_is_named(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.SEARCH_URL = f"embedded://{tmp_path}/file/index"
    with pytest.raises(IndexUnavailable, match="file/index"):
        get_engine().write([], deleted=[1])
    with pytest.raises(IndexUnavailable):
        get_engine().search(SearchRequest(now=timezone.now()))


def test_without_the_setting_no_thread_starts(settings):
    settings.SEARCH_WORKER = False
    worker.follower.start()
    assert "search-outbox" not in {thread.name for thread in threading.enumerate()}


def test_a_lock_is_held_by_one_and_given_back(tmp_path):
    with file_lock(tmp_path / "lock", 1.0), pytest.raises(LockBusy), file_lock(tmp_path / "lock", 0.05):
        pass
    with file_lock(tmp_path / "lock", 0.05):
        pass
