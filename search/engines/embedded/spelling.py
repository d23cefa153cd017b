"""Typing errors: the word of an index that somebody probably meant."""

from rapidfuzz.distance import OSA
from tantivy import Query

from search.engines.embedded.schema import from_surface
from search.engines.embedded.storage import SCHEMA, Snapshot

# Documents in which a mistyped word is looked up.
LOOK_INTO = 40


def nearest(snapshot: Snapshot, exact: str, errors: int) -> str:
    """The word, as written, that differs least and by at most so many errors; of equals the commonest. "" where there is none.

    An error is a letter too many, missing, wrong, or two swapped (optimal string alignment). Two are only believed where the first letter
    is right.
    """
    for allowed in range(1, errors + 1):
        query = Query.fuzzy_term_query(SCHEMA, "surface", exact, distance=allowed)
        spellings: dict[str, str] = {}
        for address in snapshot.addresses(query, LOOK_INTO):
            spellings.update(from_surface(snapshot.stored(address, "spelling")))
        near = [
            other
            for other in spellings
            if (allowed == 1 or other[0] == exact[0]) and OSA.distance(exact, other, score_cutoff=allowed) <= allowed
        ]
        if near:
            return spellings[min(near, key=lambda other: (-snapshot.searcher.doc_freq("surface", other), other))]
    return ""
