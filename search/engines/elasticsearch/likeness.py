"""Offers whose meaning is like a question's. Pure.

Vectors are kept as the signed bytes that the listings' own are; questions are rounded to bytes to find the offers, and multiplied with them
unrounded.
"""

from hashlib import blake2b
from typing import Any

import numpy as np

from search.contract import Circle, Meaning
from search.engines.elasticsearch.conditions import Query, area
from search.fusion import MOST_ALIKE, least_likeness
from search.semantics.quantized import Matrix, pack

# How many are looked at in each shard to find the most alike.
LOOKED_AT = 400
_ALONG = """
if (doc['vector'].size() == 0) return null;
float[] vector = doc['vector'].vectorValue;
double along = 0;
for (int i = 0; i < vector.length; i++) along += vector[i] * params.direction[i];
return along / doc['vector'].magnitude;
"""


def alike(meaning: Meaning, circle: Circle | None) -> Query:
    """The MOST_ALIKE within the circle, as far as they are like it at all."""
    direction = _vector(meaning.direction)
    least = (least_likeness(meaning) + meaning.offset) / (float(np.linalg.norm(direction)) or 1.0)
    found = _nearest(direction, circle, MOST_ALIKE)
    found["knn"]["similarity"] = max(-1.0, min(1.0, least))
    return found


def likest_key(meaning: Meaning) -> str:
    """Equal for questions of one direction only, whatever their words: `hash` might take two for one."""
    return f"like {blake2b(meaning.direction, digest_size=16).hexdigest()} {meaning.offset!r}"


def likest(meaning: Meaning) -> Query:
    """Finds the offer that is most like the question, wherever it is."""
    return {"size": 1, "query": _nearest(_vector(meaning.direction), None, 1), "_source": False, "track_total_hits": False}


def greatest(meaning: Meaning, answer: Any) -> float:
    """The likeness of `likest`; that of nothing at all where no offer has a vector."""
    hits = answer["hits"]["hits"]
    cosine = 2 * float(hits[0]["_score"]) - 1 if hits else 0.0
    return cosine * float(np.linalg.norm(_vector(meaning.direction))) - meaning.offset


def along(meaning: Meaning) -> dict[str, Any]:
    """The field of a hit with its product with the direction, for `script_fields`."""
    return {"along": {"script": {"source": _ALONG, "params": {"direction": _vector(meaning.direction).tolist()}}}}


def _nearest(direction: Matrix, circle: Circle | None, most: int) -> Query:
    query: Query = {
        "field": "vector",
        "query_vector": np.frombuffer(pack(direction), dtype=np.int8).tolist(),
        "k": most,
        "num_candidates": max(LOOKED_AT, most),
    }
    if within := area(circle):
        query["filter"] = within
    return {"knn": query}


def _vector(data: bytes) -> Matrix:
    return np.frombuffer(data, dtype="<f4")
