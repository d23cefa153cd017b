"""From the words of a question to conditions, wishes and what remains to be searched. Pure."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from search.understanding.ages import ages
from search.understanding.days import (
    abbreviated,
    dates,
    every_day,
    is_past,
    is_story,
    is_time,
    looks_for_events,
    next_weekday,
    relative,
)
from search.understanding.languages import of_people, of_question
from search.understanding.model import Condition, Understood, Wishes
from search.understanding.phrases import Found, longest
from search.understanding.places import IsWord, Named, Resolve, find_place
from search.understanding.providers import ProviderNames
from search.understanding.tokens import Line, fold, without, word_set

# A longer text is no question; it is searched as it is.
LONGEST = 400
MOST_WORDS = 60

_NOT = word_set("nicht kein keine keinen not no nie außer ausser ohne без не bez без nie")
# Words before a condition that belong to it.
_LEADING = {
    "tag": word_set("am an jeden immer nur on every am w we в во по у на każdy în"),
    "zeit": word_set("am immer nur in"),
    "sprache": frozenset({"nur"}),
    "form": frozenset({"nur", "auch"}),
}
_HINTS = {
    fold(word): months
    for months, words in {
        1: "neugeborenes neugeborene neugeborenen neugeboren newborn yenidoğan новорожденный новонароджений noworodek noworodka",
        4: "baby babys säugling säuglinge säuglings säuglingen infant bebek bebeğim bebekler "
        "немовля немовлям младенец младенцем niemowlę niemowlęta رضيع bebeluș",
        9: "krabbelkind krabbelkinder krabbelkindern krabbelbaby krabbler",
        24: "kleinkind kleinkinder kleinkindern toddler toddlers малыш малюк maluch maluchy",
        48: "kindergartenkind kindergartenkinder kindergartenkindern kitakind kitakinder",
        66: "vorschulkind vorschulkinder vorschulkindern vorschüler preschooler preschoolers",
        84: "grundschulkind grundschulkinder grundschulkindern schulkind schulkinder schulkindern",
    }.items()
    for word in words.split()
}

_ONLINE_IS_TOPIC = word_set(
    "sucht spiele spielen spiel sicherheit mobbing gaming games zeit süchtig abhängig zocken dating beantragen antrag kaufen "
    "shopping sicher unterwegs gefahren betrug medien safety casino shoppen bullying abuse gambling wetten poker grooming"
)
_ALWAYS = word_set(
    "immer ständig dauernd viel nur dauerhaft hängt ist sind sein kind sohn tochter stundenlang photos fotos bilder spielt zockt"
)
# "Zu Hause sprechen wir Türkisch" asks for nothing in Turkish.
_SPEAKING = word_set(
    "sprechen spricht spreche reden wir vorbim vorbesc говорим говорит говорю розмовляємо говоримо speak speaks mówimy mówię "
    "konuşuyoruz نتكلم"
)
_FREE_OF = word_set("sugar drug smoke gluten dairy lactose toxic hands stress nappy screen violence diaper worry")
_FREE_FOR = word_set("time play spirit speech range birth press style wifi wi from of fall")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words first to after - 1, and the conditions that they say."""

    first: int
    after: int
    says: tuple[tuple[str, object], ...]
    corrected: bool = False


def understand_text(
    text: str,
    *,
    named: Named,
    is_word: IsWord,
    provider_names: ProviderNames | Iterable[str] = (),
    today: date,
    resolve: Resolve | None = None,
) -> Understood:
    """What a question says beside the words to be searched. Never raises.

    `named`: the area of an exact name or postcode, None for other words. `is_word`: whether listings use a folded word otherwise than as a
    name. `today`: from which "morgen" counts. `resolve`: with it a typing error in a place is put right, and a town elsewhere in
    Germany found, after "in" or "bei". Spans are positions in the text as NFC writes it.
    """
    text = unicodedata.normalize("NFC", text)
    line = Line(text)
    if not line.words or len(text) > LONGEST or len(line) > MOST_WORDS:
        return Understood(text)
    providers = provider_names if isinstance(provider_names, ProviderNames) else ProviderNames(provider_names)
    taken = providers.covered(line)
    pieces: list[_Piece] = []

    def take(piece: _Piece) -> None:
        taken[piece.first : piece.after] = [True] * (piece.after - piece.first)
        pieces.append(piece)

    found_ages = ages(line, taken)
    different = {age.months for age in found_ages}
    if len(different) == 1:
        for age in found_ages:
            take(_Piece(age.first, age.after, (("alter", age.months),)))
    for piece in _days(line, taken, today):
        take(piece)
    for piece in _said(line, taken, today):
        take(piece)
    for place in find_place(line, taken, named=named, is_word=is_word, providers=providers, resolve=resolve):
        take(_Piece(place.first, place.after, (("ort", place.area),), place.corrected))

    conditions, spans = _conditions(line, pieces)
    hinted = found_ages[0].months if len(different) > 1 else None
    return Understood(without(text, spans), conditions, _wishes(line, conditions, hinted))


def _conditions(line: Line, pieces: list[_Piece]) -> tuple[tuple[Condition, ...], list[tuple[int, int]]]:
    """In the order of the question. What is said twice counts once; a second, different value of a single condition stays a word."""
    said: dict[str, object] = {}
    conditions: list[Condition] = []
    spans: list[tuple[int, int]] = []
    for piece in pieces:
        if any(name in said and said[name] != value and name not in {"tag", "sprache", "ort"} for name, value in piece.says):
            continue
        start, end = line.tokens[piece.first].start, line.tokens[piece.after - 1].end
        spans.append((start, end))
        for name, value in piece.says:
            if (name == "ort" and name in said) or (name, value) in [(each.name, each.value) for each in conditions]:
                continue
            said[name] = value
            conditions.append(Condition(name, value, line.text[start:end], start, end, piece.corrected))  # type: ignore[arg-type]
    conditions.sort(key=lambda each: each.start)
    return tuple(conditions), spans


