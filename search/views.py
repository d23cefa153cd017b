"""The search page, its map, and the pages of topics and towns."""

from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from offers.models import Topic
from places.models import Place, PlaceKind
from search.addresses import map_data_url, search_url
from search.contract import Circle, SearchRequest, SearchResponse
from search.filters import chips, groups, switches, understood_chips
from search.forms import DEFAULT_RADIUS, RADII, SORT_CHOICES
from search.health import readiness
from search.help.helping import help_with
from search.help.recognised import told
from search.mapdata import apart, feature_collection, read_window
from search.presentation import present
from search.question import Question, understand
from search.reading import Reading, get_reader


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The whole page, or for htmx only its changing part; both from the same address."""
    topics = list(Topic.objects.all())
    question = understand(request.GET, topics)
    reader = get_reader()
    context = _found(question, reader.search(question.request), reader, topics)
    whole = not request.htmx or request.htmx.history_restore_request  # type: ignore[attr-defined]
    response = render(request, "search/page.html" if whole else "search/section.html", context)
    response["Vary"] = "HX-Request"
    # What goes into the address bar is the short form, without the empty fields of the form.
    response["HX-Push-Url"] = search_url(question.data)
    return response


def _found(question: Question, response: SearchResponse, reader: Reading, topics: list[Topic]) -> dict[str, Any]:
    all_groups = groups(question, response.facets, topics)
    all_switches = switches(question, response.facets)
    data = question.data
    return {
        "question": question,
        "data": data,
        "response": response,
        "hits": [present(hit, question.request.now) for hit in response.hits],
        "groups": all_groups,
        "switches": all_switches,
        "understood_chips": understood_chips(question),
        "chips": chips(question, all_groups, all_switches),
        "radii": RADII,
        "chosen_radius": question.radius_km or DEFAULT_RADIUS,
        "sorts": [(value, label) for value, label in SORT_CHOICES if value != "entfernung" or question.request.circle],
        "help": help_with(question, response, reader, topics),
        "told": told(question, response),
        "suggestion_url": search_url(data, q=question.with_text(response.suggestion), seite=None) if response.suggestion else "",
        "previous_url": search_url(data, seite=response.page - 1) if response.page > 1 else "",
        "next_url": search_url(data, seite=response.page + 1) if response.page < response.pages else "",
        "first_url": search_url(data, seite=None),
        "map_url": map_data_url(data),
        "map_circle": _circle(question),
    }


def _circle(question: Question) -> str:
    """The searched place and radius for the map: "lat,lon,km"."""
    circle = question.request.circle
    return f"{circle.latitude:.5f},{circle.longitude:.5f},{circle.radius_km:g}" if circle and circle.radius_km else ""


@require_safe
def search_map(request: HttpRequest) -> HttpResponse:
    """Points or clusters of the search in a window: at most 300 features, whatever the number of listings."""
    question = understand(request.GET, list(Topic.objects.all()))
    box, zoom = read_window(request.GET)
    clusters = get_reader().clusters(question.request, box, zoom)
    body = orjson.dumps(feature_collection(apart(clusters, zoom), question.request.now))
    return HttpResponse(body, content_type="application/geo+json")


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """All topics, with how many offers each has."""
    counts = _facet("topic")
    found = [(topic, counts.get(topic.slug, 0)) for topic in Topic.objects.all()]
    return render(request, "search/topics.html", {"topics": found, "featured": [row for row in found if row[0].featured]})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: what is soon, where."""
    found = get_object_or_404(Topic, slug=slug)
    wish = SearchRequest(topics=(slug,), sort="datum", page_size=30, now=timezone.localtime())
    return _listing(request, wish, "search/topic.html", {"topic": found, "more": {"thema": [slug]}})


@require_safe
def towns(request: HttpRequest) -> HttpResponse:
    """All towns and villages by Verbandsgemeinde; those with offers carry their number."""
    counts = _facet("municipality")
    by_association: dict[str, list[tuple[Place, int]]] = {}
    for place in Place.objects.municipalities().select_related("parent"):
        parent = place.parent
        heading = str(parent) if parent and parent.kind == PlaceKind.ASSOCIATION else place.name
        by_association.setdefault(heading, []).append((place, counts.get(place.slug, 0)))
    return render(request, "search/towns.html", {"associations": sorted(by_association.items())})


@require_safe
def town(request: HttpRequest, slug: str) -> HttpResponse:
    """Offers in one town, then what is near."""
    place = Place.objects.municipalities().select_related("parent").filter(slug=slug).first()
    if place is None:
        raise Http404(_("Diesen Ort kennen wir nicht."))
    now = timezone.localtime()
    here = SearchRequest(municipality=slug, sort="datum", page_size=50, facets=(), now=now)
    near: list[Any] = []
    if place.latitude is not None and place.longitude is not None:
        circle = Circle(place.latitude, place.longitude, 10)
        wish = SearchRequest(circle=circle, sort="entfernung", page_size=60, facets=(), now=now)
        keys = {hit.card.key for hit in get_reader().search(here).hits}
        found = [hit for hit in get_reader().search(wish).hits if hit.card.key not in keys and hit.distance_km is not None]
        near = [present(hit, now) for hit in found[:9]]
    return _listing(request, here, "search/town.html", {"place": place, "near": near, "more": {"ort": place.name}})


@require_safe
def api_guide(request: HttpRequest) -> HttpResponse:
    """How to use the open interface, for people who read."""
    return render(request, "search/api.html")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, index and what still waits; 503 when families would not be served well."""
    state = readiness()
    return JsonResponse(state, status=200 if state["ready"] else 503)


def _facet(name: str) -> dict[str, int]:
    response = get_reader().search(SearchRequest(page_size=1, facets=(name,), now=timezone.localtime()))
    return {each.value: each.count for each in response.facets.get(name, ())}


def _listing(request: HttpRequest, wish: SearchRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = get_reader().search(wish)
    hits = [present(hit, wish.now) for hit in response.hits]
    more_url = search_url(context.pop("more"))
    return render(request, template, {**context, "hits": hits, "total": response.total, "more_url": more_url})
