"""Vectors of length 1 in one byte a number, as they are kept and indexed; the angle between two hardly changes. Pure."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
"""One vector a row."""


def unit(vectors: Matrix) -> Matrix:
    """The same directions with length 1; what has no direction stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0), dtype=np.float32)


def pack(vector: Matrix) -> bytes:
    """One vector as signed bytes, its largest number as 127."""
    largest = float(np.abs(vector).max(initial=0.0)) or 1.0
    return np.rint(vector * (127 / largest)).astype(np.int8).tobytes()


def unpack(data: bytes) -> Matrix:
    """Back to one vector of length 1."""
    return unit(np.frombuffer(data, dtype=np.int8).astype(np.float32))


def unpack_rows(rows: NDArray[np.int8]) -> Matrix:
    """Many at once, a row each."""
    return unit(rows.astype(np.float32))
