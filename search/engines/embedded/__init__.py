"""Tantivy in the process."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
