"""The open interface: what the pages know, as JSON, for other sites and apps. Described at /api/v1/openapi.json."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from pydantic import Field

from offers.models import Topic
from search.forms import tidy
from search.labels import facet_labels
from search.question import Question, understand
from search.reading import get_reader
from search.suggestions.suggesting import suggested

MAX_PAGE_SIZE = 100

api = NinjaAPI(
    title="Angebote für Familien",
    version="1",
    description="Suche nach Gruppen, Beratung, Kursen und Treffs für Familien. Ohne Anmeldung, ohne Schlüssel.",
    urls_namespace="api",
    docs_url=None,
)


class SearchParameters(Schema):
    """The same parameters as the search page. Broken values are ignored and named in `hints`."""

    q: str = Field("", description="Wörter")
    ort: str = Field("", description="Ort, Ortsteil, Verbandsgemeinde oder Postleitzahl")
    umkreis: str = Field("", description="Kilometer, Vorgabe 15")
    lat: str = Field("", description="Breite in Grad, statt ort")
    lon: str = Field("", description="Länge in Grad, statt ort")
    art: list[str] = Field([], description="gruppe, beratung, veranstaltung, kurs, treff; mehrfach")
    thema: list[str] = Field([], description="Kennung eines Themas; mehrfach")
    alter: str = Field("", description="Alter des Kindes in Monaten")
    tag: list[str] = Field([], description="mo, di, mi, do, fr, sa, so; mehrfach")
    zeit: str = Field("", description="vormittag, nachmittag, abend")
    von: str = Field("", description="erster Tag, 2026-12-03")
    bis: str = Field("", description="letzter Tag, 2026-12-03")
    sprache: list[str] = Field([], description="ISO 639-1; mehrfach")
    form: str = Field("", description="vor_ort, online, telefon, zuhause")
    kostenfrei: str = Field("", description="1")
    ohne_anmeldung: str = Field("", description="1")
    barrierefrei: str = Field("", description="1")
    anbieter: str = Field("", description="Kennung einer Einrichtung")
    woertlich: str = Field("", description="1: in q nur Wörter sehen, keinen Ort, keinen Tag, kein Alter")
    sortierung: str = Field("", description="relevanz, entfernung, datum")
    seite: str = Field("", description="ab 1")
    page_size: str = Field("", description="1 bis 100, Vorgabe 20")


class FacetValueOut(Schema):
    value: str
    label: str
    count: int


class Understood(Schema):
    """What the question was taken to mean, by its parameters and the words in q. Empty where it says nothing; text is what remains of q."""

    text: str
    place: str
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    age_months: int | None
    days: list[str]
    time: str
    date_from: str
    date_to: str
    kinds: list[str]
    topics: list[str]
    languages: list[str]
    form: str
    free: bool
    without_registration: bool
    accessible: bool


class Result(Schema):
    key: str
    title: str
    url: str
    kind: str
    summary: str
    provider: str
    town: str
    lat: float | None
    lon: float | None
    distance_km: float | None
    next_date: datetime | None
    score: float


class SearchAnswer(Schema):
    total: int
    page: int
    pages: int
    understood: Understood
    hints: list[str]
    facets: dict[str, list[FacetValueOut]]
    suggestion: str
    limited: bool = Field(description="Die Suche ist gerade nur eingeschränkt möglich: ohne Synonyme, Tippfehler und Bedeutung")
    results: list[Result]


class Suggestion(Schema):
    type: Literal["topic", "offer", "question", "place"]
    value: str
    label: str
    detail: str
    url: str
    group: str = Field(description="Überschrift über den Vorschlägen dieser Art")
    language: str = Field("de", description="Sprache von label, ISO 639-1")


class Problem(Schema):
    detail: str


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return api.create_response(request, {"detail": _("Die Anfrage ist nicht lesbar.")}, status=400)


@api.get("/search", response={200: SearchAnswer, 503: Problem}, summary="Angebote suchen")
def search(request: HttpRequest, parameters: Query[SearchParameters]) -> dict[str, Any]:
    question = understand(request.GET, list(Topic.objects.all()), page_size=_page_size(request))
    response = get_reader().search(question.request)
    labels = facet_labels()
    return {
        "total": response.total,
        "page": response.page,
        "pages": response.pages,
        "understood": _understood(question),
        "hints": list(question.hints),
        "facets": {
            name: [{"value": each.value, "label": labels(name, each.value), "count": each.count} for each in values]
            for name, values in response.facets.items()
        },
        "suggestion": response.suggestion,
        "limited": response.limited,
        "results": [_result(request, hit, question.request.now) for hit in response.hits],
    }


@api.get("/suggest", response=list[Suggestion], summary="Vorschläge beim Tippen")
def suggest(request: HttpRequest, q: str = "", limit: int = 8) -> list[dict[str, str]]:
    """Topics, offers and places whose name has a word that begins like this, and what families ask in such words, in nine languages."""
    prefix = tidy(q[:400])[:60]
    return suggested(prefix, max(1, min(limit, 20))) if prefix else []


def _page_size(request: HttpRequest) -> int:
    asked = request.GET.get("page_size", "")
    return max(1, min(int(asked), MAX_PAGE_SIZE)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 20


def _understood(question: Question) -> dict[str, Any]:
    request = question.request
    return {
        "text": request.text,
        "place": question.place_label,
        "latitude": request.circle.latitude if request.circle else None,
        "longitude": request.circle.longitude if request.circle else None,
        "radius_km": question.radius_km,
        "age_months": request.age_months,
        "days": list(request.days),
        "time": request.time,
        "date_from": request.date_from.isoformat() if request.date_from else "",
        "date_to": request.date_to.isoformat() if request.date_to else "",
        "kinds": list(request.kinds),
        "topics": list(request.topics),
        "languages": list(request.languages),
        "form": request.form,
        "free": request.free,
        "without_registration": request.without_registration,
        "accessible": request.accessible,
    }


def _result(request: HttpRequest, hit: Any, now: datetime) -> dict[str, Any]:
    card = hit.card
    upcoming = card.next_occurrence(now)
    return {
        "key": card.key,
        "title": card.title,
        "url": request.build_absolute_uri(card.url),
        "kind": card.kind,
        "summary": card.summary,
        "provider": card.provider_name,
        "town": card.town,
        "lat": card.latitude,
        "lon": card.longitude,
        "distance_km": round(hit.distance_km, 3) if hit.distance_km is not None else None,
        "next_date": timezone.localtime(upcoming.start) if upcoming else None,
        "score": round(hit.score, 4),
    }
