"""How far a long step is: a line that counts on a terminal, plain lines now and then elsewhere."""

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

Value = TypeVar("Value")
PLAIN_SECONDS, TERMINAL_SECONDS = 20.0, 0.2


def counted(values: Iterable[Value], total: int, label: str) -> Iterator[Value]:
    """The same values, counted on standard error."""
    terminal = sys.stderr.isatty()
    every = TERMINAL_SECONDS if terminal else PLAIN_SECONDS
    last = monotonic()
    for number, value in enumerate(values, 1):
        yield value
        if monotonic() - last >= every:
            last = monotonic()
            print(f"{label}: {number:,} of {total:,}", end="\r" if terminal else "\n", file=sys.stderr, flush=True)
    if terminal:
        print("\x1b[2K", end="\r", file=sys.stderr, flush=True)
