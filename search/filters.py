"""The filters beside the results: every value with its count, every choice as a chip that one click takes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from offers.choices import Form, Language, OfferKind
from offers.models import Topic
from places.resolver import Area
from search.addresses import search_url
from search.contract import FacetValue
from search.forms import DAY_CHOICES, TIME_CHOICES
from search.question import Question
from search.understanding import Condition
from search.understanding import without as words_without

AGE_CHOICES = [
    (1, gettext_lazy("gerade geboren")),
    (4, gettext_lazy("4 Monate")),
    (8, gettext_lazy("8 Monate")),
    (12, gettext_lazy("1 Jahr")),
    (18, gettext_lazy("eineinhalb Jahre")),
    (24, gettext_lazy("2 Jahre")),
    (36, gettext_lazy("3 Jahre")),
    (48, gettext_lazy("4 Jahre")),
    (60, gettext_lazy("5 Jahre")),
    (72, gettext_lazy("6 Jahre")),
    (96, gettext_lazy("8 Jahre")),
    (120, gettext_lazy("10 Jahre")),
]


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True)
class Group:
    """The values of one parameter. `several` groups take more than one."""

    name: str
    label: str
    options: tuple[Option, ...]
    several: bool = True

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.chosen]

    @property
    def summary(self) -> str:
        """What the closed filter says: its only choice, or how many."""
        chosen = self.chosen
        if len(chosen) == 1:
            return chosen[0].label
        return _("%(count)d gewählt") % {"count": len(chosen)} if chosen else ""


@dataclass(frozen=True)
class Chip:
    """A condition that holds, and the address of the search without it."""

    label: str
    url: str


def groups(question: Question, facets: Mapping[str, tuple[FacetValue, ...]], topics: list[Topic]) -> dict[str, Group]:
    """All groups by parameter. Values that would find nothing are left out, unless they are chosen."""
    data = question.data
    counts = {name: {each.value: each.count for each in values} for name, values in facets.items()}

    def build(name: str, label: str, facet: str, choices: list[tuple[str, str]], by_count: bool = False) -> Group:
        chosen = set(data[name] if isinstance(data[name], list) else [data[name]])
        found = counts.get(facet, {})
        options = [Option(code, str(text), found.get(code, 0), code in chosen) for code, text in choices]
        options = [option for option in options if option.count or option.chosen]
        if by_count:
            options.sort(key=lambda option: (-(option.count or 0), option.label))
        return Group(name, label, tuple(options), isinstance(data[name], list))

    ages = tuple(Option(str(months), str(label), None, data["alter"] == months) for months, label in AGE_CHOICES)
    if data["alter"] is not None and not any(option.chosen for option in ages):
        ages += (Option(str(data["alter"]), _("%(months)d Monate") % {"months": data["alter"]}, None, True),)
    return {
        "art": build("art", _("Art"), "kind", [(str(v), str(label)) for v, label in OfferKind.choices]),
        "thema": build("thema", _("Thema"), "topic", [(topic.slug, topic.name) for topic in topics], by_count=True),
        "alter": Group("alter", _("Alter"), ages, several=False),
        "tag": build("tag", _("Tag"), "day", [(v, str(label)) for v, label in DAY_CHOICES]),
        "zeit": build("zeit", _("Tageszeit"), "time", [(v, str(label)) for v, label in TIME_CHOICES]),
        "sprache": build("sprache", _("Sprache"), "language", [(str(v), str(label)) for v, label in Language.choices]),
        "form": build("form", _("Wie"), "form", [(str(v), str(label)) for v, label in Form.choices]),
    }


def switches(question: Question, facets: Mapping[str, tuple[FacetValue, ...]]) -> list[Option]:
    """Conditions that are on or off, with what they would find."""
    rows = [
        ("kostenfrei", _("Kostenfrei"), "free"),
        ("ohne_anmeldung", _("Ohne Anmeldung"), "without_registration"),
        ("barrierefrei", _("Mit dem Rollstuhl erreichbar"), "accessible"),
    ]
    return [
        Option(name, label, sum(each.count for each in facets.get(facet, ())), bool(question.data[name])) for name, label, facet in rows
    ]


def chips(question: Question, all_groups: Mapping[str, Group], all_switches: list[Option]) -> list[Chip]:
    """What is set, each with the address of the search without it."""
    data = question.data

    def without(**changes: Any) -> str:
        return search_url(data, seite=None, **changes)

    found: list[Chip] = []
    for group in all_groups.values():
        for option in group.chosen:
            rest = [value for value in data[group.name] if value != option.value] if group.several else None
            found.append(Chip(option.label, without(**{group.name: rest})))
    found += [Chip(option.label, without(**{option.value: None})) for option in all_switches if option.chosen]
    for name, template in (("von", _("ab %(day)s")), ("bis", _("bis %(day)s"))):
        if data[name]:
            found.append(Chip(template % {"day": date_format(data[name], "j. F")}, without(**{name: None})))
    if data["anbieter"]:
        found.append(Chip(_("nur eine Einrichtung"), without(anbieter=None)))
    if data["lat"] is not None:
        found.append(Chip(_("um Ihren Standort"), without(lat=None, lon=None)))
    if data["woertlich"]:
        found.append(Chip(_("nur als Wörter"), without(woertlich=None)))
    return found


def understood_chips(question: Question) -> list[Chip]:
    """What words of the question say, and the search without these words; one chip for "mittwochnachmittag", though it says two things."""
    data = question.data
    by_span: dict[tuple[int, int], list[Condition]] = {}
    for condition in question.understood.conditions:
        by_span.setdefault(condition.span, []).append(condition)
    return [
        Chip(_condition_label(said), search_url(data, seite=None, q=words_without(data["q"], [span]))) for span, said in by_span.items()
    ]


def _condition_label(said: list[Condition]) -> str:
    days = {each.name: each.value for each in said if isinstance(each.value, date)}
    labels = [_value_label(each) for each in said if each.name not in days]
    if "von" in days and days["von"] == days.get("bis"):
        labels.append(date_format(days["von"], "j. F"))
    else:
        templates = {"von": _("ab %(day)s"), "bis": _("bis %(day)s")}
        labels += [templates[name] % {"day": date_format(day, "j. F")} for name, day in days.items()]
    return ", ".join(labels)


def _value_label(condition: Condition) -> str:
    """What is understood, in the words of the filters."""
    name, value = condition.name, condition.value
    if isinstance(value, Area):
        return value.label
    if name == "alter":
        return age_label(int(str(value)))
    switches = {"kostenfrei": _("Kostenfrei"), "ohne_anmeldung": _("Ohne Anmeldung"), "barrierefrei": _("Mit dem Rollstuhl erreichbar")}
    if name in switches:
        return switches[name]
    choices = {"tag": DAY_CHOICES, "zeit": TIME_CHOICES, "sprache": Language.choices, "form": Form.choices}[name]
    return next(str(label) for code, label in choices if code == value)


def age_label(months: int) -> str:
    if months % 12 == 0 and months:
        years = months // 12
        return ngettext("%(years)d Jahr", "%(years)d Jahre", years) % {"years": years}
    return ngettext("%(months)d Monat", "%(months)d Monate", months) % {"months": months}
