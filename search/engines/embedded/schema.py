"""What Tantivy keeps of a document."""

import tantivy

from search import features, vocabulary
from search.analysis import ANALYSIS_VERSION
from search.cards import to_json
from search.contract import OfferDocument
from search.engines.shared.clusters import HIGHEST, LOWEST
from search.engines.shared.fields import NEVER, NO_AGE, by_date, facet_values, located, texts
from search.engines.shared.when import date_tokens
from search.geometry import tile_at
from search.semantics.encoder import encoder_name

# Changes when the fields below change: what is on disk must then be made again.
SCHEMA_VERSION = 7

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
# Columns of the tiles by which listings are clustered, and how many levels each lies above the finest.
_CLUSTER_COLUMNS = [(f"cluster{level}", HIGHEST - level) for level in range(LOWEST, HIGHEST + 1)]

NO_POINT = 999.0


def version() -> str:
    """Changes when the same document would be kept in another way: other fields, other tokens, other constituents, another encoder."""
    return f"{SCHEMA_VERSION}.{ANALYSIS_VERSION}.{vocabulary.current().fingerprint}.{encoder_name()}"


def build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("page_id", stored=True, indexed=True, fast=True)
    builder.add_bytes_field("card", stored=True)
    builder.add_bytes_field("features", stored=True)
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
    for level in range(LOWEST, HIGHEST + 1):
        builder.add_unsigned_field(f"cluster{level}", fast=True)
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> None:
    """Texts come as tokens already; see search.analysis."""
    index.register_tokenizer("blanks", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def cell_token(level: int, x: int, y: int) -> int:
    return level << 44 | x << 22 | y


def build_document(document: OfferDocument) -> tantivy.Document:
    card = document.card
    made = tantivy.Document()
    made.add_unsigned("page_id", card.page_id)
    made.add_bytes("card", to_json(card))
    made.add_bytes("features", features.to_json(features.features_of(card)))
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
    for name, text in texts(document).items():
        if name == "spelling":
            made.add_bytes(name, text.encode())
        else:
            made.add_text(name, text)


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
    x, y = tile_at(HIGHEST, latitude, longitude)
    for level in range(LOWEST_CELL, HIGHEST_CELL + 1):
        above = HIGHEST - level
        made.add_unsigned("cell", cell_token(level, x >> above, y >> above))
    for name, above in _CLUSTER_COLUMNS:
        made.add_unsigned(name, x >> above << 22 | y >> above)
