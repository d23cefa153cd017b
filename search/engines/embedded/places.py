"""A hit before and after its document is read."""

from dataclasses import dataclass

import tantivy

from search import cards, features
from search.contract import Circle, OfferCard
from search.engines.embedded.conditions import points
from search.engines.embedded.schema import NO_POINT
from search.engines.embedded.storage import Snapshot
from search.geometry import distances_km


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit stands in the index."""

    address: tantivy.DocAddress
    score: float = 0.0


def card(snapshot: Snapshot, address: tantivy.DocAddress) -> OfferCard:
    """What the document shows. Kept for as long as the index does not change: a question's candidates are often the same."""
    key = (address.segment_ord, address.doc)
    return snapshot.cards.get(key, lambda: cards.from_json(snapshot.stored(address, "card")))


def features_at(snapshot: Snapshot, address: tantivy.DocAddress) -> features.Features:
    """What the order by relevance looks at of the document."""
    key = (address.segment_ord, address.doc)
    return snapshot.features.get(key, lambda: features.from_json(snapshot.stored(address, "features")))


def distances(snapshot: Snapshot, addresses: list[tantivy.DocAddress], circle: Circle | None) -> list[float | None]:
    """Kilometres from the middle of the circle, in order; None without a circle, or for an offer without a point of its own."""
    if circle is None:
        return [None] * len(addresses)
    # Columns are read for all at once: one by one that took as long as the documents.
    found = list(points(snapshot, addresses))
    away = distances_km(circle.latitude, circle.longitude, found)
    return [None if point[0] == NO_POINT else kilometres for point, kilometres in zip(found, away, strict=True)]
