"""Addresses for machines."""

from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Says nothing of the database or the index: `/readyz` does."""
    return HttpResponse("ok\n", content_type="text/plain")


def robots(request: HttpRequest) -> HttpResponse:
    """Search engines are welcome to pages, and kept from the endless combinations of filters."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /konto/", "Disallow: /suche/?", "Disallow: /api/"]
    sitemap = request.build_absolute_uri("/sitemap.xml")
    return HttpResponse("\n".join([*lines, "", f"Sitemap: {sitemap}", ""]), content_type="text/plain")
