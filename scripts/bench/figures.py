"""Percentiles and what is said of a row of times. Pure; milliseconds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least this share of all values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * share) - 1)]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds."""

    number: int
    p50: float
    p95: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Times":
        if not values:
            return cls(0, 0.0, 0.0, 0.0)
        return cls(len(values), *(round(each, 3) for each in (percentile(values, 0.5), percentile(values, 0.95), max(values))))


def by_kind(kinds: Sequence[str], values: Sequence[float]) -> dict[str, Times]:
    """Times of each kind of question, slowest kinds first."""
    found: dict[str, list[float]] = defaultdict(list)
    for kind, value in zip(kinds, values, strict=True):
        found[kind].append(value)
    return dict(sorted(((kind, Times.of(each)) for kind, each in found.items()), key=lambda row: -row[1].p95))
