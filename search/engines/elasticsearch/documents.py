"""From a listing to what the server is sent. Pure."""

from typing import Any

import numpy as np

from search.cards import to_json
from search.contract import OfferDocument
from search.engines.shared.fields import NEVER, NO_AGE, by_date, facet_values, located, texts
from search.engines.shared.when import date_tokens


def source(document: OfferDocument) -> dict[str, Any]:
    card = document.card
    everywhere, on_map = document.reaches_everywhere, located(document)
    return {
        "page_id": card.page_id,
        "key": card.key,
        "provider": card.provider_key,
        "flag": [name for name, holds in (("everywhere", everywhere), ("located", on_map)) if holds],
        # As text: the server has nothing to take apart.
        "card": to_json(card).decode(),
        "digest": document.digest,
        "stale_at": NEVER if document.stale_at is None else int(document.stale_at.timestamp()),
        **texts(document),
        **{name: list(dict.fromkeys(values)) for name, values in facet_values(document).items()},
        "date": list(map(str, date_tokens(document.occurrences))),
        "min_age": card.min_age_months or 0,
        "max_age": NO_AGE if card.max_age_months is None else card.max_age_months,
        "by_date": by_date(card.occurrences[0].start if card.occurrences else None, card.page_id),
        **_vector(document.vector),
        **(_point(card.latitude, card.longitude) if on_map else {}),
    }


def _vector(data: bytes) -> dict[str, Any]:
    """The server takes no vector without a direction."""
    return {"vector": np.frombuffer(data, dtype=np.int8).tolist()} if any(data) else {}


def _point(latitude: float | None, longitude: float | None) -> dict[str, Any]:
    return {"point": {"lat": latitude, "lon": longitude}, "latitude": latitude, "longitude": longitude}
