"""The filters whose values are counted, and the order in which a facet gives its values."""

from collections.abc import Mapping
from typing import Any

from search.contract import FacetValue, OfferCard

# More than a district has of anything; of more municipalities the rarest are left out.
MOST_VALUES = 1000
MOST_MUNICIPALITIES = 200
YES_OR_NO = ("free", "without_registration", "accessible")
# A facet and the conditions that are its own.
OWN: Mapping[str, Mapping[str, Any]] = {
    "kind": {"kinds": ()},
    "topic": {"topics": ()},
    "day": {"days": ()},
    "time": {"time": ""},
    "language": {"languages": ()},
    "form": {"form": ""},
    "free": {"free": False},
    "without_registration": {"without_registration": False},
    "accessible": {"accessible": False},
    "municipality": {"municipality": ""},
}


def yes_or_no(card: OfferCard) -> dict[str, bool]:
    """For each of YES_OR_NO, whether it holds."""
    return {
        "free": card.cost == "kostenfrei",
        "without_registration": card.registration == "keine",
        "accessible": "rollstuhl" in card.accessibility,
    }


def facet(name: str, counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    """The values that occur, most frequent first."""
    found = [FacetValue(value, count) for value, count in counts.items() if count]
    return tuple(sorted(found, key=lambda each: (-each.count, each.value))[: MOST_MUNICIPALITIES if name == "municipality" else None])
