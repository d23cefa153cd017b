"""The application server: two processes with four threads each serve a district; more processes serve more."""

import gc
import os
from typing import Any

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
# The index is mapped into memory after the fork, by each process for itself.
preload_app = False
# Heartbeats of the processes must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
timeout = 60
graceful_timeout = 20
keepalive = 5
accesslog = "-" if os.environ.get("ACCESS_LOG") else None
errorlog = "-"
# Its default is one socket a user in the home folder: two sites on a machine would share it.
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Follow outbox and mail queue from the start, not only from the first visit: what an earlier process left is then done.

    What was loaded until here stays for good; kept out of garbage collection it no longer costs a visitor 150 ms now and then.
    """
    from cms.mail import worker as mail
    from search import worker as search

    search.follower.start()
    mail.follower.start()
    gc.collect()
    gc.freeze()
    # A page makes some ten thousand objects and keeps none: looking for rings among them after every 700 costs it a twentieth of its time.
    gc.set_threshold(50_000, 20, 50)
