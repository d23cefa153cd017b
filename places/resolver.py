"""resolve(): from what people type to a place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resolution:
    municipality_id: int | None = None


def resolve(text: str) -> Resolution | None:
    return None
