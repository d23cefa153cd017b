"""Cards as JSON, the form in which engines keep them."""

from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

from search.contract import Occurrence, OfferCard

_LISTS = tuple(each.name for each in fields(OfferCard) if str(each.type).startswith("tuple[str"))


def to_json(card: OfferCard) -> bytes:
    """The card as JSON; times keep their offset."""
    return orjson.dumps(card)


def from_json(data: bytes | str) -> OfferCard:
    """The card that `to_json` wrote. Raises ValueError (of which orjson's error is one) for anything else."""
    found: dict[str, Any] = orjson.loads(data)
    for name in _LISTS:
        found[name] = tuple(found[name])
    found["occurrences"] = tuple([_occurrence(each["start"], each["end"], each["note"]) for each in found["occurrences"]])
    return OfferCard(**found)


# Offers share their dates: half of the time for reading a card went into them.
@lru_cache(maxsize=16384)
def _occurrence(start: str, end: str, note: str) -> Occurrence:
    return Occurrence(datetime.fromisoformat(start), datetime.fromisoformat(end), note)
