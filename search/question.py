"""From an address to a checked question: the request for the engine, the place it means, what was left out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from offers.models import Topic
from places.resolver import Area, resolve
from search.contract import Circle, SearchRequest, Sort
from search.forms import DEFAULT_RADIUS, SearchForm

RELEVANCE: Sort = "relevanz"
DISTANCE: Sort = "entfernung"


@dataclass(frozen=True)
class Question:
    """What somebody asks. `radius_km` is None where no place is given."""

    form: SearchForm
    request: SearchRequest
    place: Area | None
    place_label: str
    alternatives: tuple[Area, ...]
    radius_km: float | None
    hints: tuple[str, ...]

    @property
    def data(self) -> dict[str, Any]:
        return self.form.cleaned_data


def understand(query: QueryDict, topics: list[Topic], *, page_size: int = 20, now: datetime | None = None) -> Question:
    """Read the parameters; nothing in them makes this raise."""
    form = SearchForm(query, topics)
    data, hints = form.cleaned_data, list(form.hints)
    label = ""
    place: Area | None = None
    alternatives: tuple[Area, ...] = ()
    centre: tuple[float, float] | None = None
    if data["lat"] is not None:
        centre, label = (data["lat"], data["lon"]), _("Ihr Standort")
    elif data["ort"]:
        resolution = resolve(data["ort"])
        place, alternatives = resolution.found, resolution.alternatives
        if place is None:
            hints.append(
                _("Den Ort „%(town)s“ kennen wir nicht. Versuchen Sie es mit der Postleitzahl oder dem nächsten größeren Ort.")
                % {"town": data["ort"][:60]}
            )
        else:
            centre, label = (place.latitude, place.longitude), place.label
            if resolution.corrected:
                hints.append(_("Wir haben „%(town)s“ als „%(label)s“ verstanden.") % {"town": data["ort"][:60], "label": label})
    radius = None
    circle = None
    if centre:
        radius = data["umkreis"] or DEFAULT_RADIUS
        # Whoever names an area means all of it.
        reach = max(radius, place.extent_km) if place else radius
        circle = Circle(centre[0], centre[1], reach)
    return Question(
        form=form,
        request=_request(data, circle, page_size, now or timezone.localtime()),
        place=place,
        place_label=label,
        alternatives=alternatives,
        radius_km=radius,
        hints=tuple(hints),
    )


def _request(data: dict[str, Any], circle: Circle | None, page_size: int, now: datetime) -> SearchRequest:
    sort: Sort = data["sortierung"] or RELEVANCE
    if sort == DISTANCE and circle is None:
        sort = RELEVANCE
    return SearchRequest(
        text=data["q"],
        circle=circle,
        kinds=tuple(data["art"]),
        topics=tuple(data["thema"]),
        age_months=data["alter"],
        days=tuple(data["tag"]),
        time=data["zeit"] or "",
        date_from=data["von"],
        date_to=data["bis"],
        languages=tuple(data["sprache"]),
        form=data["form"] or "",
        free=data["kostenfrei"],
        without_registration=data["ohne_anmeldung"],
        accessible=data["barrierefrei"],
        provider=data["anbieter"] or "",
        sort=sort,
        page=data["seite"] or 1,
        page_size=page_size,
        now=now,
    )
