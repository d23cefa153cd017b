"""What helps where a search finds nothing, or hardly anything: ways out, related topics, towns nearby, somebody to talk to.

Everything leads somewhere and says how much is there. It costs the engine at most four questions more, and the database none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product
from typing import Any

from offers import wording
from offers.choices import Form, OfferKind
from offers.models import Topic
from places.resolver import resolve
from search.addresses import search_url
from search.contract import Circle, Hit, Meaning, OfferCard, SearchRequest, SearchResponse
from search.geometry import distance_km
from search.help.recognised import SURE
from search.help.relaxation import (
    MOST_NEAR,
    MOST_WAYS,
    Allowance,
    Relaxation,
    anywhere,
    counted,
    just_wide_enough,
    relaxation,
    wider,
    without_one,
    without_words,
)
from search.question import Question
from search.reading import Reading
from search.suggestions.phrases import related_topics
from search.suggestions.spoken import DELICATE_TOPICS

MOST_QUESTIONS, MOST_QUESTIONS_FOR_LITTLE = 4, 2
# So few hits ask for help.
LITTLE = 2
MOST_WAYS_FOR_LITTLE = 2
MOST_TOPICS, MOST_TOWNS, MOST_COUNSELLING = 4, 3, 3
# Parameters that leave something out.
CONDITIONS = (
    "ort", "lat", "art", "thema", "alter", "tag", "zeit", "von", "bis", "sprache", "form",
    "kostenfrei", "ohne_anmeldung", "barrierefrei", "anbieter",
)  # fmt: skip
# Counselling about bringing up children takes every question of a family.
GENERAL = "erziehung"
# Of so many counselling offers those that fit best are taken.
COUNSELLING_LOOKED_AT = 30


@dataclass(frozen=True)
class TopicLink:
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class TownLink:
    """`distance`: from the place that was asked for to the nearest offer there, in words."""

    label: str
    distance: str
    url: str


@dataclass(frozen=True)
class Talk:
    """Counselling that needs no way: by telephone or online."""

    card: OfferCard
    form: str
    icon: str


@dataclass(frozen=True)
class Help:
    """`most`: the condition that excludes most, "" where not all could be tried. `little`: something was found, but hardly anything."""

    ways: tuple[Relaxation, ...] = ()
    most: str = ""
    topics: tuple[TopicLink, ...] = ()
    towns: tuple[TownLink, ...] = ()
    talks: tuple[Talk, ...] = ()
    little: bool = False


def help_with(question: Question, response: SearchResponse, reader: Reading, topics: Sequence[Topic]) -> Help | None:
    """What helps with this answer; None where enough was found, or the index cannot be asked."""
    if response.limited:
        return None
    if not response.total:
        return _with_nothing(question, response, Allowance(reader, MOST_QUESTIONS), topics)
    if response.total <= LITTLE and question.request.page == 1:
        return _with_little(question, response, Allowance(reader, MOST_QUESTIONS_FOR_LITTLE))
    return None


def _with_little(question: Question, response: SearchResponse, allowance: Allowance) -> Help | None:
    """Ways to more than there is."""
    changes = [change for change in (wider(question),) if change]
    found, _complete = counted(question, chain(changes, without_one(question, response.facets)), allowance, keep=0)
    more = tuple(sorted((way for way in found if way.count > response.total), key=lambda way: -way.count))
    return Help(ways=more[:MOST_WAYS_FOR_LITTLE], little=True) if more else None


def _with_nothing(question: Question, response: SearchResponse, allowance: Allowance, topics: Sequence[Topic]) -> Help:
    request = question.request
    related = _related(question)
    # One question is kept for somebody to talk to where that is what the question asks for.
    keep = 1 if _asks_for_counselling(question) else 0
    ways, near, complete = _elsewhere(question, allowance)
    topic_links: tuple[TopicLink, ...] = ()
    if request.text and (related or _has_conditions(question)):
        change = without_words(question)
        answer = allowance.search(replace(change.request, page=1, page_size=1, facets=("topic",)))
        if answer.total and _has_conditions(question):
            ways.append(relaxation(question, change, answer.total))
        counts = {each.value: each.count for each in answer.facets.get("topic", ())}
        topic_links = _topic_links(question, related, counts, topics)
    singles, all_tried = counted(question, without_one(question, response.facets), allowance, keep)
    ways += singles
    talks = _talks(question, related, allowance) if keep or not ways else ()
    if near and near[0].distance_km is not None and allowance.left:
        ways = _narrowed(question, near[0].distance_km, ways, allowance)
    ways.sort(key=lambda way: -way.count)
    return Help(
        ways=tuple(ways[:MOST_WAYS]),
        most=ways[0].condition if ways and complete and all_tried else "",
        topics=topic_links,
        towns=_towns(question, near),
        talks=talks,
    )


def _elsewhere(question: Question, allowance: Allowance) -> tuple[list[Relaxation], tuple[Hit, ...], bool]:
    """Farther away: the ways, the nearest hits there, and whether all was tried."""
    wide, everywhere = wider(question), anywhere(question)
    if wide:
        answer = allowance.search(replace(wide.request, sort="entfernung", page=1, page_size=MOST_NEAR, facets=()))
        if answer.total:
            return [relaxation(question, wide, answer.total)], answer.hits, True
    if everywhere:
        count = allowance.count(replace(everywhere.request, page=1, facets=()))
        if count:
            return [relaxation(question, everywhere, count)], (), True
    return [], (), True


def _narrowed(question: Question, nearest_km: float, ways: list[Relaxation], allowance: Allowance) -> list[Relaxation]:
    """The ways with a circle no wider than it must be."""
    close = just_wide_enough(question, nearest_km)
    wide = wider(question)
    if close is None or wide is None:
        return ways
    count = allowance.count(replace(close.request, page=1, facets=()))
    return [relaxation(question, close, count) if count and way.label == wide.label else way for way in ways]


def _related(question: Question) -> list[str]:
    """Keys of topics that the question is about, the surest first: by the situation it tells of, else by its words.

    What is delicate is among them only where it is what the question is about first of all.
    """
    meaning = question.request.meaning
    if meaning and meaning.topics and meaning.trust >= SURE:
        found = [topic for topic, _weight in sorted(meaning.topics, key=lambda pair: -pair[1])]
    else:
        found = related_topics(question.request.text)
    return [topic for place, topic in enumerate(found) if place == 0 or topic not in DELICATE_TOPICS]


def _asks_for_counselling(question: Question) -> bool:
    meaning = question.request.meaning
    if meaning is None or meaning.trust < SURE or not meaning.kinds:
        return False
    return max(meaning.kinds, key=lambda pair: pair[1])[0] == OfferKind.COUNSELLING


def _has_conditions(question: Question) -> bool:
    return bool(question.understood.conditions) or any(_is_given(question.data[name]) for name in CONDITIONS)


def _is_given(value: object) -> bool:
    # A latitude of 0 is one.
    return value is not None and value is not False and value not in ("", [])


def _topic_links(question: Question, related: Sequence[str], counts: dict[str, int], topics: Sequence[Topic]) -> tuple[TopicLink, ...]:
    names = {topic.slug: topic.name for topic in topics}
    rest = {"q": question.with_text(""), "woertlich": None, "seite": None}
    found = (
        TopicLink(names[slug], counts[slug], search_url(question.data, thema=[slug], **rest))
        for slug in related
        if slug in names and counts.get(slug) and [slug] != question.data["thema"]
    )
    return tuple(found)[:MOST_TOPICS]


def _towns(question: Question, near: Sequence[Hit]) -> tuple[TownLink, ...]:
    """The nearest towns that have what is looked for; only those from which the same search finds it."""
    found: dict[str, TownLink] = {}
    for hit in near:
        town = hit.card.town
        if hit.distance_km is None or not town or town in found or len(found) == MOST_TOWNS:
            continue
        area = resolve(town).found
        if area is None or not _reaches(question, area.point, hit.card):
            continue
        address: dict[str, Any] = {"ort": area.query, "lat": None, "lon": None, "seite": None}
        address |= question.without_words(("ort",))
        found[town] = TownLink(area.label, wording.distance(hit.distance_km), search_url(question.data, **address))
    return tuple(found.values())


def _reaches(question: Question, centre: tuple[float, float], card: OfferCard) -> bool:
    if question.radius_km is None or card.latitude is None or card.longitude is None:
        return False
    return distance_km(*centre, card.latitude, card.longitude) <= question.radius_km


def _talks(question: Question, related: Sequence[str], allowance: Allowance) -> tuple[Talk, ...]:
    """The nearest counselling that needs no way and fits the question, else one that takes any; by telephone first."""
    found: dict[str, Talk] = {}
    meanings = [question.request.meaning, None] if _asks_for_counselling(question) else [None]
    for meaning, (form, icon) in product(meanings, ((Form.TELEPHONE, "phone"), (Form.ONLINE, "globe"))):
        if not allowance.left or len(found) >= MOST_COUNSELLING:
            break
        for card in _counselling(question, related, form, meaning, allowance):
            found.setdefault(card.key, Talk(card, str(form.label), icon))
    return tuple(found.values())[:MOST_COUNSELLING]


def _counselling(
    question: Question, related: Sequence[str], form: Form, meaning: Meaning | None, allowance: Allowance
) -> Iterable[OfferCard]:
    """In the order of the question's meaning, or of the topics."""
    circle, wanted = question.request.circle, (*related[:MOST_TOPICS], GENERAL)
    answer = allowance.search(
        SearchRequest(
            meaning=meaning,
            circle=Circle(circle.latitude, circle.longitude) if circle else None,
            kinds=(OfferKind.COUNSELLING,),
            topics=tuple(dict.fromkeys(wanted)),
            form=form,
            page_size=COUNSELLING_LOOKED_AT,
            facets=(),
            now=question.request.now,
        )
    )
    # Nobody with a crying baby is sent to counselling about addiction because both are about health.
    fitting = [hit.card for hit in answer.hits if DELICATE_TOPICS.intersection(hit.card.topics) <= set(related)]
    if meaning is None:
        fitting.sort(key=lambda card: min(wanted.index(topic) for topic in card.topics if topic in wanted))
    return fitting
