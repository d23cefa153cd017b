"""How varied a corpus is: whether its documents are templates of one text shows in these figures."""

import re
from collections import Counter
from dataclasses import dataclass, field

from search.contract import OfferDocument

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


@dataclass
class Variety:
    """Counts while a stream of documents passes. Texts are kept as their hashes only."""

    documents: int = 0
    words: int = 0
    titles: set[int] = field(default_factory=set)
    descriptions: set[int] = field(default_factory=set)
    vocabulary: Counter[int] = field(default_factory=Counter)
    postcodes_towns: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    with_dates: int = 0

    def count(self, document: OfferDocument) -> None:
        card = document.card
        self.documents += 1
        self.titles.add(hash(card.title))
        self.descriptions.add(hash(document.description))
        written = [hash(word) for text in (card.title, card.summary, document.description) for word in _WORD.findall(text.lower())]
        self.words += len(written)
        self.vocabulary.update(written)
        self.postcodes_towns.add(document.municipality)
        self.kinds[card.kind] += 1
        self.with_dates += bool(document.occurrences)

    def figures(self) -> dict[str, float]:
        """Shares between 0 and 1, counts, and the mean number of words a listing."""
        once = sum(1 for count in self.vocabulary.values() if count == 1)
        return {
            "distinct_titles": len(self.titles) / self.documents,
            "distinct_descriptions": len(self.descriptions) / self.documents,
            "vocabulary": len(self.vocabulary),
            "vocabulary_once": once / len(self.vocabulary),
            "words_each": self.words / self.documents,
            "towns": len(self.postcodes_towns),
            "with_dates": self.with_dates / self.documents,
        }
