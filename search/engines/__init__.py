"""The engines, and the one that SEARCH_URL names."""

from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.contract import Engine

EXAMPLE = "embedded:///var/lib/familien/index"
SERVERS = ("http", "https")


def get_engine() -> Engine:
    """The engine of the setting SEARCH_URL, one a process and address. Raises ImproperlyConfigured."""
    return engine_at(settings.SEARCH_URL)


@lru_cache(maxsize=8)
def engine_at(url: str) -> Engine:
    """The engine at an address. Does not look whether it can be reached."""
    parts = urlsplit(url)
    if parts.scheme in SERVERS:
        return _elasticsearch(url)
    if parts.scheme != "embedded":
        raise ImproperlyConfigured(f"SEARCH_URL begins with “{parts.scheme}:”, which names no engine. Set it to {EXAMPLE}.")
    if parts.netloc or not parts.path.startswith("/") or len(parts.path) < 2:
        raise ImproperlyConfigured(f"SEARCH_URL names no absolute folder: {url}. Three slashes come before it: {EXAMPLE}.")
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(Path(unquote(parts.path)))


def _elasticsearch(url: str) -> Engine:
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.engines.elasticsearch.address import BadAddress

    try:
        return ElasticsearchEngine(url)
    except BadAddress as error:
        raise ImproperlyConfigured(str(error)) from None


def shown_address(url: str) -> str:
    """The address without user and password, to be printed."""
    parts = urlsplit(url)
    return url if parts.username is None else urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
