"""Examples of offers, as Kitas write them: what a new one begins with. The texts are data (examples.json)."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "examples.json"


@dataclass(frozen=True, slots=True)
class Example:
    """Codes are those of the listing format; `weekday` is 0 for Monday; `age` is "low-high" in months as the short form offers it."""

    slug: str
    name: str
    hint: str
    kind: str
    title: str = ""
    summary: str = ""
    description: str = ""
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    form: str = "vor_ort"
    weekday: int | None = None
    rhythm: str = "weekly"
    start_time: str = ""
    end_time: str = ""
    age: str = "-"
    price: str = ""
    registration: str = "keine"


def _example(row: dict[str, Any]) -> Example:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Example(**values)


@cache
def examples() -> dict[str, Example]:
    """All examples by slug, in the order in which they are offered."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    made = [_example(row) for row in rows]
    return {each.slug: each for each in made}
