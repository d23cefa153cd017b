"""Meanings of texts, worked out once and kept."""

from typing import ClassVar

from django.db import models


class Embedding(models.Model):
    """The vector of one text by one encoder (`search.semantics.kept.key_of`), whichever listings have it."""

    key = models.BinaryField(max_length=16, primary_key=True)
    encoder = models.CharField(max_length=80, db_index=True)
    vector = models.BinaryField()  # as search.semantics.quantized packs it

    def __str__(self) -> str:
        return f"{self.encoder} {bytes(self.key).hex()}"


class EncodingTask(models.Model):
    """A page whose meaning has yet to be worked out; it is found by its words meanwhile."""

    page_id = models.PositiveBigIntegerField(primary_key=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return str(self.page_id)
