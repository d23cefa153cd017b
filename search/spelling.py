"""Which of several words somebody meant who mistyped one. Pure; the same for every engine."""

from collections.abc import Mapping
from functools import lru_cache

import cologne_phonetics
from rapidfuzz.distance import OSA

# Words from this length on that differ twice may also sound a little different.
LONG = 10


def meant(typed: str, others: Mapping[str, int], errors: int) -> str:
    """The word that differs least, by at most so many errors; of equals the commonest. "" where there is none.

    `others`: words in their exact form (`analysis.Word.exact`) and how common each is. An error is a letter too many, missing, wrong, or
    two swapped (optimal string alignment). Nobody mistypes the first letter for another; and what differs twice must sound alike, or it
    is another word.
    """
    near = []
    for other, frequency in others.items():
        distance = OSA.distance(typed, other, score_cutoff=errors)
        if 0 < distance <= errors and _begins_alike(typed, other) and (distance == 1 or _sounds_alike(typed, other)):
            near.append((distance, -frequency, other))
    return min(near)[2] if near else ""


def _begins_alike(first: str, second: str) -> bool:
    return first[0] == second[0] or first[1:] == second or second[1:] == first or first[1::-1] == second[:2]


def _sounds_alike(first: str, second: str) -> bool:
    if first[0] != second[0]:
        return False
    one, two = _sound(first), _sound(second)
    return one == two or (min(len(first), len(second)) >= LONG and OSA.distance(one, two, score_cutoff=1) <= 1 and len(one) != len(two))


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    """Cologne phonetics: "f", "v" and "ph" are one, vowels and doubled letters none. A word in another script is its own sound."""
    found = cologne_phonetics.encode(word)
    return found[0][1] if found and found[0][1] else word
