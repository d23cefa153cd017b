"""A thread in every serving process that sends what waits. Off in commands and tests, which send themselves.

It wakes when this process has written a mail, and otherwise looks now and then for mails of others and for those whose pause is over.
It holds no state: whatever happens to it, the rows stay.
"""

import logging
from threading import Event
from time import monotonic

from django.db import close_old_connections, connections

from cms.following import Follower

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 60.0
FORGET_EVERY_SECONDS = 3600.0

# Set when this process has written mails that are committed.
written = Event()


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


follower = Follower("mail", "MAIL_WORKER", follow)
