"""Listings stay true: who is asked when, and what follows when nobody answers. See docs/freshness.md."""

from offers.freshness.cases import standing

__all__ = ["standing"]
