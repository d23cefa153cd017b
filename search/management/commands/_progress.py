"""How far a long command is: one line that changes on a terminal, plain lines elsewhere."""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from django.core.management.base import OutputWrapper

Item = TypeVar("Item")
TERMINAL_SECONDS, PLAIN_SECONDS = 0.2, 10.0


def shown(items: Iterable[Item], out: OutputWrapper, text: str, total: int | None = None) -> Iterator[Item]:
    """The items, while `text` says how many have passed. Says the last number too."""
    terminal = out.isatty()
    of = f" / {total}" if total is not None else ""
    spoken, number = monotonic(), 0
    for number, item in enumerate(items, 1):
        yield item
        if monotonic() - spoken > (TERMINAL_SECONDS if terminal else PLAIN_SECONDS):
            spoken = monotonic()
            out.write(f"\r{text}: {number}{of} " if terminal else f"{text}: {number}{of}\n")
            out.flush()
    out.write(f"\r{text}: {number}{of} \n" if terminal else f"{text}: {number}{of}\n")
