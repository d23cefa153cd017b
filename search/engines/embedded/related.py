"""Offers named by the beginning of a word, and offers like another one."""

from collections.abc import Callable

import tantivy
from tantivy import Occur, Query

from search.analysis import LONGEST_QUESTION, question_words, words
from search.contract import Circle, OfferCard
from search.engines.embedded.conditions import EVERYWHERE, all_of, any_of, near, term
from search.engines.embedded.places import Place
from search.engines.embedded.storage import SCHEMA, Snapshot

# What counts as near for a family without asking.
NEAR_KM = 15.0
# So many more titles than asked for are read, to put those first that begin with the words.
MORE_TITLES = 5


def completing(prefix: str) -> Query | None:
    """Titles with all the words, the last of which may be only begun. None where there is no word."""
    asked = words(prefix[:LONGEST_QUESTION])[:6]
    if not asked:
        return None
    begun = asked[-1].exact
    if not begun.isalnum():
        return None
    last = Query.regex_query(SCHEMA, "title", f"={begun}.*")
    return all_of([*(any_of("title", [f"={each.exact}", f"#{each.stem}"]) for each in asked[:-1]), last])


def titles(snapshot: Snapshot, prefix: str, limit: int) -> list[tantivy.DocAddress]:
    """Offers for `completions`, soonest first."""
    query = completing(prefix)
    if query is None or limit < 1:
        return []
    found = snapshot.searcher.search(query, limit=limit * MORE_TITLES, count=False, order_by_field="by_date", order=tantivy.Order.Asc)
    return [address for _date, address in found.hits]


def related(
    snapshot: Snapshot, key: str, circle: Circle | None, limit: int, read: Callable[[tantivy.DocAddress], OfferCard]
) -> tuple[Circle | None, list[Place]]:
    """Offers of other providers with the same topics and words: near ones first, then those farther away, each best first.

    Also the circle from which the distances count: the one asked for, or the offer's own place.
    """
    own = snapshot.addresses(term("key", key), 1)
    if not own or limit < 1:
        return circle, []
    card = read(own[0])
    here = circle
    if here is None and card.latitude is not None and card.longitude is not None:
        here = Circle(card.latitude, card.longitude)
    query = Query.boolean_query(
        [
            (Occur.Must, _alike(card)),
            (Occur.MustNot, term("key", key)),
            (Occur.MustNot, term("provider", card.provider_key)),
        ]
    )
    if here is None:
        return None, _best(snapshot, query, limit)
    radius = circle.radius_km if circle and circle.radius_km else NEAR_KM
    close = Query.boolean_query([(Occur.Should, near(snapshot, Circle(here.latitude, here.longitude, radius))), (Occur.Should, EVERYWHERE)])
    places = _best(snapshot, Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(close, 0.0))]), limit)
    if len(places) < limit:
        places += _best(snapshot, Query.boolean_query([(Occur.Must, query), (Occur.MustNot, close)]), limit - len(places))
    return here, places


def _alike(card: OfferCard) -> Query:
    """Topics weigh most, as the providers have chosen them; then the words of the title, then the kind."""
    wishes = [Query.boost_query(term("topic", topic), 2.0) for topic in card.topics]
    wishes += [Query.term_query(SCHEMA, "focus", token, index_option="freq") for each in question_words(card.title) for token in each.plain]
    liked = Query.boolean_query([(Occur.Should, each) for each in wishes]) if wishes else term("kind", card.kind)
    return Query.boolean_query([(Occur.Must, liked), (Occur.Should, Query.boost_query(term("kind", card.kind), 0.5))])


def _best(snapshot: Snapshot, query: Query, limit: int) -> list[Place]:
    hits = snapshot.searcher.search(query, limit=limit + 20, count=False).hits
    dates = snapshot.column("by_date", [address for _score, address in hits])
    ordered = sorted(zip(hits, dates, strict=True), key=lambda each: (-each[0][0], each[1]))
    return [Place(address, score) for (score, address), _date in ordered[:limit]]
