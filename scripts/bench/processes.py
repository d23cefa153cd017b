"""Processes of a run: each ends with it, also when somebody interrupts."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 10


# Whether an interrupt has to wait, and whether one does.
_holding = _waiting = False


class StepFailed(Exception):  # noqa: N818 - a step of the run, told to the person who started it
    """A process of the run ended with an error."""


def environment(state: Path, search_url: str, port: int) -> dict[str, str]:
    """What production asks for, for a site that nobody else reaches."""
    inherited = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV"}}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "scripts.bench.settings",
        "STATE_DIR": str(state),
        "SEARCH_URL": search_url,
        "SECRET_KEY": "for-one-benchmark-only-and-nowhere-else-0123456789abcdef",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "WARNING",
        "PORT": str(port),
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "0",
    }


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """What SIGINT and SIGTERM do: stop the run, but not between the start of a process and the note that it must be ended."""
    global _waiting
    if _holding:
        _waiting = True
    else:
        raise KeyboardInterrupt


@contextmanager
def uninterrupted() -> Iterator[None]:
    """An interrupt that comes in this block takes effect at its end."""
    global _holding, _waiting
    _holding = True
    try:
        yield
    finally:
        _holding = False
        if _waiting:
            _waiting = False
            raise KeyboardInterrupt


@contextmanager
def running(arguments: list[str], variables: Mapping[str, str], log: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Python with these arguments in the project's folder; ended with all its children when the block ends.

    What it says goes into the file `log`, or where ours goes.
    """
    with ExitStack() as stack:
        said = stack.enter_context(log.open("wb")) if log else None
        command = [sys.executable, *arguments]
        with uninterrupted():
            # A group of its own: an interrupt reaches this process only, which then ends the others in order.
            process = subprocess.Popen(command, cwd=ROOT, env=dict(variables), stdout=said, stderr=said, start_new_session=True)
            stack.callback(_end, process)
        yield process


def _end(process: subprocess.Popen[bytes]) -> None:
    with uninterrupted():
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    for wish in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        os.killpg(process.pid, wish)
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            continue


def run(arguments: list[str], variables: Mapping[str, str]) -> None:
    """As `running`, to its end. Raises StepFailed."""
    with running(arguments, variables) as process:
        if code := process.wait():
            raise StepFailed(f"{' '.join(arguments)} ended with {code}; its message stands above.")
