"""Where the server is and under which name the index lives: what SEARCH_URL says. Pure.

    https://user:password@search.example.org:9200/families?ca=/etc/ssl/our-ca.pem&shards=3&replicas=1

User and password with special characters are percent-encoded. The last part of the path is the prefix of all names on the server; what
stands before it is a reverse proxy's.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

EXAMPLE = "https://user:password@search.example.org:9200/families"
# What Elasticsearch takes as the name of an index, with room for what is added to it.
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_.-]{0,180}")
_PARAMETERS = ("ca", "shards", "replicas")


class BadAddress(ValueError):  # noqa: N818 - said to who sets it
    """The address names no server or no index. The message never has the password in it."""


@dataclass(frozen=True, slots=True)
class Address:
    host: str  # scheme, name and port, and the path of a reverse proxy: without who asks
    prefix: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""  # file of certificates that sign the server's; "": the system's
    shards: int = 1
    replicas: str = "0-1"  # so many copies, or as many as there are nodes for

    @classmethod
    def parse(cls, url: str) -> "Address":
        """Raises BadAddress."""
        parts = urlsplit(url)
        try:
            port = parts.port or (443 if parts.scheme == "https" else 9200)
        except ValueError as error:
            raise BadAddress("The port in SEARCH_URL is no number.") from error
        if not parts.hostname:
            raise BadAddress(f"SEARCH_URL names no server. For example {EXAMPLE}")
        *before, prefix = parts.path.strip("/").split("/")
        prefix = unquote(prefix)
        if not _PREFIX.fullmatch(prefix):
            raise BadAddress(f"SEARCH_URL ends with “/{prefix}”, which cannot be the name of an index. For example {EXAMPLE}")
        name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return cls(
            host="/".join([f"{parts.scheme}://{name}:{port}", *before]),
            prefix=prefix,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            **_parameters(parts),
        )


def _parameters(parts: SplitResult) -> dict[str, Any]:
    given = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    if unknown := sorted(given.keys() - set(_PARAMETERS)):
        raise BadAddress(f"SEARCH_URL has “{unknown[0]}” behind the question mark; known are {', '.join(_PARAMETERS)}.")
    found: dict[str, Any] = {}
    if "ca" in given:
        found["ca"] = given["ca"]
    if "shards" in given:
        if not (given["shards"].isdecimal() and 1 <= int(given["shards"]) <= 1024):
            raise BadAddress("“shards” in SEARCH_URL is a number from 1.")
        found["shards"] = int(given["shards"])
    if "replicas" in given:
        if not re.fullmatch(r"\d{1,2}(-(\d{1,2}|all))?", given["replicas"]):
            raise BadAddress("“replicas” in SEARCH_URL is a number, or a span such as 0-1.")
        found["replicas"] = given["replicas"]
    return found
