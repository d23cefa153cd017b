"""What families ask, as suggestions while somebody types: phrases of the vocabulary's situations, in all its languages. Pure.

An index in memory, built once for what holds and a matter of microseconds to ask. Few phrases come back, each of another situation. What
nobody wants to see by accident (violence, addiction, death) is suggested only to somebody who has clearly begun to type it.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search import vocabulary
from search.suggestions.spoken import DELICATE_TOPICS, Spoken, folded, spoken_phrases, tokens
from search.vocabulary import Vocabulary
from search.vocabulary.entries import GERMAN

# A beginning of so few letters has its phrases ready: most words begin with it.
READY = 3
SHORTEST_TEXT = 2
# From so many letters on one may be wrong, and two.
SHORTEST_CORRECTED, SHORTEST_TWICE_CORRECTED = 5, 8
MOST_NEAR = 20
# Counselling is suggested to somebody who has typed this much, and what is delicate only for so many letters of a word that says it.
ENOUGH_FOR_COUNSELLING, ENOUGH_TO_BE_CLEAR = 4, 5
# A word says something delicate where nearly all phrases with it do.
NEARLY_ALL = 0.8
# Fewer letters say too little to guess at a word in the middle.
ENOUGH_WITHIN = 4
MOST_WEIGHED = 60
CLEARLY_AHEAD = 1.5
# A question has no more words that matter, and somebody who pastes a page is not typing.
MOST_WORDS, LONGEST_TEXT = 8, 80

Numbers = frozenset[int]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A phrase as it is shown and searched; `language` is ISO 639-1, `situation` a slug."""

    text: str
    language: str
    situation: str


@dataclass(frozen=True, eq=False)
class Phrases:
    """Phrases by number, the best first; `words` in order with the phrases of each; `texts` are folded, in order, with the number."""

    spoken: tuple[Spoken, ...]
    words: tuple[str, ...]
    phrases_of: dict[str, Numbers]
    ready: dict[str, Numbers]
    texts: tuple[tuple[str, int], ...]
    delicate: frozenset[str]
    topics_of: dict[str, Counter[str]] = field(repr=False)

    def beginning(self, start: str) -> Sequence[str]:
        """All words that begin so."""
        return self.words[bisect_left(self.words, start) : bisect_left(self.words, start + "\U0010ffff")]

    def with_beginning(self, start: str) -> Numbers:
        if len(start) <= READY:
            return self.ready.get(start, frozenset())
        return frozenset().union(*(self.phrases_of[word] for word in self.beginning(start)))


def suggestions(text: str, limit: int = 3) -> list[Suggested]:
    """Phrases that somebody who types this may mean, the likeliest first, each of another situation; [] for less than two letters."""
    typed = folded(text[:LONGEST_TEXT])
    if len(typed) < SHORTEST_TEXT:
        return []
    index = _phrases(vocabulary.current())
    asked = tokens(typed)[:MOST_WORDS]
    found = _matching(index, asked)
    if not found:
        asked = _corrected(index, asked)
        found = _matching(index, asked)
    if not found:
        return []
    start = " ".join(asked)
    beginning = set(_beginning_so(index, start)) & found
    letters = sum(map(len, asked))
    within = found - beginning if letters >= ENOUGH_WITHIN else frozenset()
    weighed = [*nsmallest(MOST_WEIGHED, beginning), *nsmallest(MOST_WEIGHED, within)]
    allowed = (number for number in weighed if _may_be_shown(index, index.spoken[number], asked, letters))
    ordered = sorted(allowed, key=lambda number: (number not in beginning, index.spoken[number].language != GERMAN, number))
    return _different(index, ordered, typed, limit)


def related_topics(text: str, limit: int = 4) -> list[str]:
    """Keys of topics that words like these are about, by the situations in which families use them; the surest first.

    Delicate ones only where the words are clearly about them.
    """
    index = _phrases(vocabulary.current())
    votes: Counter[str] = Counter()
    for word in tokens(folded(text[:LONGEST_TEXT]))[:MOST_WORDS]:
        topics = index.topics_of.get(word, Counter())
        number = topics.total()
        for topic, count in topics.items():
            votes[topic] += count / number  # type: ignore[assignment]
    calm = max((count for topic, count in votes.items() if topic not in DELICATE_TOPICS), default=0)
    sure = [topic for topic, count in votes.most_common() if topic not in DELICATE_TOPICS or count >= CLEARLY_AHEAD * calm]
    return sure[:limit]


