"""Which situations of families a question tells of: those whose phrases lie nearest to it.

Vectors of the bundled phrases come with the code (data/phrases.npz, made by the command encode_vocabulary); those of phrases that editors
add are made when the bank is built, as is everything for an encoder of one's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from search import vocabulary
from search.semantics.encoder import Encoder
from search.semantics.quantized import Matrix, pack, unit, unpack_rows
from search.vocabulary import Situation, Vocabulary

BUNDLED_VECTORS = Path(__file__).parent / "data" / "phrases.npz"
PAIRS_MEASURED = 4000


@dataclass(frozen=True, eq=False)
class Bank:
    """All phrases of a vocabulary as vectors. Rows of `phrases` belong to the situations numbered in `owners`.

    `usual` and `spread` are mean and standard deviation of the cosine between phrases of any kind: the yardstick of trust, whatever the
    encoder. `words` has a row for what listings call the help in each situation, `background` one for the middle of its phrases.
    """

    situations: tuple[Situation, ...]
    phrases: Matrix
    owners: NDArray[np.intp]
    words: Matrix
    background: Matrix
    usual: float
    spread: float

    def recognise(self, question: Matrix, most: int) -> list[tuple[int, float]]:
        """The situations that a question tells of most surely: their numbers, and the trust in standard deviations."""
        if not len(self.owners):
            return []
        likeness = np.maximum.reduceat(self.phrases @ question, self._starts)
        best = np.argsort(-likeness, kind="stable")[:most]
        return [(int(number), float(likeness[number] - self.usual) / self.spread) for number in best]

    @cached_property
    def _starts(self) -> NDArray[np.intp]:
        return np.searchsorted(self.owners, np.arange(len(self.situations)))


def build_bank(encoder: Encoder, of: Vocabulary | None = None, known: dict[bytes, bytes] | None = None) -> Bank:
    """Encode what is not known yet; `known`: packed vectors by `key_of`."""
    situations = tuple(each for each in (of or vocabulary.current()).situations if each.phrases)
    texts = [text for each in situations for text in (*each.phrases, ", ".join(each.words))]
    vectors = dict(zip(texts, encoded(encoder, texts, shipped(encoder) if known is None else known), strict=True))
    phrases = np.array([vectors[text] for each in situations for text in each.phrases]).reshape(-1, encoder.dimensions)
    owners = np.repeat(np.arange(len(situations)), [len(each.phrases) for each in situations])
    words = np.array([vectors[", ".join(each.words)] for each in situations]).reshape(-1, encoder.dimensions)
    background = unit(
        np.array([phrases[owners == number].mean(axis=0) for number in range(len(situations))]).reshape(-1, encoder.dimensions)
    )
    usual, spread = _usual(phrases)
    return Bank(situations, phrases.astype(np.float32), owners, words.astype(np.float32), background, usual, spread)


def _usual(phrases: Matrix) -> tuple[float, float]:
    if len(phrases) < 2:
        return 0.0, 1.0
    chosen = np.random.default_rng(1).integers(0, len(phrases), (2, PAIRS_MEASURED))
    cosines = (phrases[chosen[0]] * phrases[chosen[1]]).sum(axis=1)
    return float(cosines.mean()), float(cosines.std()) or 1.0


def encoded(encoder: Encoder, texts: Sequence[str], known: dict[bytes, bytes]) -> Matrix:
    """A vector a text; those that are not known are worked out."""
    keys = [key_of(text) for text in texts]
    missing = list(dict.fromkeys(text for text, key in zip(texts, keys, strict=True) if key not in known))
    if missing:
        made = encoder.encode_questions(missing)
        known = known | {key_of(text): pack(vector) for text, vector in zip(missing, made, strict=True)}
    if not texts:
        return np.empty((0, encoder.dimensions), dtype=np.float32)
    return unpack_rows(np.frombuffer(b"".join(known[key] for key in keys), dtype=np.int8).reshape(len(texts), encoder.dimensions))


def key_of(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()


@lru_cache(maxsize=1)
def shipped(encoder: Encoder) -> dict[bytes, bytes]:
    """The packed vectors that come with the code, by key; none for an encoder that did not make them."""
    if not BUNDLED_VECTORS.exists():
        return {}
    with np.load(BUNDLED_VECTORS) as data:
        if str(data["encoder"]) != encoder.name:
            return {}
        return {bytes(key): bytes(vector) for key, vector in zip(data["keys"], data["vectors"], strict=True)}


_lock = Lock()
_built: tuple[Vocabulary, Encoder, Bank] | None = None


def current_bank(encoder: Encoder) -> Bank:
    """The bank of what holds now; built again when somebody has changed a situation."""
    global _built
    of, built = vocabulary.current(), _built
    if built and built[0] is of and built[1] is encoder:
        return built[2]
    with _lock:
        if _built is None or _built[0] is not of or _built[1] is not encoder:
            known = shipped(encoder)
            if _built and _built[1] is encoder:
                known = known | _known(_built[2])
            _built = (of, encoder, build_bank(encoder, of, known))
        return _built[2]


def _known(bank: Bank) -> dict[bytes, bytes]:
    texts = [text for each in bank.situations for text in each.phrases]
    return {key_of(text): pack(vector) for text, vector in zip(texts, bank.phrases, strict=True)}
