"""What the search keeps in the database."""

from search.models.outbox import OutboxEntry
from search.models.vocabulary import Origin, Situation, VocabularyEntry, VocabularyState, VocabularyTerm

__all__ = ["Origin", "OutboxEntry", "Situation", "VocabularyEntry", "VocabularyState", "VocabularyTerm"]
