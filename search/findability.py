"""How families would find one offer: which questions of the bank of situations lead to it, and which miss it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

import numpy as np
from django.core.cache import cache
from django.http import QueryDict
from django.utils import timezone

from offers.models import OfferPage, Topic
from search import vocabulary
from search.addresses import search_url
from search.contract import Circle, Engine, Hit, SearchRequest
from search.forms import DEFAULT_RADIUS
from search.question import understand
from search.semantics import kept
from search.semantics.bank import Bank, current_bank
from search.semantics.encoder import Encoder, get_encoder
from search.semantics.quantized import Matrix, unpack
from search.vocabulary import Situation

# So many questions are asked for one offer: each is one request to the engine.
MOST_QUESTIONS = 15
FIRST_PAGE, LOOKED_AT = 10, 30
# What a topic that fits adds to the likeness of a situation, a cosine.
TOPIC_FITS = 0.08
SURELY_NEAR = 4
REMEMBERED_SECONDS = 300
GERMAN = "de"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, and at which place the offer stands among its hits; None: not among the first LOOKED_AT. Topics are names."""

    question: str
    url: str
    place: int | None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findability:
    """`around`: the town around which was asked, "" for everywhere. `known`: whether the index has the offer."""

    known: bool
    around: str = ""
    found: list[Asked] = field(default_factory=list)
    near: list[Asked] = field(default_factory=list)
    missed: list[Asked] = field(default_factory=list)


def findability(offer: OfferPage, engine: Engine) -> Findability:
    """For what families see of this offer; remembered for REMEMBERED_SECONDS. Raises IndexUnavailable."""
    shown_since = offer.last_published_at.timestamp() if offer.last_published_at else 0
    key = f"findability:{offer.pk}:{shown_since}:{vocabulary.current().revision}"
    known: Findability | None = cache.get(key)
    if known is None:
        known = _ask(offer, engine)
        cache.set(key, known, REMEMBERED_SECONDS)
    return known


def _ask(offer: OfferPage, engine: Engine) -> Findability:
    topics = list(Topic.objects.all())
    names = {topic.slug: topic.name for topic in topics}
    own = {topic.slug for topic in offer.topics.all()}
    circle, around = _around(offer)
    result = Findability(known=_is_known(offer, engine), around=around)
    if not result.known:
        return result
    for question, situation in questions_for(offer, own):
        wish = understand(QueryDict(urlencode({"q": question})), topics, page_size=LOOKED_AT).request
        place = _place(engine.search(_narrowed(wish, circle)).hits, offer.key)
        lacking = tuple(names[slug] for slug in situation.topics if slug in names and slug not in own)
        asked = Asked(question, _address(question, around), place, lacking)
        if place is None:
            # Whoever is not first of all there for the situation misses nothing.
            if situation.topics and situation.topics[0] in own:
                result.missed.append(asked)
        elif place <= FIRST_PAGE:
            result.found.append(asked)
        else:
            result.near.append(asked)
    for asked_ones in (result.found, result.near):
        asked_ones.sort(key=lambda each: each.place or 0)
    return result


def questions_for(offer: OfferPage, topics: set[str]) -> list[tuple[str, Situation]]:
    """A German question for each of the situations nearest to the offer, nearest first. Without an encoder: those with its topics."""
    encoder = get_encoder()
    if encoder is None:
        known = [each for each in vocabulary.current().situations if each.phrases and topics.intersection(each.topics)]
        known.sort(key=lambda each: -len(topics.intersection(each.topics)))
        return [(each.phrases[0], each) for each in known[:MOST_QUESTIONS]]
    bank = current_bank(encoder)
    return nearest(bank, vector_of(offer, encoder), topics)


def vector_of(offer: OfferPage, encoder: Encoder) -> Matrix:
    """What the listing means: as it is kept, or worked out now where it is not yet."""
    text = kept.passage(offer.title, offer.summary, offer.description)
    packed = kept.vectors([text])[0]
    return unpack(packed) if packed else encoder.encode_listings([text])[0]


def nearest(bank: Bank, vector: Matrix, topics: set[str]) -> list[tuple[str, Situation]]:
    """The situations whose phrases lie nearest to a listing's vector, each with the German phrase that is nearest of all."""
    likeness = bank.phrases @ vector
    best: list[tuple[float, int, str]] = []
    for number, situation in enumerate(bank.situations):
        rows = np.flatnonzero(bank.owners == number)
        german = [row for row, language in zip(rows, situation.languages, strict=True) if language == GERMAN]
        if not german:
            continue
        row = max(german, key=lambda each: float(likeness[each]))
        score = float(likeness[row]) + (TOPIC_FITS if topics.intersection(situation.topics) else 0.0)
        best.append((score, number, situation.phrases[int(row - rows[0])]))
    best.sort(key=lambda each: -each[0])
    # Beyond the nearest few, likeness without a topic in common is chance.
    close = [
        (phrase, bank.situations[number])
        for rank, (_score, number, phrase) in enumerate(best)
        if rank < SURELY_NEAR or not topics or topics.intersection(bank.situations[number].topics)
    ]
    return close[:MOST_QUESTIONS]


def _around(offer: OfferPage) -> tuple[Circle | None, str]:
    """Families look near them: around the offer's own place, or everywhere where it has none."""
    point, place = offer.location_point, offer.location
    if point is None or place is None:
        return None, ""
    return Circle(point.latitude, point.longitude, DEFAULT_RADIUS), place.town


def _narrowed(wish: SearchRequest, circle: Circle | None) -> SearchRequest:
    return replace(wish, circle=wish.circle or circle, facets=())


def _is_known(offer: OfferPage, engine: Engine) -> bool:
    """Whether families could find it at all: it is online, and the index has it."""
    wish = SearchRequest(provider=offer.provider.key, page_size=100, facets=(), now=timezone.localtime())
    return offer.live and _place(engine.search(wish).hits, offer.key) is not None


def _place(hits: Sequence[Hit], key: str) -> int | None:
    return next((number for number, hit in enumerate(hits, start=1) if hit.card.key == key), None)


def _address(question: str, around: str) -> str:
    return search_url({"q": question, **({"ort": around} if around else {})})
