"""What Elasticsearch keeps of a document: every field explicit, and a field that is not here is an error.

Texts come as tokens already (search.analysis), joined by blanks, so that both engines know German from one place.
"""

from typing import Any

from search import vocabulary
from search.analysis import ANALYSIS_VERSION
from search.semantics.encoder import encoder_name, get_encoder

# Changes when the fields below change: the index must then be made again.
MAPPING_VERSION = 4

TEXT_FIELDS = ("title", "words", "place", "focus", "all")
FACET_FIELDS = ("kind", "topic", "language", "form", "extra", "day", "time", "slot", "municipality")
# The farthest that pages reach; beyond it totals are right and pages are empty.
MOST_HITS = 100_000

_TEXT = {"type": "text", "analyzer": "blanks", "index_options": "freqs"}
_FILTERED = {"type": "keyword", "doc_values": False}
_COUNTED = {"type": "keyword"}
_KEPT = {"type": "object", "enabled": False}  # comes back as it was, is neither read nor searched


def version() -> str:
    """Changes when the same document would be kept in another way: other fields, tokens, constituents from an editor, vectors."""
    return f"{MAPPING_VERSION}.{ANALYSIS_VERSION}.{vocabulary.current().fingerprint}.{encoder_name() or '-'}"


def mappings(made_by: str) -> dict[str, Any]:
    return {
        "dynamic": "strict",
        "_meta": {"version": made_by},
        # Everything can be made again from the database, so only what is shown is kept.
        "_source": {"includes": ["card", "spelling"]},
        "properties": {
            "page_id": {"type": "long"},
            "key": _FILTERED,
            "provider": _FILTERED,
            "flag": _FILTERED,
            "card": _KEPT,
            "spelling": _KEPT,
            "digest": {"type": "keyword", "index": False},
            "stale_at": {"type": "long"},
            **dict.fromkeys(TEXT_FIELDS, _TEXT),
            # Its own words only, for completing and correcting.
            "surface": {"type": "text", "analyzer": "blanks", "index_options": "docs", "norms": False},
            **dict.fromkeys(FACET_FIELDS, _COUNTED),
            "date": _FILTERED,
            "min_age": {"type": "integer"},
            "max_age": {"type": "integer"},
            "by_date": {"type": "long"},
            "point": {"type": "geo_point"},
            # Once more as they are: a geo_point is rounded to a centimetre.
            "latitude": {"type": "double"},
            "longitude": {"type": "double"},
            "vector": _vector(),
            # A page that was taken away while the index was being made; see storage.
            "deleted": {"type": "boolean"},
        },
    }


def _vector() -> dict[str, Any]:
    """As bytes, which is how the listings' own come."""
    encoder = get_encoder()
    # Without its length the server refuses every question that reads it until the first offer has a meaning.
    length = {"dims": encoder.dimensions} if encoder else {}
    return {
        "type": "dense_vector",
        "element_type": "byte",
        "similarity": "cosine",
        "index": True,
        "index_options": {"type": "hnsw"},
        **length,
    }


def settings(shards: int, replicas: str) -> dict[str, Any]:
    copies: dict[str, Any] = {"auto_expand_replicas": replicas} if "-" in replicas else {"number_of_replicas": int(replicas)}
    return {
        "number_of_shards": shards,
        **copies,
        # Every write asks for its own refresh.
        "refresh_interval": "30s",
        "max_result_window": MOST_HITS,
        "analysis": {"analyzer": {"blanks": {"type": "custom", "tokenizer": "whitespace"}}},
    }
