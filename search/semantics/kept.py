"""The meanings of listings: made in the background, a few at a time, and kept with their texts, so that no text is ever encoded twice.

A listing's document takes what is kept; where nothing is, the page waits (`EncodingTask`) and is found by its words meanwhile. A change of
the title makes a new text; a rebuild of the index makes none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b

from django.db import transaction

from offers.models import OfferPage
from search.models import Embedding, EncodingTask
from search.semantics.encoder import encoder_name, get_encoder
from search.semantics.quantized import pack

# What a text is beyond these letters, it tells again.
PASSAGE_LETTERS = 400
# So many at once: the requests of families come in between.
BATCH = 8


def passage(title: str, summary: str, description: str) -> str:
    """What an encoder reads of a listing."""
    return f"{title}. {summary} {description}"[:PASSAGE_LETTERS]


def key_of(text: str, encoder: str) -> bytes:
    """Sixteen bytes that tell a text and an encoder from all others."""
    return blake2b(f"{encoder}\n{text}".encode(), digest_size=16).digest()


def vectors(passages: Sequence[str]) -> list[bytes]:
    """The packed vector of each, b"" where it is not made yet or meaning is off. One query."""
    name = encoder_name()
    if not name:
        return [b""] * len(passages)
    keys = [key_of(text, name) for text in passages]
    found = {bytes(key): bytes(vector) for key, vector in Embedding.objects.filter(pk__in=keys).values_list("key", "vector")}
    return [found.get(key, b"") for key in keys]


def waits(page_ids: Iterable[int]) -> None:
    """Note pages whose meaning is to be worked out. Noting one twice does nothing."""
    tasks = [EncodingTask(page_id=page_id) for page_id in page_ids]
    EncodingTask.objects.bulk_create(tasks, batch_size=1000, ignore_conflicts=True)


def waiting() -> int:
    """How many pages wait for their meaning."""
    return EncodingTask.objects.count()


def encode_some(done: Callable[[list[int]], object], number: int = BATCH) -> int:
    """Work out the meaning of so many pages that wait; returns how many there were.

    `done` gets the pages whose documents must be made again, in the transaction that keeps their vectors. Safe to interrupt and to do
    twice: a page waits until its vector is kept.
    """
    taken = list(EncodingTask.objects.values_list("page_id", flat=True)[:number])
    encoder = get_encoder() if taken else None
    if encoder is None:
        EncodingTask.objects.filter(pk__in=taken).delete()
        return 0
    texts = _passages(taken)
    known = Embedding.objects.filter(pk__in=[key_of(text, encoder.name) for text in texts.values()]).values_list("key", flat=True)
    kept = {bytes(key) for key in known}
    new = [text for text in dict.fromkeys(texts.values()) if key_of(text, encoder.name) not in kept]
    made = [
        Embedding(key=key_of(text, encoder.name), encoder=encoder.name, vector=pack(vector))
        for text, vector in zip(new, encoder.encode_listings(new), strict=True)
    ]
    with transaction.atomic():
        Embedding.objects.bulk_create(made, ignore_conflicts=True)
        EncodingTask.objects.filter(pk__in=taken).delete()
        done(list(texts))
    return len(taken)


def _passages(page_ids: Sequence[int]) -> Mapping[int, str]:
    rows = OfferPage.objects.live().filter(pk__in=page_ids).values_list("pk", "title", "summary", "description")
    return {page_id: passage(title, summary, description) for page_id, title, summary, description in rows}


def forget_unused() -> int:
    """Take away vectors of other encoders, whose listings all have new ones; returns how many."""
    if waiting():
        return 0
    return Embedding.objects.exclude(encoder=encoder_name()).delete()[0] if encoder_name() else 0
