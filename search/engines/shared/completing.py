"""Suggestions in the order in which they are shown."""

from search.analysis import LONGEST_QUESTION, words
from search.contract import OfferCard


def completions(found: list[OfferCard], prefix: str, limit: int) -> tuple[OfferCard, ...]:
    """Titles that begin with what was typed come first; the others stay as they are."""
    typed = [each.exact for each in words(prefix[:LONGEST_QUESTION])]
    begins = [[each.exact for each in words(card.title)][: len(typed)] for card in found]
    ordered = sorted(zip(begins, found, strict=True), key=lambda each: not "".join(each[0]).startswith("".join(typed)))
    return tuple(card for _begin, card in ordered[:limit])
