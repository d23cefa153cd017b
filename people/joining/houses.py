"""Who is invited, and to which provider: by key, or by name and place. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Whom one invites. The address in small letters."""

    first_name: str
    last_name: str
    email: str


@dataclass(frozen=True, slots=True)
class House:
    """A provider as somebody writes it. With a key, one that is there; else by name and place."""

    key: str = ""
    name: str = ""
    kind: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether families find the way with it."""
        return bool(self.name and self.street and self.postal_code and self.town)


@dataclass(frozen=True, slots=True)
class Known:
    """A provider that is there."""

    pk: int
    key: str
    name: str
    postal_code: str
    town: str


def normal(text: str) -> str:
    """Two spellings of one name are the same: capitals and spaces do not count."""
    return " ".join(text.casefold().split())


def matches(house: House, known: Iterable[Known]) -> list[Known]:
    """The providers that a house may be: with its key, or with its name and nothing that speaks against it."""
    if house.key:
        return [each for each in known if each.key == house.key]
    return [
        each
        for each in known
        if normal(each.name) == normal(house.name)
        and not (each.postal_code and house.postal_code and each.postal_code != house.postal_code)
        and not (each.town and house.town and normal(each.town) != normal(house.town))
    ]
