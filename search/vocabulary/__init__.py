"""What the search knows about words and families, in one place for all engines. Pure.

What is bundled lies in the files of this folder; what editors have changed is laid over it (`lay_over`) by
`search.editing.vocabulary_store`, which alone knows the database. Constituents and stems decide about tokens in the index
(`Vocabulary.fingerprint`); everything else acts on a question only and holds at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from threading import Lock

from search.vocabulary import files
from search.vocabulary.entries import Situation, Term, TermKind

__all__ = ["Overlay", "Situation", "Term", "TermKind", "Vocabulary", "current", "forget", "lay_over", "when_tokens_change"]


@dataclass(frozen=True, slots=True)
class Overlay:
    """What editors made of the bundled entries, and their own, by key; None: switched off."""

    terms: Mapping[str, Term | None] = field(default_factory=dict)
    situations: Mapping[str, Situation | None] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What holds at one moment. Two are the same only if they are one object, so that caches may be keyed by it."""

    overlay: Overlay
    revision: int = 0  # counts the changes that this process has seen

    @cached_property
    def constituents(self) -> tuple[str, ...]:
        """Lines as in constituents.txt."""
        return tuple(term.words[0] for term in self.terms(TermKind.CONSTITUENT))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Lines as in stems.txt: one family of forms each, its stem first."""
        return tuple(files.lines("stems.txt"))

    @cached_property
    def stop_words(self) -> tuple[str, ...]:
        return tuple(word for term in self.terms(TermKind.STOP_WORD) for word in term.words)

    @cached_property
    def situations(self) -> tuple[Situation, ...]:
        """By slug, so that their order is the same everywhere."""
        merged = {**files.situations(), **self.overlay.situations}
        return tuple(merged[slug] for slug in sorted(merged) if merged[slug])  # type: ignore[misc]

    @cached_property
    def fingerprint(self) -> str:
        """Eight characters that change when the same text gives other tokens: what was indexed before must then be indexed again."""
        text = "\n".join((*sorted(self.constituents), "", *sorted(self.stems)))
        return blake2b(text.encode(), digest_size=4).hexdigest()

    def terms(self, *kinds: TermKind) -> list[Term]:
        """The entries of these kinds."""
        merged = {**files.terms(), **self.overlay.terms}
        return [term for term in merged.values() if term and term.kind in kinds]


_lock = Lock()
_current = Vocabulary(Overlay())
_dependent: list[Callable[[], object]] = []


def current() -> Vocabulary:
    """What holds now. Costs nothing: no file is read twice and no database is asked."""
    return _current


def lay_over(overlay: Overlay) -> None:
    """Let this hold from now on, in all threads of the process."""
    global _current
    with _lock:
        before, _current = _current, Vocabulary(overlay, _current.revision + 1)
        if before.fingerprint != _current.fingerprint:
            for forget_tokens in _dependent:
                forget_tokens()


def forget() -> None:
    """Back to what is bundled."""
    if _current.overlay != Overlay():
        lay_over(Overlay())


def when_tokens_change(forget_tokens: Callable[[], object]) -> None:
    """Register what empties a cache of things made from constituents or stems."""
    _dependent.append(forget_tokens)
