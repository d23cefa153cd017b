"""What Tantivy keeps of a document."""

from collections.abc import Iterable
from datetime import datetime

import tantivy

from search import vocabulary
from search.analysis import ANALYSIS_VERSION, plain_tokens, spellings, title_tokens
from search.cards import to_json
from search.contract import OfferDocument
from search.engines.embedded.when import date_tokens, weekday_tokens
from search.geometry import tile_at
from search.semantics.encoder import encoder_name

# Changes when the fields below change: what is on disk must then be made again.
SCHEMA_VERSION = 5

TEXT_FIELDS = ("title", "words", "place", "focus", "all")
# Filtered and counted. `extra` has what is yes or no, `slot` day and time of one date ("mi-vormittag").
FACET_FIELDS = ("kind", "topic", "language", "form", "extra", "day", "time", "slot", "municipality")
# Tantivy counts a field with one value a document ten times as fast. So what has several is counted by all of them as one ("de+tr"),
# and topics, of which there are thousands of combinations, by a first, a second and a third; hardly an offer has more.
COMBINED_FIELDS = ("language", "extra", "day", "time", "slot")
TOPIC_COLUMNS = ("topic1", "topic2", "topic3")
MORE_TOPICS = "topic_more"
NO_VALUE = "+"
# Map tiles by which circles are found: from about 800 km to about 200 m wide.
LOWEST_CELL, HIGHEST_CELL = 5, 17
# Map tiles by which listings are clustered.
LOWEST_CLUSTER, HIGHEST_CLUSTER = 4, 19

# Their columns, and how many levels each lies above the finest.
_CLUSTER_COLUMNS = [(f"cluster{level}", HIGHEST_CLUSTER - level) for level in range(LOWEST_CLUSTER, HIGHEST_CLUSTER + 1)]

NO_AGE = 10_000  # months, where an offer names no highest age
NO_DATE = (1 << 31) - 1  # minutes, after every date
NO_POINT = 999.0
NEVER = (1 << 62) - 1


def version() -> str:
    """Changes when the same document would be kept in another way: other fields, other tokens, other constituents, another encoder."""
    return f"{SCHEMA_VERSION}.{ANALYSIS_VERSION}.{vocabulary.current().fingerprint}.{encoder_name()}"


