"""Meanings for a corpus of any size: the first listings have their own, worked out by the site's encoder; of the others each has that of
one of these with the same first topic, and noise. That takes minutes where encoding 200,000 listings would take hours.

Noise of this length makes two listings after the same one about as alike as two real ones about one topic; the distances between topics
are real. Memory does not grow with the number of listings.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import numpy as np

from scripts.bench.progress import counted
from search.contract import OfferDocument
from search.semantics.encoder import Encoder
from search.semantics.kept import passage
from search.semantics.quantized import Matrix, pack

ENCODED = 2000
BATCH = 32
NOISE = 0.6  # its length, where a vector has length 1
NOISES = 1024


class Meanings:
    """`models`: the listings that are encoded. What is encoded is kept in `folder` for the next run."""

    def __init__(self, models: Sequence[OfferDocument], encoder: Encoder, folder: Path) -> None:
        texts = [passage(each.card.title, each.card.summary, each.description) for each in models]
        self._vectors = _encoded(texts, encoder, folder)
        self._own = {each.card.page_id: number for number, each in enumerate(models)}
        self._by_topic: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(models):
            self._by_topic[each.card.topics[0]].append(number)
        noises = np.random.default_rng(1).normal(size=(NOISES, encoder.dimensions)) * NOISE / np.sqrt(2 * encoder.dimensions)
        self._noises = noises.astype(np.float32)

    def with_meaning(self, document: OfferDocument) -> OfferDocument:
        """The same document every time."""
        number = self._own.get(document.card.page_id)
        if number is not None:
            return replace(document, vector=pack(self._vectors[number]))
        # Spread by the page id, as if drawn, without a generator for each.
        drawn = document.card.page_id * 0x9E3779B97F4A7C15 & (1 << 64) - 1
        like = self._by_topic.get(document.card.topics[0]) or range(len(self._vectors))
        noise = self._noises[drawn >> 54] + self._noises[drawn >> 44 & NOISES - 1]
        return replace(document, vector=pack(self._vectors[like[(drawn >> 8) % (1 << 32) % len(like)]] + noise))


def _encoded(texts: Sequence[str], encoder: Encoder, folder: Path) -> Matrix:
    key = blake2b("\n".join([encoder.name, *texts]).encode(), digest_size=8).hexdigest()
    file = folder / f"meanings-{key}.npy"
    if file.exists():
        kept: Matrix = np.load(file)
        return kept
    starts = counted(range(0, len(texts), BATCH), -(-len(texts) // BATCH), "Meaning, batches")
    made = np.concatenate([encoder.encode_listings(texts[start : start + BATCH]) for start in starts])
    folder.mkdir(parents=True, exist_ok=True)
    np.save(file, made)
    return made
