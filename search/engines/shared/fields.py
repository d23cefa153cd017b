"""What an index keeps of a document in its fields, whatever the engine."""

from collections.abc import Iterable
from datetime import datetime

from search.analysis import plain_tokens, spellings, title_tokens
from search.contract import OfferDocument
from search.engines.shared.facets import yes_or_no
from search.engines.shared.when import weekday_tokens

NO_AGE = 10_000  # months, where an offer names no highest age
NO_DATE = (1 << 31) - 1  # minutes, after every date
NEVER = (1 << 62) - 1


def by_date(start: datetime | None, page_id: int) -> int:
    """One number that sorts by date, then page id; what has no date comes last."""
    minutes = NO_DATE if start is None else max(0, min(NO_DATE - 1, int(start.timestamp() // 60)))
    return minutes << 32 | page_id


def located(document: OfferDocument) -> bool:
    """Whether the offer has a place on the map; what reaches everywhere has none."""
    card = document.card
    return card.latitude is not None and card.longitude is not None and not document.reaches_everywhere


def texts(document: OfferDocument) -> dict[str, str]:
    """Tokens by field; "surface" has each word in its exact form, "spelling" how it is written as well (see `from_surface`)."""
    card = document.card
    place = (card.provider_name, card.venue_name, card.town)
    everything = (card.title, card.summary, document.description, *document.words, *place)
    found = spellings(everything)
    return {
        "title": title_tokens(card.title),
        "words": plain_tokens(document.words),
        "place": plain_tokens(place),
        "focus": plain_tokens((card.title, card.summary, *document.words)),
        "all": plain_tokens(everything),
        "surface": " ".join(found),
        "spelling": " ".join(exact if exact == written else f"{exact}={written}" for exact, written in found.items()),
    }


def from_surface(data: bytes) -> dict[str, str]:
    """The words of a document by their exact form, as they are written in it."""
    pairs = (token.partition("=") for token in data.decode().split())
    return {exact: written or exact for exact, _sign, written in pairs}


def facet_values(document: OfferDocument) -> dict[str, Iterable[str]]:
    """What the offer is filtered by and counted under, by field."""
    card = document.card
    return {
        "kind": [card.kind],
        "topic": card.topics,
        "language": card.languages,
        "form": [card.form],
        "extra": [name for name, holds in yes_or_no(card).items() if holds],
        "municipality": [document.municipality] if document.municipality else [],
        **weekday_tokens(document.occurrences),
    }
