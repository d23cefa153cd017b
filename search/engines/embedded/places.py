"""A hit before and after its document is read."""

from dataclasses import dataclass

import tantivy

from search.cards import from_json
from search.contract import Circle, OfferCard
from search.engines.embedded.schema import NO_POINT
from search.engines.embedded.storage import Snapshot
from search.geometry import distance_km


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit stands in the index."""

    address: tantivy.DocAddress
    score: float = 0.0


def card(snapshot: Snapshot, address: tantivy.DocAddress) -> OfferCard:
    """What the document shows. Kept for as long as the index does not change: a question's candidates are often the same."""
    key = (address.segment_ord, address.doc)
    return snapshot.cards.get(key, lambda: from_json(snapshot.stored(address, "card")))


def distance(snapshot: Snapshot, address: tantivy.DocAddress, circle: Circle | None) -> float | None:
    """Kilometres from the middle of the circle; None without a circle, or for an offer without a point of its own."""
    if circle is None:
        return None
    (latitude,), (longitude,) = snapshot.column("latitude", [address]), snapshot.column("longitude", [address])
    return None if latitude == NO_POINT else distance_km(circle.latitude, circle.longitude, latitude, longitude)
