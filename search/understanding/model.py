"""What a question was taken to mean. Pure."""

from dataclasses import dataclass
from datetime import date

from places.areas import Area


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that words of the question say.

    `name` and `value` are a parameter of the search and its value: ort (an Area), alter (months), tag, zeit, sprache and form (their
    codes), von and bis (dates), kostenfrei, ohne_anmeldung and barrierefrei (True). `written` stands at text[start:end]. Conditions
    with the same span were said by the same words: "wochenende" is Saturday and Sunday. `corrected`: a typing error was put right.
    """

    name: str
    value: str | int | bool | date | Area
    written: str
    start: int
    end: int
    corrected: bool = False

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Wishes:
    """What makes a listing fit better and excludes none: an age in months, languages as ISO 639-1, the most likely first."""

    age_months: int | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """`text` is what remains to be searched, "" where the conditions say everything."""

    text: str
    conditions: tuple[Condition, ...] = ()
    wishes: Wishes = Wishes()
