"""Builds the index of a corpus and draws the questions for it: python -m scripts.bench.build SIZE QUESTIONS FOLDER SEED KEPT

Writes FOLDER/build.json (figures) and FOLDER/questions.json; KEPT is where encoded texts stay. The index goes where SEARCH_URL says. Its
documents are made while it is built, as from a database; that time is told apart.
"""

import json
import resource
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import django

WARM_UP = 80
SAMPLE = 3000  # listings whose words and towns the questions take


def main(size: int, count: int, folder: Path, seed: int, kept: Path) -> None:
    django.setup()
    # Everything below needs Django's settings.
    from scripts.bench.corpus import Corpus
    from scripts.bench.meanings import ENCODED, Meanings
    from scripts.bench.progress import counted
    from scripts.bench.questions import Questions
    from scripts.bench.variety import Variety
    from search.contract import OfferDocument
    from search.engines import get_engine
    from search.semantics.encoder import get_encoder

    sample: list[OfferDocument] = []
    making = 0.0

    def made(documents: Iterator[OfferDocument]) -> Iterator[OfferDocument]:
        """The documents as they are made; the time for that is no time of the index."""
        nonlocal making
        step = max(1, size // SAMPLE)
        for number in range(size):
            began = perf_counter()
            document = meanings.with_meaning(next(documents)) if meanings else next(documents)
            making += perf_counter() - began
            if number % step == 0:
                sample.append(document)
            yield document

    corpus, engine, encoder = Corpus(seed), get_engine(), get_encoder()
    models = list(Corpus(seed).documents(min(size, ENCODED)))
    meanings = Meanings(models, encoder, kept) if encoder else None
    before = peak_memory()
    began, worked = perf_counter(), process_time()
    engine.rebuild(counted(made(corpus.documents(size)), size, "Index"))
    seconds, cpu, memory = perf_counter() - began, process_time() - worked, peak_memory()
    questions = Questions(corpus, sample, seed)
    drawn: dict[str, Any] = {
        "warm_up": [asdict(each) for each in questions.draw(WARM_UP)],
        "asked": [asdict(each) for each in questions.draw(count)],
        "prefixes": questions.prefixes(count // 4),
        "keys": [document.card.key for document in sample[: count // 4]],
    }
    (folder / "questions.json").write_text(json.dumps(drawn))
    # Once more, since what it remembers grows with the corpus.
    variety = Variety()
    for document in counted(Corpus(seed).documents(size), size, "Variety"):
        variety.count(document)
    figures = {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "making_seconds": round(making, 1),
        "a_second": round(size / (seconds - making)),
        "memory_mb": round(memory),
        "memory_before_mb": round(before),
        "encoded": len(models) if encoder else 0,
        "variety": variety.figures(),
    }
    (folder / "build.json").write_text(json.dumps(figures))


def peak_memory() -> float:
    """The most that the process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
