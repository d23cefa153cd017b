"""A thread in every serving process that follows a queue."""

import os
from collections.abc import Callable
from threading import Lock, Thread
from typing import Any

from django.conf import settings
from django.core.signals import request_started


class Follower:
    """Starts `work` in a thread, once a process, where the setting of that name is on. It is off in commands and tests."""

    def __init__(self, name: str, setting: str, work: Callable[[], None]) -> None:
        self.name, self._setting, self._work = name, setting, work
        self._lock = Lock()
        self._thread: Thread | None = None
        self._process = 0

    def start(self, **_signal: Any) -> None:
        """Start the thread; a forked process starts its own."""
        if not getattr(settings, self._setting) or self._runs():
            return
        with self._lock:
            if not self._runs():
                self._thread, self._process = Thread(target=self._work, name=self.name, daemon=True), os.getpid()
                self._thread.start()

    def start_with_first_request(self) -> None:
        request_started.connect(self.start, dispatch_uid=f"follower.{self.name}")

    def _runs(self) -> bool:
        return self._process == os.getpid() and self._thread is not None and self._thread.is_alive()