def build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("page_id", stored=True, indexed=True, fast=True)
    builder.add_bytes_field("card", stored=True)
    builder.add_bytes_field("digest", stored=True)
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="blanks", index_option="freq")
    builder.add_text_field("surface", tokenizer_name="blanks", index_option="basic")
    builder.add_bytes_field("spelling", stored=True)
    for name in ("key", "provider", "flag"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACET_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name not in (*COMBINED_FIELDS, "topic"))
    for name in (*(f"{name}_all" for name in COMBINED_FIELDS), *TOPIC_COLUMNS, MORE_TOPICS):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("date", indexed=True)
    builder.add_unsigned_field("cell", indexed=True)
    for name in ("min_age", "max_age", "by_date", "stale_at"):
        builder.add_integer_field(name, fast=True)
    for name in ("latitude", "longitude"):
        builder.add_float_field(name, fast=True)
    for level in range(LOWEST_CLUSTER, HIGHEST_CLUSTER + 1):
        builder.add_unsigned_field(f"cluster{level}", fast=True)
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> None:
    """Texts come as tokens already; see search.analysis."""
    index.register_tokenizer("blanks", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def cell_token(level: int, x: int, y: int) -> int:
    return level << 44 | x << 22 | y


def by_date(start: datetime | None, page_id: int) -> int:
    """One number that sorts by date, then page id; what has no date comes last."""
    minutes = NO_DATE if start is None else max(0, min(NO_DATE - 1, int(start.timestamp() // 60)))
    return minutes << 32 | page_id


def located(document: OfferDocument) -> bool:
    """Whether the offer has a place on the map; what reaches everywhere has none."""
    card = document.card
    return card.latitude is not None and card.longitude is not None and not document.reaches_everywhere


def build_document(document: OfferDocument) -> tantivy.Document:
    card = document.card
    made = tantivy.Document()
    made.add_unsigned("page_id", card.page_id)
    made.add_bytes("card", to_json(card))
    made.add_bytes("digest", document.digest.encode())
    _add_texts(made, document)
    made.add_text("key", card.key)
    made.add_text("provider", card.provider_key)
    for name, values in facet_values(document).items():
        for value in dict.fromkeys(values):
            made.add_text(name, value)
        if name in COMBINED_FIELDS:
            made.add_text(f"{name}_all", "+".join(sorted(set(values))) or NO_VALUE)
    _add_topics(made, list(dict.fromkeys(card.topics)))
    for token in date_tokens(document.occurrences):
        made.add_unsigned("date", token)
    made.add_integer("min_age", card.min_age_months or 0)
    made.add_integer("max_age", NO_AGE if card.max_age_months is None else card.max_age_months)
    made.add_integer("by_date", by_date(card.occurrences[0].start if card.occurrences else None, card.page_id))
    made.add_integer("stale_at", NEVER if document.stale_at is None else int(document.stale_at.timestamp()))
    _add_place(made, document)
    return made


def _add_topics(made: tantivy.Document, topics: list[str]) -> None:
    """The topics once more, one a column, for counting."""
    for number, name in enumerate(TOPIC_COLUMNS):
        made.add_text(name, topics[number] if number < len(topics) else NO_VALUE)
    for topic in topics[len(TOPIC_COLUMNS) :]:
        made.add_text(MORE_TOPICS, topic)


def _add_texts(made: tantivy.Document, document: OfferDocument) -> None:
    card = document.card
    place = (card.provider_name, card.venue_name, card.town)
    made.add_text("title", title_tokens(card.title))
    made.add_text("words", plain_tokens(document.words))
    made.add_text("place", plain_tokens(place))
    made.add_text("focus", plain_tokens((card.title, card.summary, *document.words)))
    made.add_text("all", plain_tokens((card.title, card.summary, document.description, *document.words, *place)))
    found = spellings((card.title, card.summary, document.description, *document.words, *place))
    made.add_text("surface", " ".join(found))
    made.add_bytes("spelling", " ".join(exact if exact == written else f"{exact}={written}" for exact, written in found.items()).encode())


def from_surface(data: bytes) -> dict[str, str]:
    """The words of a document by their exact form, as they are written in it."""
    pairs = (token.partition("=") for token in data.decode().split())
    return {exact: written or exact for exact, _sign, written in pairs}


def _add_place(made: tantivy.Document, document: OfferDocument) -> None:
    latitude, longitude = document.card.latitude, document.card.longitude
    if document.reaches_everywhere:
        made.add_text("flag", "everywhere")
    if latitude is None or longitude is None or not located(document):
        made.add_float("latitude", NO_POINT)
        made.add_float("longitude", NO_POINT)
        return
    made.add_text("flag", "located")
    made.add_float("latitude", latitude)
    made.add_float("longitude", longitude)
    # A tile holds four of the next level: all follow from the smallest.
    x, y = tile_at(HIGHEST_CLUSTER, latitude, longitude)
    for level in range(LOWEST_CELL, HIGHEST_CELL + 1):
        above = HIGHEST_CLUSTER - level
        made.add_unsigned("cell", cell_token(level, x >> above, y >> above))
    for name, above in _CLUSTER_COLUMNS:
        made.add_unsigned(name, x >> above << 22 | y >> above)


def facet_values(document: OfferDocument) -> dict[str, Iterable[str]]:
    """What the offer is filtered by and counted under, by field."""
    card = document.card
    extra = {
        "free": card.cost == "kostenfrei",
        "without_registration": card.registration == "keine",
        "accessible": "rollstuhl" in card.accessibility,
    }
    return {
        "kind": [card.kind],
        "topic": card.topics,
        "language": card.languages,
        "form": [card.form],
        "extra": [name for name, holds in extra.items() if holds],
        "municipality": [document.municipality] if document.municipality else [],
        **weekday_tokens(document.occurrences),
    }
