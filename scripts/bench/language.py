"""Texts that read like those of the demo listings and are no copies of each other. Pure, by seed.

Sentences of the demo are recombined by topic; in each, some nouns give way to others. Which one follows the frequency of words in
German texts: a few are everywhere, most stand in one listing only. Invented compounds make the vocabulary grow with the corpus as it
does in life, instead of ending with the demo's words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log
from random import Random

from scripts.bench.postcodes import Town

# Ranks of invented compounds; drawn with a probability of one over the rank, as Zipf found for words.
COMPOUNDS = 2_000_000
KEPT, EXCHANGED = 0.62, 0.82  # of a hundred nouns 62 stay, 20 become another of the demo's, 18 an invented compound
_SENTENCE = re.compile(r"(?<=[.!?…])[”“\"]?\s+(?=[„\"A-ZÄÖÜ])")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_NOT_NOUNS = frozenset(["Sie", "Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem", "Ihrer", "Ihres", "Euro", "Uhr"])
# First parts of words that end so take an s or an n before the next.
_TAKES_S = ("ung", "heit", "keit", "schaft", "ion", "tät", "ing", "tum")
_SMALL = (
    "wichtel",
    "mäuse",
    "spatzen",
    "frösche",
    "zwerge",
    "strolche",
    "kiesel",
    "funken",
    "nest",
    "haus",
    "garten",
    "insel",
    "wiese",
    "bande",
)
_BODIES = (
    "Ortsgemeinde {town}",
    "Stadt {town}",
    "Katholische Kirchengemeinde {town}",
    "Evangelische Kirchengemeinde {town}",
    "{name} e. V.",
)
_STREETS = ("straße", "weg", "gasse", "allee", "platz", "ring")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What stays, and between its pieces the nouns that may change: one piece more than nouns."""

    pieces: tuple[str, ...]
    nouns: tuple[str, ...]


