"""What the order by relevance looks at of an offer: little enough to be read for a hundred candidates of every question. Pure."""

from typing import NamedTuple

import orjson

from search.contract import OfferCard

# Seconds, after every date.
NO_DATE = float("inf")


class Features(NamedTuple):
    """`next_start`: seconds since the epoch of the first date when the document was made; NO_DATE without one. Ages are months."""

    page_id: int
    provider_key: str
    kind: str
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    min_age_months: int | None
    max_age_months: int | None
    next_start: float
    lowered: bool


def features_of(card: OfferCard) -> Features:
    return Features(
        card.page_id,
        card.provider_key,
        card.kind,
        card.topics,
        card.languages,
        card.min_age_months,
        card.max_age_months,
        card.occurrences[0].start.timestamp() if card.occurrences else NO_DATE,
        card.lowered,
    )


def to_json(features: Features) -> bytes:
    """The features as a JSON list; no date is null."""
    return orjson.dumps(tuple(features))


def from_json(data: bytes | str) -> Features:
    """The features that `to_json` wrote. Raises ValueError or TypeError for anything else."""
    page_id, provider, kind, topics, languages, youngest, oldest, start, lowered = orjson.loads(data)
    first = NO_DATE if start is None else start
    return Features(page_id, provider, kind, tuple(topics), tuple(languages), youngest, oldest, first, lowered)
