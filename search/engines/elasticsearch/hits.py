"""What the server found, as listings. Pure."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from search.analysis import mark_words
from search.cards import from_json
from search.contract import Circle, Hit, OfferCard
from search.geometry import distance_km

# Where an offer is; what reaches everywhere is nowhere, whatever its card says.
POINT = ["latitude", "longitude"]


def card_of(found: Mapping[str, Any]) -> OfferCard:
    return _card(found["_source"]["card"])


@lru_cache(maxsize=8192)
def _card(text: str) -> OfferCard:
    """A question's candidates are often the same."""
    return from_json(text)


def distance_of(found: Mapping[str, Any], circle: Circle | None) -> float | None:
    """Kilometres from the middle of the circle; None without a circle, or for an offer without a point of its own."""
    fields = found.get("fields", {})
    if circle is None or "latitude" not in fields:
        return None
    return distance_km(circle.latitude, circle.longitude, fields["latitude"][0], fields["longitude"][0])


def hit(card: OfferCard, score: float, distance: float | None, wanted: frozenset[str]) -> Hit:
    return Hit(
        card=card,
        score=score,
        distance_km=distance,
        title_marked=mark_words(card.title, wanted),
        summary_marked=mark_words(card.summary, wanted),
    )


def as_hit(found: Mapping[str, Any], circle: Circle | None, wanted: frozenset[str] = frozenset()) -> Hit:
    return hit(card_of(found), found.get("_score") or 0.0, distance_of(found, circle), wanted)
