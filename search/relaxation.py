"""Nothing found: which condition kept most away, and what there is without it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from search.addresses import search_url
from search.contract import Engine, SearchRequest
from search.question import Question


@dataclass(frozen=True)
class Relaxation:
    """One way out: the sentence on the button, how many it finds, where it leads."""

    label: str
    count: int
    url: str


def relaxations(question: Question, engine: Engine, limit: int = 3) -> list[Relaxation]:
    """Searches with one condition less that find something, the largest first."""
    found = []
    for label, request, changes in _ways_out(question):
        count = engine.count(replace(request, page=1, facets=False))
        if count:
            found.append(Relaxation(label, count, search_url(question.data, seite=None, **changes)))
    return sorted(found, key=lambda each: -each.count)[:limit]


def _ways_out(question: Question) -> Iterator[tuple[str, SearchRequest, dict[str, Any]]]:
    request, data = question.request, question.data
    if request.circle and request.circle.radius_km and question.radius_km:
        wider = 50.0 if question.radius_km < 50 else None
        if wider:
            circle = replace(request.circle, radius_km=max(wider, request.circle.radius_km))
            yield _("Im Umkreis von 50 km suchen"), replace(request, circle=circle), {"umkreis": 50}
        yield (
            _("Im ganzen Kreis suchen"),
            replace(request, circle=None, sort="relevanz"),
            {"ort": None, "umkreis": None, "lat": None, "lon": None, "sortierung": None},
        )
    if request.days or request.time or request.date_from or request.date_to:
        yield (
            _("An allen Tagen suchen"),
            replace(request, days=(), time="", date_from=None, date_to=None),
            {"tag": None, "zeit": None, "von": None, "bis": None},
        )
    single: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        (_("Alle Arten von Angeboten zeigen"), {"kinds": ()}, {"art": None}),
        (_("Alle Themen zeigen"), {"topics": ()}, {"thema": None}),
        (_("Für jedes Alter suchen"), {"age_months": None}, {"alter": None}),
        (_("In allen Sprachen suchen"), {"languages": ()}, {"sprache": None}),
        (_("Vor Ort, online und am Telefon suchen"), {"form": ""}, {"form": None}),
        (_("Auch zeigen, was etwas kostet"), {"free": False}, {"kostenfrei": None}),
        (_("Auch mit Anmeldung"), {"without_registration": False}, {"ohne_anmeldung": None}),
        (_("Auch ohne Angabe zum Rollstuhl"), {"accessible": False}, {"barrierefrei": None}),
        (_("Bei allen Einrichtungen suchen"), {"provider": ""}, {"anbieter": None}),
    ]
    for label, change, parameters in single:
        if any(getattr(request, name) != empty for name, empty in change.items()):
            yield label, replace(request, **change), parameters
    if request.text and any(data[name] for name in ("ort", "art", "thema", "alter", "tag", "sprache", "form", "lat")):
        yield _("Ohne „%(words)s“ suchen") % {"words": request.text[:60]}, replace(request, text=""), {"q": None}
