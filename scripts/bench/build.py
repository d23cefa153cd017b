"""Builds the index of a corpus and draws the questions for it: python -m scripts.bench.build SIZE QUESTIONS FOLDER SEED

Writes FOLDER/build.json (figures) and FOLDER/questions.json. The index goes where SEARCH_URL says.
"""

import json
import resource
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import django

WARM_UP = 80
SAMPLE = 3000  # listings whose words and towns the questions take


def main(size: int, count: int, folder: Path, seed: int) -> None:
    django.setup()
    # Everything below needs Django's settings.
    from scripts.bench.corpus import Corpus
    from scripts.bench.progress import counted
    from scripts.bench.questions import Questions
    from scripts.bench.variety import Variety
    from search.contract import OfferDocument
    from search.engines import get_engine

    sample: list[OfferDocument] = []

    def sampled(documents: Iterable[OfferDocument]) -> Iterator[OfferDocument]:
        step = max(1, size // SAMPLE)
        for number, document in enumerate(documents):
            if number % step == 0:
                sample.append(document)
            yield document

    corpus, variety = Corpus(seed), Variety()
    began, worked = perf_counter(), process_time()
    get_engine().rebuild(counted(variety.passing(sampled(corpus.documents(size))), size, "Index"))
    seconds, cpu = perf_counter() - began, process_time() - worked
    questions = Questions(corpus, sample, seed)
    drawn: dict[str, Any] = {
        "warm_up": [asdict(each) for each in questions.draw(WARM_UP)],
        "asked": [asdict(each) for each in questions.draw(count)],
        "prefixes": questions.prefixes(count // 4),
        "keys": [document.card.key for document in sample[: count // 4]],
    }
    (folder / "questions.json").write_text(json.dumps(drawn))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {"seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1), "memory_mb": round(memory), "variety": variety.figures()}
    (folder / "build.json").write_text(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
