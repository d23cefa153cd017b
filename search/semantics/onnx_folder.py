"""An encoder from a folder: a sentence-embedding model in ONNX with its tokenizer, as sentence-transformers exports it.

    FOLDER/model.onnx        takes input_ids and attention_mask (token_type_ids where it wants them), gives a vector a token or a text
    FOLDER/tokenizer.json    of the package tokenizers
    FOLDER/encoder.json      optional: {"question": "query: ", "listing": "passage: ", "tokens": 256}

Needs the packages onnxruntime and tokenizers, which the site does not install by itself.
"""

import json
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from django.core.exceptions import ImproperlyConfigured

from search.semantics.quantized import Matrix, unit

NEEDED = ("model.onnx", "tokenizer.json")
MOST_TOKENS = 256
BATCH = 16


class OnnxEncoder:
    """Vectors are the mean over the tokens. Raises ImproperlyConfigured for a folder that is not complete."""

    def __init__(self, folder: Path) -> None:
        missing = [name for name in NEEDED if not (folder / name).is_file()]
        if missing:
            raise ImproperlyConfigured(
                f"SEARCH_SEMANTICS names the folder {folder}, which lacks {' and '.join(missing)}. "
                "Put an ONNX export of a sentence-embedding model there, or set SEARCH_SEMANTICS to “bundled” or “off”."
            )
        try:
            import onnxruntime
            import tokenizers
        except ImportError as error:
            raise ImproperlyConfigured(
                f"A model in SEARCH_SEMANTICS needs the package {error.name}. Install it: pip install onnxruntime tokenizers."
            ) from error
        settings = _settings(folder / "encoder.json")
        self._prefixes = (settings.get("question", ""), settings.get("listing", ""))
        self._session: Any = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
        self._inputs = {each.name for each in self._session.get_inputs()}
        self._tokenizer: Any = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(int(settings.get("tokens", MOST_TOKENS)))
        self._tokenizer.enable_padding()
        self.name = f"{folder.name[:40]}/{_digest(folder)}"
        self.dimensions = int(self.encode_questions(["a"]).shape[1])

    def encode_questions(self, texts: Sequence[str]) -> Matrix:
        return self._encoded([self._prefixes[0] + text for text in texts])

    def encode_listings(self, texts: Sequence[str]) -> Matrix:
        return self._encoded([self._prefixes[1] + text for text in texts])

    def _encoded(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        return np.concatenate([self._batch(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)])

    def _batch(self, texts: Sequence[str]) -> Matrix:
        tokens = self._tokenizer.encode_batch(list(texts))
        mask = np.array([each.attention_mask for each in tokens], dtype=np.int64)
        given = {
            "input_ids": np.array([each.ids for each in tokens], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([each.type_ids for each in tokens], dtype=np.int64),
        }
        vectors = self._session.run(None, {name: values for name, values in given.items() if name in self._inputs})[0]
        if vectors.ndim == 3:
            weights = mask[:, :, None].astype(np.float32)
            vectors = (vectors * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        return unit(vectors.astype(np.float32))


def _settings(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ImproperlyConfigured(f"{path} is no JSON: {error}.") from error
    if not isinstance(found, dict):
        raise ImproperlyConfigured(f'{path} must hold an object, as {{"question": "query: ", "listing": "passage: "}}.')
    return found


def _digest(folder: Path) -> str:
    """Another model gives other vectors."""
    digest = blake2b(digest_size=6)
    for name in (*NEEDED, "encoder.json"):
        if (folder / name).exists():
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()
