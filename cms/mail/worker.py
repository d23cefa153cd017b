"""A thread in every serving process that sends what waits. Off in commands and tests, which send themselves.

It wakes when this process has written a mail, and otherwise looks now and then for mails of others and for those whose pause is over.
It holds no state: whatever happens to it, the rows stay.
"""

import logging
import os
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.db import close_old_connections, connections

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 60.0
FORGET_EVERY_SECONDS = 3600.0

# Set when this process has written mails that are committed.
written = Event()
_lock = Lock()
_thread: Thread | None = None
_process = 0


def start(**_signal: Any) -> None:
    """Start the thread, once a process; a forked process starts its own. Does nothing where MAIL_WORKER is off."""
    global _thread, _process
    if not settings.MAIL_WORKER:
        return
    if _process == os.getpid() and _thread is not None and _thread.is_alive():
        return
    with _lock:
        if _process == os.getpid() and _thread is not None and _thread.is_alive():
            return
        _thread, _process = Thread(target=follow, name="mail", daemon=True), os.getpid()
        _thread.start()


def start_with_first_request() -> None:
    request_started.connect(start, dispatch_uid="cms.mail.worker.start")


def follow(end: Event | None = None) -> None:
    """Work until the process ends, or until `end` is set and `written` wakes the thread."""
    from cms.mail import delivery

    pause, next_forget = LOOK_EVERY_SECONDS, 0.0
    while not (end and end.is_set()):
        written.wait(pause)
        # Cleared before the look: what is committed from here on wakes the next round.
        written.clear()
        try:
            close_old_connections()
            pause = _longer(pause) if delivery.send_due().unreachable else LOOK_EVERY_SECONDS
            if monotonic() >= next_forget:
                next_forget = monotonic() + FORGET_EVERY_SECONDS
                delivery.forget_old()
        except Exception:
            pause = _longer(pause)
            logger.exception("The mail queue cannot be followed; trying again in %.0f s", pause)
            connections.close_all()
        finally:
            close_old_connections()


def _longer(pause: float) -> float:
    return min(LONGEST_PAUSE_SECONDS, pause * 2)
