"""What a run found, as a table for people and as JSON for later comparison."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from scripts.bench.figures import Times

Results = Mapping[str, Mapping[str, Any]]
Row = tuple[str, ...]


def plain(value: Any) -> Any:
    """For JSON: Times as their figures."""
    if isinstance(value, Times):
        return {name: getattr(value, name) for name in Times.__slots__}
    raise TypeError(type(value))


def machine() -> str:
    """What ran it, and how many processes wanted to at the end (the load of the last minute)."""
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    return f"{cores} cores ({model}), load {load:.1f}, Python {platform.python_version()}, {platform.system()}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


def markdown(results: Results, machine_line: str) -> str:
    """The report: a column a corpus."""
    head = ["", *(f"{each['listings']:,} {each['on']}" for each in results.values())]
    parts = [f"# Benchmark of {datetime.now():%Y-%m-%d %H:%M}", machine_line, _about_meaning(results), *_table(head, _rows(results)), ""]
    embedded = [each for each in results.values() if each["on"] == "embedded"]
    if len(embedded) > 1:
        first, last = embedded[0], embedded[-1]
        for label, part, name in (
            ("`/suche/`", "site", "page"),
            ("`/suche/` with 20 hits", "site", "full page"),
            ("`/suche/`, processor only", "site", "page cpu"),
            ("engine", "engine", "search"),
            ("engine, processor only", "engine", "search cpu"),
        ):
            growth = _p95(last, part, name) / max(_p95(first, part, name), 0.001)
            parts.append(f"- p95 of {label}, {last['listings']:,} against {first['listings']:,} listings: × {growth:.2f}")
        parts.append("")
    for result in results.values():
        parts += [f"## Kinds of questions at {result['listings']:,} listings, {result['on']}, p50 / p95 in ms", ""]
        engine, site = result["engine"]["kinds"], result["site"]["kinds"]
        rows = [(kind, str(row["number"]), _pair(row), _pair(site[kind])) for kind, row in engine.items()]
        parts += [*_table(["kind", "asked", "engine", "`/suche/`"], rows), ""]
        parts += [
            "Slowest for the engine: "
            + "; ".join(f"{time:.1f} ms `{query or '(all)'}`" for time, query in result["engine"]["slowest"][:5]),
            "",
        ]
    return "\n".join(parts)


def _about_meaning(results: Results) -> str:
    encoded = max(each["build"]["encoded"] for each in results.values())
    if not encoded:
        return "SEARCH_SEMANTICS is off: nothing is found by its meaning.\n"
    return f"Vectors: those of {encoded:,} encoded listings; the further listings have theirs from these, with noise.\n"


def _rows(results: Results) -> list[Row]:
    def row(label: str, text: Any) -> Row:
        return (label, *(text(result) for result in results.values()))

    def times(label: str, part: str, name: str) -> list[Row]:
        return [
            row(f"{label}, p50 / p95 / most (ms)", lambda result: _triple(result[part]["times"][name])),
        ]

    return [
        *times("engine, words alone", "engine", "search"),
        *times("engine, words alone, processor only", "engine", "search cpu"),
        *times("engine, words alone, the same question again", "engine", "search again"),
        *times("engine, words and meaning", "engine", "meaning"),
        *times("engine, words and meaning, processor only", "engine", "meaning cpu"),
        *times("what Elasticsearch says of it", "engine", "meaning took"),
        *times("a question encoded, its situations recognised", "engine", "encoding"),
        *times("question encoded and engine", "engine", "whole"),
        *times("question encoded and engine, processor only", "engine", "whole cpu"),
        *times("map of a question", "engine", "map"),
        *times("offers suggested while typing", "engine", "suggestions"),
        *times("`/api/v1/suggest`, all suggestions", "site", "suggestions"),
        *times("`/api/v1/suggest`, processor only", "site", "suggestions cpu"),
        *times("offers like this one", "engine", "similar"),
        *times("`/suche/`", "site", "page"),
        *times("`/suche/` with 20 hits", "site", "full page"),
        *times("`/suche/`, processor only", "site", "page cpu"),
        *times("`/suche/`: what Elasticsearch says of it", "site", "page took"),
        *times("`/suche/` without that", "site", "page without took"),
        *times("hello", "site", "hello"),
        *times("hello, processor only", "site", "hello cpu"),
        row("SQL queries of `/suche/`, mean / most", lambda result: f"{result['site']['queries_mean']} / {result['site']['queries_most']}"),
        row(
            "`/suche/`, kB compressed, mean / most",
            lambda result: f"{result['site']['bytes_mean'] / 1000:.1f} / {result['site']['bytes_most'] / 1000:.1f}",
        ),
        row("hits shown, mean", lambda result: str(result["site"]["cards"])),
        row("hits in all, median", lambda result: f"{result['engine']['found_median']:,}"),
        row("nothing found", lambda result: f"{result['engine']['found_nothing']:.0%}"),
        row("words asked before in the run", lambda result: f"{result['engine']['words_before']:.0%}"),
        row("place and radius asked before", lambda result: f"{result['engine']['places_before']:.0%}"),
        row("index: made in s / processor only", lambda result: f"{result['build']['seconds']} / {result['build']['cpu_seconds']}"),
        row("index: listings a second, documents made before", lambda result: f"{result['build']['a_second']:,}"),
        row("index: making the documents, s", lambda result: str(result["build"]["making_seconds"])),
        row("index: MB on disk", lambda result: str(result["build"]["disk_mb"])),
        row(
            "memory before building / building / asking, MB",
            lambda result: f"{result['build']['memory_before_mb']} / {result['build']['memory_mb']} / {result['engine']['memory_mb']}",
        ),
        row(
            "distinct titles / descriptions",
            lambda result: "{distinct_titles:.1%} / {distinct_descriptions:.1%}".format(**result["build"]["variety"]),
        ),
        row("words: different / a listing", lambda result: "{vocabulary:,} / {words_each:.0f}".format(**result["build"]["variety"])),
        row("towns", lambda result: f"{result['build']['variety']['towns']:,}"),
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table that reads well as plain text too."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [[*head], ["-" * width for width in widths], *rows]
    return [
        "| "
        + " | ".join(
            cell.rjust(width) if number else cell.ljust(width) for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        + " |"
        for line in lines
    ]


def _p95(result: Mapping[str, Any], part: str, name: str) -> float:
    return float(result[part]["times"][name]["p95"])


def _pair(times: Mapping[str, float]) -> str:
    return f"{times['p50']:.1f} / {times['p95']:.1f}"


def _triple(times: Mapping[str, float]) -> str:
    return f"{times['p50']:.2f} / {times['p95']:.2f} / {times['most']:.1f}" if times["number"] else "–"


def write(results: Results, folder: Path) -> str:
    """Writes bench.md and bench.json; returns the Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    line = machine()
    text = markdown(results, line)
    (folder / "bench.md").write_text(text)
    facts = {"at": datetime.now().isoformat(timespec="seconds"), "machine": line, "results": dict(results)}
    (folder / "bench.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False))
    return text
