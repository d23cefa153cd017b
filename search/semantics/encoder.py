"""From texts to vectors in which texts of like meaning lie near each other, whatever their language.

SEARCH_SEMANTICS names the encoder: `bundled` (two models that come inside their packages), a folder with a model of one's own, or `off`.
"""

from collections.abc import Hashable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

from search.semantics.quantized import Matrix

BUNDLED, OFF = "bundled", "off"


class Encoder(Hashable, Protocol):
    """Works offline, for any number of threads. Vectors of encoders with different names cannot be compared."""

    name: str
    dimensions: int

    def encode_questions(self, texts: Sequence[str]) -> Matrix:
        """A vector of length 1 a text, for what people type."""

    def encode_listings(self, texts: Sequence[str]) -> Matrix:
        """A vector of length 1 a text, for what listings say."""


def get_encoder() -> Encoder | None:
    """The encoder of the setting SEARCH_SEMANTICS, one a process; None where it is off. Raises ImproperlyConfigured.

    Loading takes a second or two, the first time in a process.
    """
    return encoder_named(settings.SEARCH_SEMANTICS)


def encoder_name() -> str:
    """What vectors of this encoder are marked with; "" where it is off. Loads no model."""
    name = settings.SEARCH_SEMANTICS
    if name == OFF:
        return ""
    if name == BUNDLED:
        from search.semantics.bundled import NAME

        return NAME
    encoder = get_encoder()
    return encoder.name if encoder else ""


@lru_cache(maxsize=2)
def encoder_named(name: str) -> Encoder | None:
    """The encoder that a value of the setting means."""
    if name == OFF:
        return None
    if name == BUNDLED:
        from search.semantics.bundled import BundledEncoder

        return BundledEncoder()
    from search.semantics.onnx_folder import OnnxEncoder

    return OnnxEncoder(Path(name))
