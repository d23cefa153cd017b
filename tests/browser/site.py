"""The site as `make run` serves it, with the demo listings, in a folder of its own: once a test run, whatever the number of workers.

python -m tests.browser.site FOLDER OWNER      serves until the process OWNER has ended, however it ended
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from search.locks import file_lock

ROOT = Path(__file__).resolve().parent.parent.parent
# The demo is imported in twenty seconds, and much slower on a machine that does other things too.
LONGEST_START_SECONDS = 400.0
LOOK_EVERY_SECONDS = 0.5


def address_of_site(shared: Path, owner: int) -> str:
    """The site's address. The first who asks starts it; it ends with the process `owner`. Raises RuntimeError with the log's end."""
    with file_lock(shared / "site.lock", 2 * LONGEST_START_SECONDS):
        address = shared / "site.address"
        if not address.exists():
            address.write_text(_start(shared, owner))
        if not (url := address.read_text()):
            raise RuntimeError(f"The site did not start:\n{(shared / 'site.log').read_text()[-3000:]}")
        return url


def _start(shared: Path, owner: int) -> str:
    """The address, "" where the site does not answer in time."""
    port = _free_port()
    # Nothing of the tests' own settings: only what a shell has.
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    environment |= {"STATE_DIR": str(shared / "site"), "PORT": str(port)}
    with (shared / "site.log").open("wb") as log:
        command = [sys.executable, "-m", "tests.browser.site", str(shared / "site"), str(owner)]
        # A session of its own: an interrupt in the terminal reaches the tests first, and the site when they are gone.
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    url, deadline = f"http://127.0.0.1:{port}", time.monotonic() + LONGEST_START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if _answers(url):
            return url
        time.sleep(LOOK_EVERY_SECONDS)
    process.terminate()
    return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    """Whether the site is ready, and also knows what all offers mean: tests find the same at any time."""
    try:
        with urlopen(f"{url}/readyz", timeout=30) as answer:
            return not json.load(answer)["pending_meaning"]
    except (URLError, OSError):
        return False


def serve_for(owner: int, folder: Path) -> None:
    """Serve until the owner is gone or somebody ends this process; then leave nothing behind."""
    server = subprocess.Popen([sys.executable, "scripts/serve.py"], cwd=ROOT, start_new_session=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        while server.poll() is None and _lives(owner):
            time.sleep(LOOK_EVERY_SECONDS)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    serve_for(int(sys.argv[2]), Path(sys.argv[1]))
