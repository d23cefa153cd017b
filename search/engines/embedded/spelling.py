"""Typing errors: the word of an index that somebody probably meant."""

from rapidfuzz.distance import OSA
from tantivy import Query

from search.engines.embedded.storage import SCHEMA, Snapshot
from search.engines.shared.fields import from_surface
from search.spelling import meant

# Documents in which a mistyped word is looked up.
LOOK_INTO = 40


def nearest(snapshot: Snapshot, exact: str, errors: int) -> str:
    """The word of the index that was meant, as written; "" where there is none. See `search.spelling`."""
    spellings: dict[str, str] = {}
    for allowed in range(1, errors + 1):
        query = Query.fuzzy_term_query(SCHEMA, "surface", exact, distance=allowed)
        for address in snapshot.addresses(query, LOOK_INTO):
            spellings.update(from_surface(snapshot.stored(address, "spelling")))
        near = [other for other in spellings if OSA.distance(exact, other, score_cutoff=allowed) <= allowed]
        if best := meant(exact, {other: snapshot.searcher.doc_freq("surface", other) for other in near}, allowed):
            return spellings[best]
    return ""
