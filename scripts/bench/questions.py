"""What families ask, as parameters of the address, drawn from the words and towns of a corpus. Pure, by seed.

No question comes twice. Their kinds stand in the mix that a directory of offers sees: most people type a word or two and a town.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from urllib.parse import urlencode

from django.utils.text import slugify

from offers.choices import Form, Language, OfferKind
from scripts.bench.corpus import Corpus
from search.contract import DAYS, TIMES, OfferDocument

RADII = (2, 5, 10, 15, 15, 15, 25, 50)
AGES = (1, 4, 8, 12, 18, 24, 36, 48, 60, 72, 96, 120)
_WORD = re.compile(r"[^\W\d_]{4,}", re.UNICODE)
# What people type of a whole sentence; {0} and {1} are words of listings.
SENTENCES = (
    "wo gibt es eine {0} für mein kind",
    "mein baby schläft nicht wer hilft mir bei {0}",
    "ich suche eine gruppe mit {0} für kinder ab einem jahr",
    "{0} und {1} mit zwei kindern am nachmittag",
    "welche {0} gibt es bei uns in der nähe",
    "kann ich ohne anmeldung zu {0} kommen",
    "hilfe bei {0} und {1} gesucht",
)

Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: which kind it is, and the address's parameters, encoded."""

    kind: str
    query: str