class Language:
    """The words and sentences of the demo listings, and what can be made of them."""

    def __init__(self, offers: Sequence[dict[str, str]], providers: Sequence[dict[str, str]], places: Iterable[str]) -> None:
        """`places`: names that are no nouns to exchange, as those of the providers."""
        names = {word for row in providers for word in _WORD.findall(f"{row['name']} {row['ort']}")}
        names |= {word for place in places for word in _WORD.findall(place)}
        # Each as often as it occurs, so that drawing one follows the demo's frequencies.
        texts = [f"{row['kurztext']} {row['beschreibung']}" for row in offers]
        self.nouns = [noun for text in texts for sentence in _SENTENCE.split(text) for noun in _nouns(sentence, names)]
        parts = sorted({noun for noun in self.nouns if 4 <= len(noun) <= 11 and noun.isalpha() and noun[1:].islower()})
        mixer = Random(len(parts))
        self._firsts, self._lasts = mixer.sample(parts, len(parts)), mixer.sample(parts, len(parts))
        self.descriptions = _by_topic(offers, "beschreibung", names)
        self.summaries = _by_topic(offers, "kurztext", names)
        self.titles = _by_topic(offers, "titel", names)
        self._provider_kinds = [(row["art"], row["name"].split()[0]) for row in providers]

    def compound(self, random: Random) -> str:
        """An invented German compound: Hausaufgabenlaterne, Laternenfamilienkarte."""
        rank = int(exp(random.random() * log(COMPOUNDS)))
        count = len(self._firsts)
        first, last = self._firsts[rank % count], self._lasts[(rank * 7919 + rank // count) % count]
        if rank > 40_000:
            middle = self._lasts[(rank // count * 31 + 7) % count]
            return _link(first) + _link(middle.lower()) + last.lower()
        return _link(first) + last.lower()

    def noun(self, random: Random) -> str:
        return random.choice(self.nouns) if random.random() < 0.6 else self.compound(random)

    def write(self, sentence: Sentence, random: Random) -> str:
        """The sentence with some of its nouns exchanged."""
        written = [sentence.pieces[0]]
        for noun, piece in zip(sentence.nouns, sentence.pieces[1:], strict=True):
            chance = random.random()
            if chance >= EXCHANGED:
                noun = self.compound(random)
            elif chance >= KEPT:
                noun = random.choice(self.nouns)
            written += (noun, piece)
        return "".join(written)

    def title(self, topic: str, town: Town, provider: str, random: Random) -> str:
        """Half as the demo's titles with nouns exchanged, half invented; some name the town or the house."""
        if random.random() < 0.5:
            title = self.write(random.choice(self.titles[topic]), random)
        else:
            title = f"{self.noun(random)} {random.choice(('für', 'mit', 'und', 'ohne', 'rund um'))} {self.noun(random)}"
        chance = random.random()
        if chance < 0.2:
            return f"{title} in {town.name}"
        if chance < 0.3:
            return f"{title} – {provider}"
        if chance < 0.5:
            return f"{random.choice(self.nouns)}: {title}"
        return title

    def summary(self, topic: str, town: Town, random: Random) -> str:
        text = self.write(random.choice(self.summaries[topic]), random)
        return f"{text} Für Familien aus {town.name}." if random.random() < 0.15 else text

    def description(self, topic: str, town: Town, provider: str, random: Random) -> str:
        """Four to nine sentences, most of them about the topic, one about the place."""
        topical, others = self.descriptions[topic], self.descriptions[""]
        chosen = dict.fromkeys(random.choice(topical if random.random() < 0.65 else others) for _ in range(random.randint(4, 9)))
        sentences = [self.write(sentence, random) for sentence in chosen]
        if random.random() < 0.6:
            where = random.choice(("Sie finden uns in {town}", "{provider} lädt nach {town} ein", "Wir sind in {town} zu Hause"))
            sentences.insert(random.randrange(len(sentences)), where.format(town=town.name, provider=provider) + ".")
        return " ".join(sentences)

    def provider(self, town: Town, random: Random) -> tuple[str, str, str]:
        """Kind, name and body of a house."""
        kind, first = random.choice(self._provider_kinds)
        word = random.choice(self._firsts)
        name = f"{first} {_link(word)}{random.choice(_SMALL)}" if random.random() < 0.7 else f"{first} {self.compound(random)}"
        if random.random() < 0.4:
            name = f"{name} {town.name}"
        return kind, name, random.choice(_BODIES).format(town=town.name, name=name)

    def venue(self, town: Town, random: Random) -> str:
        return random.choice(("Bürgerhaus {0}", "Gemeindehaus {0}", "Turnhalle {0}", "{1}haus", "Haus {1}")).format(
            town.name, random.choice(self._firsts)
        )

    def street(self, random: Random) -> str:
        return f"{_link(random.choice(self._firsts))}{random.choice(_STREETS)} {random.randint(1, 80)}"


def _link(word: str) -> str:
    """The first part of a compound with its linking sound."""
    if word.endswith(_TAKES_S):
        return word + "s"
    return word + "n" if word.endswith("e") else word


def _nouns(sentence: str, names: Iterable[str]) -> list[str]:
    """Words with a capital letter that do not begin the sentence and name nobody."""
    return [
        found.group()
        for found in _WORD.finditer(sentence)
        if _is_noun(sentence, found) and found.group() not in names and found.group() not in _NOT_NOUNS
    ]


def _is_noun(sentence: str, found: re.Match[str]) -> bool:
    word = found.group()
    before = sentence[: found.start()].rstrip()
    return word[0].isupper() and word[1:].islower() and len(word) > 3 and bool(before) and before[-1] not in '.:!?„“"-–'


def _sentence(text: str, names: Iterable[str]) -> Sentence:
    pieces, nouns, done = [], [], 0
    for found in _WORD.finditer(text):
        hyphened = text[found.end() : found.end() + 1] == "-"
        if _is_noun(text, found) and found.group() not in names and found.group() not in _NOT_NOUNS and not hyphened:
            pieces.append(text[done : found.start()])
            nouns.append(found.group())
            done = found.end()
    return Sentence((*pieces, text[done:]), tuple(nouns))


def _by_topic(offers: Iterable[dict[str, str]], column: str, names: Iterable[str]) -> dict[str, list[Sentence]]:
    """Sentences by topic; under "" all. Titles are one sentence each."""
    found: dict[str, list[Sentence]] = defaultdict(list)
    for row in offers:
        texts = [row[column]] if column == "titel" else _SENTENCE.split(row[column])
        for sentence in [_sentence(text, names) for text in texts if text]:
            for topic in (*row["themen"].split(", "), ""):
                found[topic].append(sentence)
    return dict(found)
