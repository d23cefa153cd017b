"""A thread in every serving process that follows the outbox, so that a publication is found within a second.

It wakes when this process has committed a change, and otherwise looks twice a second for changes of others. It holds no state: whatever
happens to it, the rows stay until some worker or `drain_index` has done them.
"""

import logging
from time import monotonic

from django.db import close_old_connections, connections

from cms.following import Follower
from search import outbox, vocabulary
from search.contract import IndexUnavailable
from search.editing import vocabulary_store
from search.suggestions import phrases
from search.warming import warm

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 0.5
STALE_EVERY_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 30.0
# Another worker that is at work does this one's rows too; the next look is soon enough.
WAIT_FOR_OTHERS_SECONDS = 0.0


def follow() -> None:
    """Work until the process ends."""
    pause, next_stale, warmed = LOOK_EVERY_SECONDS, 0.0, False
    fingerprint = vocabulary.current().fingerprint
    while True:
        outbox.changed.wait(pause)
        # Cleared before the look: what is committed from here on wakes the next round.
        outbox.changed.clear()
        try:
            close_old_connections()
            # Before any document is made: an index must not be made with words that others know to be old.
            vocabulary_store.refresh()
            # Here nobody waits for it.
            if not warmed:
                warmed = True
                warm()
            phrases.prepare()
            if vocabulary.current().fingerprint != fingerprint:
                # New constituents: the index is made anew at once. And other words: what was worked out of them is too.
                fingerprint, next_stale, warmed = vocabulary.current().fingerprint, 0.0, False
            if monotonic() >= next_stale:
                next_stale = monotonic() + STALE_EVERY_SECONDS
                outbox.drain(wait_seconds=WAIT_FOR_OTHERS_SECONDS)
                outbox.enqueue_stale()
            if outbox.pending():
                outbox.drain(wait_seconds=WAIT_FOR_OTHERS_SECONDS)
            # Words first, meaning after: what is encoded comes into the index with the next round.
            pause = 0.0 if outbox.encode_some() else LOOK_EVERY_SECONDS
        except IndexUnavailable as error:
            pause = _longer(pause)
            logger.warning("The index does not answer; trying again in %.0f s: %s", pause, error)
        except Exception:
            pause = _longer(pause)
            logger.exception("The outbox cannot be followed; trying again in %.0f s", pause)
            connections.close_all()
        finally:
            close_old_connections()


def _longer(pause: float) -> float:
    return min(LONGEST_PAUSE_SECONDS, max(1.0, pause * 2))


follower = Follower("search-outbox", "SEARCH_WORKER", follow)
