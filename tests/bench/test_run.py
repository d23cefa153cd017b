"""The benchmark itself, as `make bench` starts it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "bench.py"


def start(tmp_path, *arguments):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    variables = {**os.environ, "TMPDIR": str(temporary)}
    command = [sys.executable, str(SCRIPT), "--quick", "--output", str(tmp_path / "report"), *arguments]
    return subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True), temporary


def children_of(pid):
    """Process ids of the direct children."""
    return [int(each) for task in Path(f"/proc/{pid}/task").glob("*/children") for each in task.read_text().split()]


def test_a_quick_run_measures_engine_and_pages_and_leaves_only_its_report(tmp_path):
    process, temporary = start(tmp_path)
    output, _nothing = process.communicate(timeout=300)
    assert process.returncode == 0, output
    found = json.loads((tmp_path / "report" / "bench.json").read_text())["results"]["300"]
    assert found["engine"]["times"]["search"]["number"] == found["site"]["times"]["page"]["number"] == 60
    assert found["site"]["times"]["hello"]["number"] == 60
    assert found["site"]["failed"] == []
    assert 0 < found["site"]["queries_most"] <= 10
    assert found["site"]["cards"] > 0
    assert found["build"]["variety"]["distinct_descriptions"] == 1
    report = (tmp_path / "report" / "bench.md").read_text()
    assert report.strip() in output
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_an_interrupted_run_ends_its_processes_and_leaves_nothing(tmp_path):
    process, temporary = start(tmp_path)
    while process.poll() is None and not (children := children_of(process.pid)):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    output, _nothing = process.communicate(timeout=60)
    assert process.returncode == 130, output
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "report").exists()
