"""What maps ask for: the base layers, and the position of a place by its name. Public facts, no session."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from places import layers
from places.geocoding import geocode
from places.resolver import resolve

YEAR_SECONDS = 365 * 24 * 3600
# A longer question names no place.
LONGEST_QUESTION = 100


def _layer_etag(request: HttpRequest, name: str) -> str:
    return f'"{layers.version()}-{name}"'


@require_safe
@condition(etag_func=_layer_etag)
def map_layer(request: HttpRequest, name: str) -> HttpResponse:
    """A base layer as GeoJSON. With its version in the address (`?v=`) a browser keeps it for good, else for five minutes."""
    if name not in layers.LAYERS:
        raise Http404
    current = layers.version()
    response = HttpResponse(layers.layer(name, current), content_type="application/geo+json")
    fresh = request.GET.get("v") == current
    response["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable" if fresh else "public, max-age=300"
    return response


@require_safe
def map_address(request: HttpRequest) -> JsonResponse:
    """For editors only, where a geocoder is set: the point of a whole address, else the middle of its town."""
    found = geocode(request.GET.get("address", "")[:200])
    if found is None:
        return map_place(request)
    return JsonResponse({"found": True, "exact": True, "label": found.label, "lat": found.latitude, "lon": found.longitude})


@require_safe
@cache_control(public=True, max_age=300)
def map_place(request: HttpRequest) -> JsonResponse:
    """The middle of the place that `q` names: {"found": true, "label", "lat", "lon"}, or {"found": false}."""
    area = resolve(request.GET.get("q", "")[:LONGEST_QUESTION]).found
    if area is None:
        return JsonResponse({"found": False})
    return JsonResponse({"found": True, "label": area.label, "lat": area.latitude, "lon": area.longitude})