def prepare() -> None:
    """Build the index now, so that nobody who types waits for it."""
    _phrases(vocabulary.current())


def _matching(index: Phrases, asked: Sequence[str]) -> Numbers:
    """Phrases that have all words; the last one may be unfinished, and any that no phrase has as a whole."""
    if not asked:
        return frozenset()
    found = index.with_beginning(asked[-1])
    for word in asked[:-1]:
        found &= index.phrases_of.get(word, frozenset()) or index.with_beginning(word)
    return found


def _beginning_so(index: Phrases, start: str) -> Iterator[int]:
    first = bisect_left(index.texts, (start, -1))
    last = bisect_left(index.texts, (start + "\U0010ffff", -1))
    return (number for _text, number in index.texts[first:last])


def _corrected(index: Phrases, asked: Sequence[str]) -> list[str]:
    """The words with typing errors put right in each that no phrase has; [] where one is like nothing. The first letter is right."""
    better = []
    for position, word in enumerate(asked):
        if word not in index.phrases_of and not index.with_beginning(word):
            word = _nearest(index, word, unfinished=position == len(asked) - 1)
            if not word:
                return []
        better.append(word)
    return better


def _nearest(index: Phrases, word: str, *, unfinished: bool) -> str:
    """The word, or the beginning of one, with the fewest errors; of equals the longest, then the one in most phrases; "" for none."""
    if len(word) < SHORTEST_CORRECTED:
        return ""
    choices: Collection[str] = index.beginning(word[0])
    if unfinished:
        choices = {each[: len(word)] for each in choices}
    errors = 1 if len(word) < SHORTEST_TWICE_CORRECTED else 2
    found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=errors, limit=MOST_NEAR)
    best = min(found, key=lambda each: (each[1], -len(each[0]), -len(index.with_beginning(each[0])), each[0]), default=None)
    return best[0] if best else ""


def _may_be_shown(index: Phrases, spoken: Spoken, asked: Sequence[str], letters: int) -> bool:
    if spoken.delicate:
        return any(_says_it(index, word, spoken) for word in asked)
    return not spoken.counselling or letters >= ENOUGH_FOR_COUNSELLING


def _says_it(index: Phrases, typed: str, spoken: Spoken) -> bool:
    """Whether what is typed is a delicate word of the phrase, or can become nothing else."""
    if typed in index.delicate and typed in spoken.words:
        return True
    if len(typed) < ENOUGH_TO_BE_CLEAR:
        return False
    return all(word in index.delicate for word in index.beginning(typed))


def _different(index: Phrases, numbers: Iterable[int], typed: str, limit: int) -> list[Suggested]:
    """One of each situation; not what stands in the field already."""
    chosen: dict[str, Suggested] = {}
    for number in numbers:
        spoken = index.spoken[number]
        if spoken.situation not in chosen and spoken.folded != typed:
            chosen[spoken.situation] = Suggested(spoken.text, spoken.language, spoken.situation)
            if len(chosen) == limit:
                break
    return list(chosen.values())


@lru_cache(maxsize=2)
def _phrases(holding: Vocabulary) -> Phrases:
    spoken = spoken_phrases(holding)
    phrases_of: dict[str, set[int]] = defaultdict(set)
    ready: dict[str, set[int]] = defaultdict(set)
    for number, each in enumerate(spoken):
        for word in each.words:
            phrases_of[word].add(number)
            for length in range(1, READY + 1):
                ready[word[:length]].add(number)
    return Phrases(
        spoken=spoken,
        words=tuple(sorted(phrases_of)),
        phrases_of={word: frozenset(numbers) for word, numbers in phrases_of.items()},
        ready={start: frozenset(numbers) for start, numbers in ready.items()},
        texts=tuple(sorted((each.folded, number) for number, each in enumerate(spoken))),
        delicate=frozenset(
            word for word, numbers in phrases_of.items() if sum(spoken[number].delicate for number in numbers) >= NEARLY_ALL * len(numbers)
        ),
        topics_of=_topics_of(holding),
    )


def _topics_of(holding: Vocabulary) -> dict[str, Counter[str]]:
    """In how many situations with a topic a word is used, by word; the first topic of a situation counts twice."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    little = set(tokens(folded(" ".join(holding.stop_words))))
    for situation in holding.situations:
        words = {word for text in (*situation.words, *situation.phrases) for word in tokens(folded(text))} - little
        for word in words:
            found[word].update(situation.topics)
            found[word].update(situation.topics[:1])
    return found
