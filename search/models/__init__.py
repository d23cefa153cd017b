"""What the search keeps in the database."""

from search.models.meaning import Embedding, EncodingTask
from search.models.outbox import OutboxEntry
from search.models.vocabulary import Origin, Situation, VocabularyEntry, VocabularyState, VocabularyTerm

__all__ = ["Embedding", "EncodingTask", "Origin", "OutboxEntry", "Situation", "VocabularyEntry", "VocabularyState", "VocabularyTerm"]