class Questions:
    """Draws questions; `sample` gives their words and towns."""

    def __init__(self, corpus: Corpus, sample: Sequence[OfferDocument], seed: int) -> None:
        self._random = Random(seed)
        self._corpus = corpus
        self._documents = sample
        self._located = [document for document in sample if document.municipality]
        self._asked: set[str] = set()
        # Of a thousand questions, how many are of each kind.
        self._mix: dict[str, tuple[int, Callable[[], Parameters]]] = {
            "words": (120, self._words),
            "words and town": (220, lambda: self._words() + self._town()),
            "words and position": (90, lambda: self._words() + self._position()),
            "town": (90, self._town),
            "filters": (60, lambda: self._filters() + self._maybe(self._town)),
            "topics": (40, lambda: self._topics() + self._maybe(self._town)),
            "age": (60, lambda: [*self._age(), *self._town()]),
            "day and time": (60, lambda: [*self._day(), *self._maybe(self._words), *self._town()]),
            "free or barrier-free": (30, lambda: self._switch() + self._town()),
            "dates": (40, lambda: self._dates() + self._maybe(self._town)),
            "languages": (20, lambda: [("sprache", self._random.choice(Language.values)), *self._maybe(self._town)]),
            "by distance": (40, lambda: [*self._maybe(self._words), *self._position(), ("sortierung", "entfernung")]),
            "by date": (30, lambda: [*self._maybe(self._words), *self._maybe(self._town), ("sortierung", "datum")]),
            "later pages": (30, lambda: [*self._common(), ("seite", str(self._random.randint(2, 30)))]),
            "typing error": (30, lambda: [("q", self._mistyped()), *self._maybe(self._town)]),
            "whole sentence": (30, lambda: [("q", self._sentence()), *self._maybe(self._town)]),
            "one house": (10, lambda: [("anbieter", self._random.choice(self._documents).card.provider_key), *self._maybe(self._town)]),
            "nothing": (20, lambda: [("q", self._nonsense()), *self._maybe(self._town)]),
            "everything": (10, self._everything),
        }

    def draw(self, count: int) -> list[Asked]:
        """So many questions, each different from all that were drawn before, in mixed order."""
        names, weights = list(self._mix), [weight for weight, _make in self._mix.values()]
        found: list[Asked] = []
        while len(found) < count:
            kind = self._random.choices(names, weights)[0]
            query = urlencode(self._mix[kind][1]())
            if query not in self._asked:
                self._asked.add(query)
                found.append(Asked(kind, query))
        return found

    def prefixes(self, count: int) -> list[str]:
        """What somebody has typed so far, for suggestions: the beginnings of words of titles."""
        return [self._word(titles=True)[: self._random.randint(2, 7)].lower() for _ in range(count)]

    def _maybe(self, make: Callable[[], Parameters]) -> Parameters:
        return make() if self._random.random() < 0.6 else []

    def _word(self, titles: bool = False) -> str:
        """A word with a capital letter, of a title more often than of a description."""
        for _ in range(20):
            document = self._random.choice(self._documents)
            text = document.card.title if titles or self._random.random() < 0.7 else document.description
            nouns = [word for word in _WORD.findall(text) if word[0].isupper()]
            if nouns:
                return self._random.choice(nouns)
        return "Krabbelgruppe"

    def _words(self) -> Parameters:
        chance = self._random.random()
        if chance < 0.3:
            # The label of a topic, a kind or an audience: what everybody types.
            text = self._random.choice(self._random.choice(self._documents).words)
        elif chance < 0.7:
            text = self._word()
        else:
            text = f"{self._word()} {self._word()}"
        return [("q", text.lower() if self._random.random() < 0.5 else text)]

    def _town(self) -> Parameters:
        """Where people live; half of the time where there are offers, so that a small corpus answers too."""
        country, random = self._corpus.country, self._random
        town = country.draw(random) if random.random() < 0.5 else country.by_slug[random.choice(self._located).municipality]
        # Invented villages are known by their postcode only.
        named = random.random() < 0.4 and town.slug == slugify(town.name)
        text = town.name if named else random.choice((town.postcode, f"{town.postcode} {town.name}"))
        return [("ort", text), *([("umkreis", str(random.choice(RADII)))] if random.random() < 0.8 else [])]

    def _position(self) -> Parameters:
        card = self._random.choice(self._located).card
        latitude, longitude = (card.latitude or 50.3) + self._random.gauss(0, 0.05), (card.longitude or 7.8) + self._random.gauss(0, 0.05)
        return [("lat", f"{latitude:.5f}"), ("lon", f"{longitude:.5f}"), ("umkreis", str(self._random.choice(RADII)))]

    def _filters(self) -> Parameters:
        values = [("art", self._random.choice(OfferKind.values)), *self._maybe(self._topics)]
        return values if self._random.random() < 0.7 else [*values, ("form", self._random.choice(Form.values))]

    def _topics(self) -> Parameters:
        topics = self._random.sample(list(self._corpus.topic_names), self._random.choice((1, 1, 2)))
        return [("thema", topic) for topic in topics]

    def _age(self) -> Parameters:
        return [("alter", str(self._random.choice(AGES)))]

    def _day(self) -> Parameters:
        days = self._random.sample(DAYS, self._random.choice((1, 1, 2)))
        return [("tag", day) for day in days] + self._maybe(lambda: [("zeit", self._random.choice(TIMES))])

    def _switch(self) -> Parameters:
        return [(self._random.choice(("kostenfrei", "ohne_anmeldung", "barrierefrei")), "1"), *self._maybe(self._age)]

    def _dates(self) -> Parameters:
        first = self._corpus.today + timedelta(days=self._random.randint(0, 120))
        last = first + timedelta(days=self._random.choice((0, 1, 6, 13, 30)))
        return [("von", first.isoformat()), ("bis", last.isoformat())]

    def _common(self) -> Parameters:
        return self._random.choice((self._words, self._topics, lambda: [*self._filters(), *self._age()]))()

    def _mistyped(self) -> str:
        """A word with two letters exchanged, one doubled or one left out."""
        word = self._word().lower()
        at = self._random.randrange(1, len(word) - 1)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return self._random.choice((swapped, word[:at] + word[at] + word[at:], word[:at] + word[at + 1 :]))

    def _sentence(self) -> str:
        return self._random.choice(SENTENCES).format(self._word().lower(), self._word().lower())

    def _nonsense(self) -> str:
        return "".join(self._random.choice(("xq", "zw", "vu", "ky", "pf", "ö", "jo")) for _ in range(5))

    def _everything(self) -> Parameters:
        return self._random.choice(
            (
                list,
                lambda: [("sortierung", "datum"), ("seite", str(self._random.randint(1, 50)))],
                lambda: [("seite", str(self._random.randint(2, 400)))],
            )
        )()
