"""One process at a time: a lock on a file, given back by the system when its process dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockBusy(Exception):  # noqa: N818 - not a fault; somebody else is at work
    """Somebody else held the lock for the whole time."""


@contextmanager
def file_lock(path: Path, wait_seconds: float) -> Iterator[None]:
    """Hold an exclusive lock on the file; threads of one process exclude each other too. Raises LockBusy after the wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        deadline = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise LockBusy(str(path)) from None
                time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)
