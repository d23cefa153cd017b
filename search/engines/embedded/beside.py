"""Threads for what one question asks of the index at the same time: Tantivy lets go of the interpreter while it works."""

import os
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import cache

# A question needs one beside its own; with more questions than that at once, they wait for each other as they would without.
THREADS = 4


def beside() -> Executor:
    """The threads of this process: one that was forked has none of its parent's."""
    return _threads(os.getpid())


@cache
def _threads(_process: int) -> Executor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="search")
