"""Understanding a question: what in it is a place, an age, a day, a cost. Pure; the words come in, conditions come out."""

from search.understanding.model import Condition, Understood, Wishes
from search.understanding.places import same_place
from search.understanding.providers import ProviderNames
from search.understanding.reading import understand_text
from search.understanding.tokens import without

__all__ = ["Condition", "ProviderNames", "Understood", "Wishes", "same_place", "understand_text", "without"]
