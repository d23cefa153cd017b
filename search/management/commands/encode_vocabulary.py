"""Make the vectors of the bundled phrases, which come with the code: minutes of work that nobody waits for at a first start.

To be run and committed when the phrases in search/vocabulary/ have changed; `--fit` also fits the projection of the bundled encoder anew,
after which all listings must be encoded again (give the encoder another NAME).
"""

from argparse import ArgumentParser
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from search.semantics.bank import BUNDLED_VECTORS, key_of, shipped
from search.semantics.bundled import E5_DIMENSIONS, PROJECTION, USE_DIMENSIONS, BundledEncoder
from search.semantics.quantized import Matrix, pack
from search.vocabulary import Overlay, Vocabulary

FITTED_TO = 4000
BATCH = 256


class Command(BaseCommand):
    help = "Makes the vectors of the bundled phrases (search/semantics/data/), for developers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fit", action="store_true", help="fit the projection anew")

    def handle(self, *args: Any, **options: Any) -> None:
        encoder = BundledEncoder()
        situations = Vocabulary(Overlay()).situations
        texts = list(dict.fromkeys(text for each in situations for text in (*each.phrases, ", ".join(each.words))))
        if options["fit"]:
            self._fit(encoder, [text for each in situations for text in each.phrases])
        elif not PROJECTION.exists():
            raise CommandError("There is no projection yet. Run encode_vocabulary --fit.")
        known = {} if options["fit"] else dict(shipped(encoder))
        missing = [text for text in texts if key_of(text) not in known]
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            known |= {key_of(text): pack(vector) for text, vector in zip(batch, encoder.encode_questions(batch), strict=True)}
            self.stdout.write(f"{min(start + BATCH, len(missing))} of {len(missing)} texts")
        keys = sorted({key_of(text) for text in texts})
        np.savez(
            BUNDLED_VECTORS,
            encoder=np.array(encoder.name),
            keys=np.array([np.frombuffer(key, dtype=np.uint8) for key in keys]),
            vectors=np.array([np.frombuffer(known[key], dtype=np.int8) for key in keys]),
        )
        self.stdout.write(self.style.SUCCESS(f"{len(keys)} vectors in {BUNDLED_VECTORS.name}"))

    def _fit(self, encoder: BundledEncoder, texts: list[str]) -> None:
        chosen = np.random.default_rng(0).choice(len(texts), min(FITTED_TO, len(texts)), replace=False)
        e5, use = encoder.raw([texts[number] for number in chosen], is_question=True)
        PROJECTION.parent.mkdir(exist_ok=True)
        e5_middle, e5_directions = _main_directions(e5, E5_DIMENSIONS)
        use_middle, use_directions = _main_directions(use, USE_DIMENSIONS)
        np.savez(PROJECTION, e5_middle=e5_middle, e5_directions=e5_directions, use_middle=use_middle, use_directions=use_directions)


def _main_directions(vectors: Matrix, number: int) -> tuple[np.ndarray, np.ndarray]:
    """The middle, and the directions in which the vectors differ most, a column each (principal components)."""
    middle = vectors.mean(axis=0)
    _left, _sizes, right = np.linalg.svd(vectors - middle, full_matrices=False)
    return middle.astype(np.float16), right[:number].T.astype(np.float16)
