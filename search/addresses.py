"""Addresses of searches: canonical, short, the same for the same question."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from search.forms import DEFAULT_RADIUS

# The order in which parameters stand in an address.
ORDER = (
    "q", "ort", "umkreis", "lat", "lon", "art", "thema", "alter", "tag", "zeit", "von", "bis", "sprache", "form",
    "kostenfrei", "ohne_anmeldung", "barrierefrei", "anbieter", "woertlich", "sortierung", "seite",
)  # fmt: skip
# What is meant when nothing is said; the form sends it all the same, and one question has one address.
DEFAULTS = {("seite", "1"), ("sortierung", "relevanz"), ("umkreis", str(DEFAULT_RADIUS))}


def parameters(data: dict[str, Any], **changes: Any) -> list[tuple[str, str]]:
    """The parameters that say something, in order; `changes` replace single ones, None takes one away."""
    merged = {**data, **changes}
    pairs: list[tuple[str, str]] = []
    for name in ORDER:
        value = merged.get(name)
        for each in value if isinstance(value, (list, tuple)) else [value]:
            if each is True:
                pairs.append((name, "1"))
            elif each not in (None, "", False):
                pairs.append((name, f"{each:g}" if isinstance(each, float) else str(each)))
    return [pair for pair in pairs if pair not in DEFAULTS]


def query_string(data: dict[str, Any], **changes: Any) -> str:
    return urlencode(parameters(data, **changes))


def search_url(data: dict[str, Any], **changes: Any) -> str:
    """A path that can be bookmarked and sent on."""
    query = query_string(data, **changes)
    return reverse("search") + (f"?{query}" if query else "")


def map_data_url(data: dict[str, Any]) -> str:
    """Where the map gets its points for this search; it adds `bbox` and `zoom`."""
    query = query_string(data, seite=None, sortierung=None)
    return reverse("search_map") + (f"?{query}" if query else "")
