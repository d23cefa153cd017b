"""Names of providers in a question: what belongs to one is no place and no condition. Pure."""

from collections.abc import Iterable
from itertools import pairwise

from search.analysis import stop_words
from search.compounds import base, split
from search.understanding.tokens import Line, word_set, words_of

# What many providers are called; beside a place it says what is looked for there.
_KINDS = word_set(
    "kita kitas kindertagesstätte kindertagesstätten kindergarten kindergärten krippe kinderkrippe hort familienzentrum "
    "familienzentren verein beratungsstelle beratung familienbildungsstätte mehrgenerationenhaus jugendamt kreisverwaltung "
    "stadtverwaltung stadt gemeinde verbandsgemeinde städtische evangelische katholische evangelischer katholischer "
    "kommunale hebamme hebammenpraxis praxis grundschule musikschule bücherei volkshochschule kirchengemeinde e v ggmbh"
)


class ProviderNames:
    """Made once from the names of the providers and then only read."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._neighbours: set[tuple[str, str]] = set()
        for name in names:
            words = _name(name)
            if words:
                self._by_first.setdefault(words[0], []).append(words)
                self._neighbours.update(pairwise(words))

    def covered(self, line: Line) -> list[bool]:
        """For every word of the question whether it is part of a whole name."""
        covered = [False] * len(line)
        for position, word in enumerate(line.words):
            for name in self._by_first.get(word, ()):
                if len(name) > 1 and tuple(line.words[position : position + len(name)]) == name:
                    covered[position : position + len(name)] = [True] * len(name)
        return covered

    def is_part(self, line: Line, first: int, after: int) -> bool:
        """Whether the words stand as in a name beside a telling word of it ("Fuchsbau Fachbach"; not "Kita Fachbach")."""
        left, right = line.before(first), line.after(after)
        return ((left, line.words[first]) in self._neighbours and _is_telling(left)) or (
            (line.words[after - 1], right) in self._neighbours and _is_telling(right)
        )


def _name(name: str) -> tuple[str, ...]:
    words = words_of(name)
    return tuple(words[:-2] if words[-2:] == ["e", "v"] else words)


def _is_telling(word: str) -> bool:
    if word in _KINDS or word in stop_words() or len(word) < 3:
        return False
    constituents, whole = split(base(word))
    return not (whole and constituents)