def _wishes(line: Line, conditions: tuple[Condition, ...], age: int | None) -> Wishes:
    said = {condition.value for condition in conditions if condition.name == "sprache"}
    if age is None and not any(condition.name == "alter" for condition in conditions):
        age = next((_HINTS[word] for word in line.words if word in _HINTS), None)
    # A language that is asked for in words stands before the one in which the question is written.
    languages = [language for language in dict.fromkeys((*of_people(line), *of_question(line))) if language not in said]
    return Wishes(age, tuple(languages))


# Days and dates


def _days(line: Line, taken: list[bool], today: date) -> list[_Piece]:
    """Days as "Mo-Fr" and dates as "3. Dezember"."""
    pieces = [
        _Piece(_led(line, first, "tag", taken), after, tuple(("tag", day) for day in days))
        for first, after, days in abbreviated(line)
        if not any(taken[first:after]) and not is_past(line, first)
    ]
    if any(character.isdigit() for character in line.text):
        pieces += _written_dates(line, taken, today)
    return pieces


def _written_dates(line: Line, taken: list[bool], today: date) -> list[_Piece]:
    lowered = "".join(character.lower() if len(character.lower()) == 1 else character for character in line.text)
    folded = lowered.replace("ä", "a")
    starts = {token.start: number for number, token in enumerate(line.tokens)}
    pieces = []
    for start, end, from_day, until in dates(folded, today):
        first = starts.get(start)
        after = next((number + 1 for number, token in enumerate(line.tokens) if token.start < end <= token.end + 1), None)
        if first is None or after is None or after <= first or any(taken[first:after]):
            continue
        says = [(name, day) for name, day in (("von", from_day), ("bis", until)) if day]
        while line.before(first) == "am" and not taken[first - 1]:
            first -= 1
        pieces.append(_Piece(first, after, tuple(says)))
    return pieces


# Phrases


def _said(line: Line, taken: list[bool], today: date) -> list[_Piece]:
    pieces = []
    position = 0
    story: bool | None = None
    while position < len(line):
        found = None if taken[position] else longest(line, position)
        if found is None or any(taken[found.first : found.after]):
            position += 1
            continue
        position = found.after
        names = {name for name, _value in found.meaning}
        if line.before(found.first) in _NOT:
            continue
        if names & {"tag", "zeit", "wann"}:
            story = is_story(line) if story is None else story
            if story or not _is_when(line, found, names):
                continue
        elif not _holds(line, found, names):
            continue
        pieces.append(_piece(line, found, taken, today))
    return pieces


def _is_when(line: Line, found: Found, names: set[str]) -> bool:
    first, after = found.first, found.after
    if is_past(line, first) or not is_time(line, first, after):
        return False
    days = {value for name, value in found.meaning if name == "tag"}
    if (names == {"zeit"} or len(days) > 1) and every_day(line, first):
        return False
    if "wann" in names and (not looks_for_events(line) or line.before(first) == "طول" or line.after(after) == "auf"):
        return False
    if line.words[first:after] == ["morgen"]:
        return line.before(first) not in {"guten", "jeden", "am", "auf", "der", "dem", "den", "ein", "schoenen"}
    return True


def _holds(line: Line, found: Found, names: set[str]) -> bool:
    """Whether a word that may say a condition says it here."""
    first, after = found.first, found.after
    words = line.words[first:after]
    if words == ["free"]:
        return line.before(first) not in _FREE_OF and line.after(after) not in _FREE_FOR
    if words == ["umsonst"]:
        return line.before(first) != "alles"
    if "form" in names and words in (["online"], ["digital"], ["zoom"], ["virtuell"]):
        return line.after(after) not in _ONLINE_IS_TOPIC and (
            line.before(first) not in _ALWAYS or (line.before(first) == "nur" and len(line) < 5)
        )
    if words == ["am", "telefon"]:
        return line.before(first) not in _ALWAYS and not is_story(line)
    if names == {"sprache"}:
        return line.before(first) not in _SPEAKING
    return True


def _piece(line: Line, found: Found, taken: list[bool], today: date) -> _Piece:
    says: list[tuple[str, object]] = []
    first = found.first
    coming = line.before(first)
    for name, value in found.meaning:
        if name == "wann":
            start, end = relative(value, today)
            says += [("tag", "sa"), ("tag", "so")] if value == "next_weekend" else []
            says += [("von", start), ("bis", end)]
        elif name in {"kostenfrei", "ohne_anmeldung", "barrierefrei"}:
            says.append((name, True))
        else:
            says.append((name, value))
    days = [value for name, value in found.meaning if name == "tag"]
    if len(days) == 1 and coming in {"diesen", "kommenden", "naechsten", "nachsten", "this", "next", "bu"}:
        day = next_weekday(days[0], today)
        # "Nächsten Samstag" is the coming one to some, the one after to others.
        until = day if coming in {"diesen", "kommenden", "this", "bu"} else date.fromordinal(day.toordinal() + 7)
        says += [("von", day), ("bis", until)]
        first -= 1
    return _Piece(_led(line, first, found.meaning[0][0], taken), found.after, tuple(says))


def _led(line: Line, first: int, name: str, taken: list[bool]) -> int:
    """Where a condition begins with the words that lead to it."""
    leading = _LEADING.get(name, frozenset())
    while first > 0 and line.words[first - 1] in leading and not taken[first - 1]:
        first -= 1
    return first
