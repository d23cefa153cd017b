"""make bench: how long families wait, with 300 and with 200,000 listings, on the embedded engine and on Elasticsearch.

Each corpus gets its own index, a process that times the engine alone, and the real server that is asked over HTTP. Everything lies in a
temporary folder and is gone afterwards; the report and the encoded texts stay in build/bench/. Elasticsearch is the server that
ELASTICSEARCH_TEST_URL names, or one that scripts/elasticsearch.sh starts; the index on it is gone afterwards too.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
# The script's own folder comes first on the path, where `bench` would be this file.
sys.path[0] = str(ROOT)

from scripts.bench import report, site  # noqa: E402
from scripts.bench.processes import StepFailed, environment, interrupt, run  # noqa: E402

SIZES, SERVER_SIZES = (300, 20_000, 200_000), (20_000, 200_000)
QUESTIONS, QUICK_QUESTIONS = 1000, 60
SEED = 7141


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_numbers, help="listings of each corpus, by comma (300,20000,200000)")
    parser.add_argument("--server-sizes", type=_numbers, help="of these also on Elasticsearch (20000,200000); 0 for none")
    parser.add_argument("--questions", type=int, help=f"different questions for each corpus ({QUESTIONS})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"another seed gives other listings and questions ({SEED})")
    parser.add_argument("--quick", action="store_true", help=f"300 listings and {QUICK_QUESTIONS} questions: whether everything works")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "bench", help="folder of the report (build/bench)")
    chosen = parser.parse_args()
    chosen.sizes = chosen.sizes or ((300,) if chosen.quick else SIZES)
    chosen.server_sizes = chosen.server_sizes or (() if chosen.quick or chosen.sizes != SIZES else SERVER_SIZES)
    chosen.questions = chosen.questions or (QUICK_QUESTIONS if chosen.quick else QUESTIONS)
    return chosen


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part.replace("_", "")) for part in text.split(","))


def main() -> int:
    chosen = arguments()
    # Also where a shell started this in the background, which would otherwise not hear Ctrl-C.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            results = measure_all(chosen, Path(folder))
    except KeyboardInterrupt:
        print("\nStopped; nothing is left behind.", file=sys.stderr)
        return 130
    except StepFailed as error:
        print(error, file=sys.stderr)
        return 1
    print("\n" + report.write(results, chosen.output))
    failed = [each for result in results.values() for each in result["site"]["failed"]]
    for status, query in failed[:10]:
        print(f"{status} for /suche/?{query}", file=sys.stderr)
    return 1 if failed else 0


def measure_all(chosen: argparse.Namespace, state: Path) -> report.Results:
    say("Database and static files …")
    run(["-m", "scripts.bench.prepare"], environment(state, f"embedded://{state / 'none'}", free_port()))
    results = {str(size): measure(size, f"embedded://{state / 'index'}", chosen, state) for size in chosen.sizes}
    sizes = [size for size in chosen.server_sizes if size]
    if sizes and (server := elasticsearch()):
        for size in sizes:
            url = f"{server}/bench-{uuid4().hex}?replicas=0"
            try:
                results[f"{size} on Elasticsearch"] = measure(size, url, chosen, state)
            finally:
                run(["-m", "scripts.bench.remove"], environment(state, url, free_port()))
    return results


def elasticsearch() -> str:
    """The address of a server, "" where none can be had; what is missing is then said."""
    if url := os.environ.get("ELASTICSEARCH_TEST_URL", "").rstrip("/"):
        return url
    say("Elasticsearch …")
    asked = subprocess.run([ROOT / "scripts" / "elasticsearch.sh", "env"], stdout=subprocess.PIPE, text=True, check=False)
    lines = (line.partition("ELASTICSEARCH_TEST_URL=")[2] for line in asked.stdout.splitlines())
    url = next(filter(None, lines), "").strip("'\"")
    if not url:
        say("Elasticsearch is not measured: none answers, and none could be started.")
    return url


def measure(size: int, search_url: str, chosen: argparse.Namespace, state: Path) -> dict[str, Any]:
    """Everything about one corpus on one engine; its folder is gone afterwards."""
    folder, port = state / "corpus", free_port()
    folder.mkdir()
    variables = environment(state, search_url, port)
    engine = "embedded" if search_url.startswith("embedded:") else "Elasticsearch"
    say(f"{size:,} listings, {engine}: index …")
    arguments = [str(size), str(chosen.questions), str(folder), str(chosen.seed), str(chosen.output.resolve())]
    run(["-m", "scripts.bench.build", *arguments], variables)
    index = state / "index"
    result = {"listings": size, "on": engine, "build": read(folder / "build.json")}
    result["build"]["disk_mb"] = round(sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) / 1e6, 1)
    say(f"{size:,} listings, {engine}: engine …")
    run(["-m", "scripts.bench.engine", str(folder)], variables)
    result["engine"] = read(folder / "engine.json")
    say(f"{size:,} listings, {engine}: pages …")
    with site.serving(variables, port, folder / "server.log") as client:
        measured = site.measure(client, read(folder / "questions.json"), result["engine"].pop("hits"))
    result["site"] = json.loads(json.dumps(measured, default=report.plain))
    shutil.rmtree(folder)
    shutil.rmtree(index, ignore_errors=True)
    return result


def read(file: Path) -> Any:
    return json.loads(file.read_text())


def say(text: str) -> None:
    print(f"[{monotonic() - BEGAN:6.1f} s] {text}", flush=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


BEGAN = monotonic()

if __name__ == "__main__":
    sys.exit(main())
