"""Work that one process at a time does for a database, wherever the processes run."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Literal

from django.db import connection

from search.locks import LockBusy, file_lock

Work = Literal["outbox", "meaning"]
# Any numbers that nobody else uses for advisory locks of this database.
ADVISORY_LOCKS: dict[Work, int] = {"outbox": 0x5EA4C4, "meaning": 0x5EA4C5}


@contextmanager
def alone(work: Work, wait_seconds: float) -> Iterator[None]:
    """Do a work while nobody else does it. Raises LockBusy where somebody still does after so many seconds."""
    if connection.vendor == "postgresql":
        with _advisory_lock(work, wait_seconds):
            yield
        return
    with file_lock(_lock_path(work), wait_seconds):
        yield


def _lock_path(work: Work) -> Path:
    """Beside the database file; for a database in memory, which nobody shares, in the folder for temporary files."""
    name = str(connection.settings_dict["NAME"])
    if os.path.isabs(name):
        return Path(f"{name}.{work}-lock")
    return Path(tempfile.gettempdir()) / f"{work}-{os.getpid()}.lock"


@contextmanager
def _advisory_lock(work: Work, wait_seconds: float) -> Iterator[None]:
    deadline = monotonic() + wait_seconds
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCKS[work]])
            if cursor.fetchone()[0]:
                break
            if monotonic() >= deadline:
                raise LockBusy(work)
            sleep(0.05)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCKS[work]])
