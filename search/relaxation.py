"""Nothing found: which condition kept most away, and what there is without it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from search.addresses import search_url
from search.contract import SearchRequest
from search.question import Question
from search.reading import Reading

WIDE_KM = 50.0


@dataclass(frozen=True)
class Relaxation:
    """One way out: the condition it takes away, the words on the button, how many it finds, where it leads."""

    condition: str
    label: str
    count: int
    url: str


def relaxations(question: Question, reader: Reading, limit: int = 3) -> list[Relaxation]:
    """Searches with one condition less that find something, the largest first."""
    found = []
    for condition, label, request, changes in _ways_out(question):
        count = reader.count(replace(request, page=1, facets=()))
        if count:
            # What words of the question say goes with them.
            changes = {**question.without_words(changes), **changes}
            found.append(Relaxation(condition, label, count, search_url(question.data, seite=None, **changes)))
    return sorted(found, key=lambda each: -each.count)[:limit]


def _ways_out(question: Question) -> Iterator[tuple[str, str, SearchRequest, dict[str, Any]]]:
    request, data = question.request, question.data
    if request.circle and request.circle.radius_km and question.radius_km:
        place = _("der Ort")
        if question.radius_km < WIDE_KM:
            circle = replace(request.circle, radius_km=max(WIDE_KM, request.circle.radius_km))
            yield place, _("Im Umkreis von 50 km suchen"), replace(request, circle=circle), {"umkreis": WIDE_KM}
        yield (
            place,
            _("Im ganzen Kreis suchen"),
            replace(request, circle=None, sort="relevanz"),
            {"ort": None, "umkreis": None, "lat": None, "lon": None, "sortierung": None},
        )
    if request.days or request.time or request.date_from or request.date_to:
        yield (
            _("der Tag"),
            _("An allen Tagen suchen"),
            replace(request, days=(), time="", date_from=None, date_to=None),
            {"tag": None, "zeit": None, "von": None, "bis": None},
        )
    single: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
        (_("die Art"), _("Alle Arten von Angeboten zeigen"), {"kinds": ()}, {"art": None}),
        (_("das Thema"), _("Alle Themen zeigen"), {"topics": ()}, {"thema": None}),
        (_("das Alter"), _("Für jedes Alter suchen"), {"age_months": None}, {"alter": None}),
        (_("die Sprache"), _("In allen Sprachen suchen"), {"languages": ()}, {"sprache": None}),
        (_("„vor Ort, online oder am Telefon“"), _("Vor Ort, online und am Telefon suchen"), {"form": ""}, {"form": None}),
        (_("„kostenfrei“"), _("Auch zeigen, was etwas kostet"), {"free": False}, {"kostenfrei": None}),
        (_("„ohne Anmeldung“"), _("Auch mit Anmeldung"), {"without_registration": False}, {"ohne_anmeldung": None}),
        (_("der Zugang mit dem Rollstuhl"), _("Auch ohne Angabe zum Rollstuhl"), {"accessible": False}, {"barrierefrei": None}),
        (_("die Einrichtung"), _("Bei allen Einrichtungen suchen"), {"provider": ""}, {"anbieter": None}),
    ]
    for condition, label, change, parameters in single:
        if any(getattr(request, name) != empty for name, empty in change.items()):
            yield condition, label, replace(request, **change), parameters
    given = any(data[name] for name in ("ort", "art", "thema", "alter", "tag", "sprache", "form", "lat"))
    if request.text and (given or question.understood.conditions):
        words = {"words": request.text[:60]}
        yield _("„%(words)s“") % words, _("Ohne „%(words)s“ suchen") % words, replace(request, text=""), {"q": question.with_text("")}
