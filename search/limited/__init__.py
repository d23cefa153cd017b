"""Search without an index, from the database: while the engine cannot be reached, families find less, but they find."""

from search.limited.engine import DatabaseSearch

__all__ = ["DatabaseSearch"]
