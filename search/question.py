"""From an address to a checked question: the request for the engine, the place it means, what was left out.

What the words of `q` say beside what is looked for joins the parameters; a parameter that is given wins over words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from offers.models import Topic
from places import resolver
from places.resolver import Area, resolve
from search.contract import Circle, SearchRequest, Sort
from search.forms import DEFAULT_RADIUS, SearchForm
from search.meaning import meaning_of
from search.ordinary_words import is_word
from search.provider_names import provider_names
from search.understanding import Condition, Understood, same_place, understand_text, without

RELEVANCE: Sort = "relevanz"
DISTANCE: Sort = "entfernung"
# Parameters that say one thing together: where one is given, words say none of them.
TOGETHER = {"von": ("von", "bis"), "bis": ("von", "bis")}


@dataclass(frozen=True)
class Question:
    """What somebody asks. `radius_km` is None where no place is given. `understood` are the conditions that hold by words of `q`."""

    form: SearchForm
    request: SearchRequest
    place: Area | None
    place_label: str
    alternatives: tuple[Area, ...]
    radius_km: float | None
    hints: tuple[str, ...]
    understood: Understood

    @property
    def data(self) -> dict[str, Any]:
        return self.form.cleaned_data

    def without_words(self, names: Iterable[str]) -> dict[str, str]:
        """What changes in the address where the words go that say one of these parameters; empty where there are none."""
        names = set(names)
        spans = {condition.span for condition in self.understood.conditions if condition.name in names}
        return {"q": without(self.data["q"], sorted(spans))} if spans else {}

    def with_text(self, text: str) -> str:
        """A `q` that looks for this text under the same conditions."""
        said = {condition.span: condition.written for condition in self.understood.conditions}
        return " ".join(filter(None, [text, *(said[span] for span in sorted(said))]))


@dataclass(frozen=True)
class Place:
    """Where somebody looks: the area, or a point of its own, and how that is called."""

    area: Area | None = None
    centre: tuple[float, float] | None = None
    label: str = ""
    alternatives: tuple[Area, ...] = ()
    hints: tuple[str, ...] = ()


def understand(query: QueryDict, topics: list[Topic], *, page_size: int = 20, now: datetime | None = None) -> Question:
    """Read the parameters; nothing in them makes this raise."""
    form = SearchForm(query, topics)
    data, moment = form.cleaned_data, now or timezone.localtime()
    place = _given_place(data)
    understood = _understood(data, place, moment)
    if place.centre is None and (said := next((each for each in understood.conditions if each.name == "ort"), None)):
        unknown, place = place.hints, _said_place(said)
        place = replace(place, hints=(*unknown, *place.hints))
    radius = circle = None
    if place.centre:
        radius = data["umkreis"] or DEFAULT_RADIUS
        # Whoever names an area means all of it.
        reach = max(radius, place.area.extent_km) if place.area else radius
        circle = Circle(*place.centre, reach)
    return Question(
        form=form,
        request=_request(data, understood, circle, page_size, moment),
        place=place.area,
        place_label=place.label,
        alternatives=place.alternatives,
        radius_km=radius,
        hints=(*form.hints, *place.hints),
        understood=understood,
    )


def _given_place(data: dict[str, Any]) -> Place:
    """What `lat` and `lon`, or `ort`, mean."""
    if data["lat"] is not None:
        return Place(centre=(data["lat"], data["lon"]), label=_("Ihr Standort"))
    if not data["ort"]:
        return Place()
    resolution = resolve(data["ort"])
    if resolution.found is None:
        unknown = _("Den Ort „%(town)s“ kennen wir nicht. Versuchen Sie es mit der Postleitzahl oder dem nächsten größeren Ort.")
        return Place(alternatives=resolution.alternatives, hints=(unknown % {"town": data["ort"][:60]},))
    hints = (_corrected(data["ort"], resolution.found),) if resolution.corrected else ()
    return Place(resolution.found, resolution.found.point, resolution.found.label, resolution.alternatives, hints)


def _said_place(said: Condition) -> Place:
    """The place that words of the question name."""
    area = said.value
    assert isinstance(area, Area)
    hints = (_corrected(said.written, area),) if said.corrected else ()
    return Place(area, area.point, area.label, resolve(area.query).alternatives, hints)


def _corrected(written: str, area: Area) -> str:
    return _("Wir haben „%(town)s“ als „%(label)s“ verstanden.") % {"town": written[:60], "label": area.label}


def _understood(data: dict[str, Any], place: Place, now: datetime) -> Understood:
    """What the words say and no parameter says otherwise. Words that a parameter overrules are not searched either."""
    if data["woertlich"]:
        return Understood(data["q"])
    found = understand_text(
        data["q"],
        named=_named,
        is_word=is_word,
        provider_names=provider_names(),
        today=timezone.localtime(now).date(),
        resolve=resolve,
    )
    given = {name for name, value in data.items() if _is_given(value)}

    def overruled(condition: Condition) -> bool:
        if condition.name == "ort":
            return place.centre is not None
        return not given.isdisjoint(TOGETHER.get(condition.name, (condition.name,)))

    without_effect = {each.span for each in found.conditions if overruled(each)}
    if not without_effect:
        return found
    kept = tuple(each for each in found.conditions if each.span not in without_effect)
    # Another place than the given one may be part of a name: it stays a word.
    cut = {each.span for each in found.conditions if each.name != "ort" or place.centre is None or _means(each, place)}
    return Understood(without(data["q"], sorted(cut)), kept, found.wishes)


def _is_given(value: Any) -> bool:
    return value is not None and value is not False and value != "" and value != []


def _named(words: str) -> Area | None:
    return next(iter(resolver.named(words)), None)


def _means(said: Condition, place: Place) -> bool:
    """Whether words name the place that is given anyway, in one of their readings."""
    assert isinstance(said.value, Area)
    readings = (said.value, *resolve(said.value.query).alternatives)
    return place.area is not None and any(same_place(each, place.area) for each in readings)


def _request(data: dict[str, Any], understood: Understood, circle: Circle | None, page_size: int, now: datetime) -> SearchRequest:
    said: dict[str, list[Any]] = {}
    for condition in understood.conditions:
        said.setdefault(condition.name, []).append(condition.value)

    def one(name: str) -> Any:
        value = data[name]
        return value if _is_given(value) else next(iter(said.get(name, ())), value)

    def several(name: str) -> tuple[str, ...]:
        return tuple(data[name] or said.get(name, ()))

    sort: Sort = data["sortierung"] or RELEVANCE
    if sort == DISTANCE and circle is None:
        sort = RELEVANCE
    age, languages = one("alter"), several("sprache")
    return SearchRequest(
        text=understood.text,
        meaning=meaning_of(data["q"]),
        wished_age_months=understood.wishes.age_months if age is None else None,
        wished_languages=() if languages else understood.wishes.languages,
        circle=circle,
        kinds=tuple(data["art"]),
        topics=tuple(data["thema"]),
        age_months=age,
        days=several("tag"),
        time=one("zeit") or "",
        date_from=one("von"),
        date_to=one("bis"),
        languages=languages,
        form=one("form") or "",
        free=bool(one("kostenfrei")),
        without_registration=bool(one("ohne_anmeldung")),
        accessible=bool(one("barrierefrei")),
        provider=data["anbieter"] or "",
        sort=sort,
        page=data["seite"] or 1,
        page_size=page_size,
        now=now,
    )
