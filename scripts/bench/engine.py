"""Times the engine alone, in a process of its own: python -m scripts.bench.engine FOLDER

Reads FOLDER/questions.json, writes FOLDER/engine.json. Every question is asked once by its words alone, then the last of them again; then
those with words once more with their meaning, by an engine that remembers nothing of before.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

import django

from scripts.bench import took
from scripts.bench.figures import Times, by_kind

Value = TypeVar("Value")
SLOWEST = 8
REMEMBERED = 200


def timed(values: Iterable[Value], ask: Callable[[Value], Any]) -> list[float]:
    """Milliseconds for each."""
    return [wall for wall, _cpu in clocked(values, ask)]


def clocked(values: Iterable[Value], ask: Callable[[Value], Any]) -> list[tuple[float, float]]:
    """Milliseconds on the wall and of the processor for each; on a busy machine the second tells the work from the waiting."""
    found = []
    for value in values:
        began, worked = perf_counter(), process_time()
        ask(value)
        found.append(((perf_counter() - began) * 1000, (process_time() - worked) * 1000))
    return found


def main(folder: Path) -> None:
    django.setup()
    from django.conf import settings
    from django.http import QueryDict

    from offers.models import Topic
    from search.contract import Box, SearchRequest
    from search.engines import engine_at
    from search.meaning import meaning_of
    from search.question import understand

    questions = json.loads((folder / "questions.json").read_text())
    topics = list(Topic.objects.all())
    engine = engine_at(settings.SEARCH_URL)
    took.listen()

    def requests(name: str) -> list[SearchRequest]:
        """With meaning, where there are words."""
        return [understand(QueryDict(each["query"]), topics).request for each in questions[name]]

    def by_words(of: Iterable[SearchRequest]) -> list[SearchRequest]:
        return [replace(request, meaning=None) for request in of]

    def window(request: SearchRequest) -> tuple[SearchRequest, Box, int]:
        """What the map shows: the circle, or all of the country."""
        circle = request.circle
        if circle is None or circle.radius_km is None:
            return request, Box(47.2, 5.8, 55.1, 15.1), 6
        high, wide = circle.radius_km / 111, circle.radius_km / 70
        south, west = circle.latitude - high, circle.longitude - wide
        return request, Box(south, west, circle.latitude + high, circle.longitude + wide), 11

    warm_up = requests("warm_up")
    # Before anything keeps them: what it takes to understand the meaning of what somebody types.
    texts = [text for each in questions["asked"] if (text := QueryDict(each["query"]).get("q"))]
    encoding, encoding_cpu = map(list, zip(*clocked(texts, meaning_of), strict=True))
    with_meaning = requests("asked")
    asked = by_words(with_meaning)
    for request in by_words(warm_up):
        engine.search(request)
    first, first_cpu = map(list, zip(*clocked(asked, engine.search), strict=True))
    kinds = [each["kind"] for each in questions["asked"]]
    slowest = sorted(zip(first, (each["query"] for each in questions["asked"]), strict=True), reverse=True)[:SLOWEST]
    # More than these the engine does not remember.
    again = timed(asked[-REMEMBERED:], engine.search)
    responses = [engine.search(request) for request in asked]
    engine_at.cache_clear()
    engine = engine_at(settings.SEARCH_URL)
    for request in warm_up:
        engine.search(request)
    meant, meant_cpu, said = [], [], []
    for request in with_meaning:
        if request.meaning:
            took.forget()
            ((wall, cpu),) = clocked([request], engine.search)
            meant.append(wall)
            meant_cpu.append(cpu)
            said.append(float(took.taken()))
    now = asked[0].now
    figures = {
        "search": Times.of(first),
        "search cpu": Times.of(first_cpu),
        "search again": Times.of(again),
        "encoding": Times.of(encoding),
        "encoding cpu": Times.of(encoding_cpu),
        "meaning": Times.of(meant),
        "meaning cpu": Times.of(meant_cpu),
        "meaning took": Times.of(said),
        "whole": Times.of([engine + words for engine, words in zip(meant, encoding, strict=True)]),
        "whole cpu": Times.of([engine + words for engine, words in zip(meant_cpu, encoding_cpu, strict=True)]),
        "map": Times.of(timed(map(window, asked), lambda row: engine.clusters(*row))),
        "suggestions": Times.of(timed(questions["prefixes"], lambda prefix: engine.complete(prefix, 5))),
        "similar": Times.of(timed(questions["keys"], lambda key: engine.similar(key, None, now, 4))),
    }
    report = {
        "times": figures,
        "kinds": by_kind(kinds, first),
        "slowest": slowest,
        "found_nothing": sum(1 for each in responses if not each.total) / len(responses),
        "found_median": sorted(each.total for each in responses)[len(responses) // 2],
        "hits": [len(each.hits) for each in responses],
        "words_before": _repeated([request.text for request in asked if request.text]),
        "places_before": _repeated([request.circle for request in asked if request.circle]),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    (folder / "engine.json").write_text(json.dumps(report, default=_plain))


def _repeated(values: list[Any]) -> float:
    """Share of the questions whose words, or place and radius, somebody asked before in this run."""
    return 1 - len(set(values)) / len(values) if values else 0.0


def _plain(times: Times) -> dict[str, float]:
    return {name: getattr(times, name) for name in Times.__slots__}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
