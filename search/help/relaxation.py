"""Ways out of a search that finds nothing or little: one condition less, or a wider circle, each with what it finds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from search.addresses import search_url
from search.contract import FacetValue, SearchRequest, SearchResponse
from search.forms import RADII
from search.question import Question
from search.reading import Reading

WIDE_KM = 50.0
MOST_WAYS = 3
# So many of the wide circle's hits are looked at for distances and towns.
MOST_NEAR = 60

Facets = Mapping[str, tuple[FacetValue, ...]]


@dataclass(frozen=True)
class Relaxation:
    """One way out: the condition it takes away, the words on the button, how many it finds, where it leads."""

    condition: str
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Change:
    """A condition less: what it is called, and what changes in the request and in the address."""

    condition: str
    label: str
    request: SearchRequest
    address: Mapping[str, Any]
    count: int | None = None  # where the answer so far tells it


class Allowance:
    """The reader for so many questions: help must not cost more than the search did."""

    def __init__(self, reader: Reading, left: int) -> None:
        self.reader, self.left = reader, left

    def search(self, request: SearchRequest) -> SearchResponse:
        """To be called only while something is `left`."""
        self.left -= 1
        return self.reader.search(request)

    def count(self, request: SearchRequest) -> int:
        """As `search`."""
        self.left -= 1
        return self.reader.count(request)


def relaxation(question: Question, change: Change, count: int) -> Relaxation:
    """The button of a change that finds so many."""
    # What words of the question say goes with the conditions.
    address = {**question.without_words(change.address), **change.address}
    return Relaxation(change.condition, change.label, count, search_url(question.data, seite=None, **address))


def counted(question: Question, changes: Iterator[Change], allowance: Allowance, keep: int) -> tuple[list[Relaxation], bool]:
    """The changes that find something, and whether all could be tried. `keep`: so many questions are left for others."""
    found = []
    complete = True
    for change in changes:
        count = change.count
        if count is None:
            if allowance.left <= keep:
                complete = False
                continue
            count = allowance.count(replace(change.request, page=1, facets=()))
        if count:
            found.append(relaxation(question, change, count))
    return found, complete


def wider(question: Question) -> Change | None:
    """The circle of 50 km; None without a circle or where it is as wide already."""
    request, radius = question.request, question.radius_km
    if not request.circle or not request.circle.radius_km or not radius or radius >= WIDE_KM:
        return None
    return _within(question, WIDE_KM)


def just_wide_enough(question: Question, distance_km: float) -> Change | None:
    """The next wider circle that reaches so far; None where that is the widest."""
    steps = [float(step) for step in RADII if question.radius_km is not None and max(question.radius_km, distance_km) < step < WIDE_KM]
    return _within(question, steps[0]) if steps else None


def _within(question: Question, radius_km: float) -> Change:
    assert question.request.circle
    circle = replace(question.request.circle, radius_km=max(radius_km, question.place.extent_km if question.place else 0.0))
    label = _("Im Umkreis von %(radius)d km suchen") % {"radius": radius_km}
    return Change(_("der Ort"), label, replace(question.request, circle=circle), {"umkreis": radius_km})


def anywhere(question: Question) -> Change | None:
    """The same without a place; None where there is none."""
    request = question.request
    if not request.circle or not request.circle.radius_km:
        return None
    address = {"ort": None, "umkreis": None, "lat": None, "lon": None, "sortierung": None}
    return Change(_("der Ort"), _("Im ganzen Kreis suchen"), replace(request, circle=None, sort="relevanz"), address)


def without_words(question: Question) -> Change:
    """The same conditions without the words."""
    words = {"words": question.request.text[:60]}
    return Change(
        _("„%(words)s“") % words,
        _("Ohne „%(words)s“ suchen") % words,
        replace(question.request, text="", meaning=None),
        {"q": question.with_text(""), "woertlich": None},
    )


def without_one(question: Question, facets: Facets) -> Iterator[Change]:
    """One condition less each, without the place and the words."""
    request = question.request
    if request.days or request.time or request.date_from or request.date_to:
        yield Change(
            _("der Tag"),
            _("An allen Tagen suchen"),
            replace(request, days=(), time="", date_from=None, date_to=None),
            {"tag": None, "zeit": None, "von": None, "bis": None},
        )
    single: list[tuple[str, str, dict[str, Any], str]] = [
        (_("das Alter"), _("Für jedes Alter suchen"), {"age_months": None}, "alter"),
        (_("die Art"), _("Alle Arten von Angeboten zeigen"), {"kinds": ()}, "art"),
        (_("das Thema"), _("Alle Themen zeigen"), {"topics": ()}, "thema"),
        (_("die Sprache"), _("In allen Sprachen suchen"), {"languages": ()}, "sprache"),
        (_("„vor Ort, online oder am Telefon“"), _("Vor Ort, online und am Telefon suchen"), {"form": ""}, "form"),
        (_("„kostenfrei“"), _("Auch zeigen, was etwas kostet"), {"free": False}, "kostenfrei"),
        (_("„ohne Anmeldung“"), _("Auch mit Anmeldung"), {"without_registration": False}, "ohne_anmeldung"),
        (_("der Zugang mit dem Rollstuhl"), _("Auch ohne Angabe zum Rollstuhl"), {"accessible": False}, "barrierefrei"),
        (_("die Einrichtung"), _("Bei allen Einrichtungen suchen"), {"provider": ""}, "anbieter"),
    ]
    for condition, label, change, parameter in single:
        if any(getattr(request, name) != empty for name, empty in change.items()):
            yield Change(condition, label, replace(request, **change), {parameter: None}, _told(facets, parameter))


def _told(facets: Facets, parameter: str) -> int | None:
    """How many there are without the condition, as far as the counts beside the filters tell: each offer has one kind and one form."""
    # Every offer is in some language: no language, no offer.
    if parameter == "sprache" and "language" in facets and not facets["language"]:
        return 0
    facet = {"art": "kind", "form": "form"}.get(parameter, "")
    return sum(each.count for each in facets[facet]) if facet in facets else None
