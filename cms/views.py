"""Addresses for machines."""

from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Says nothing of the database or the index: `/readyz` does."""
    return HttpResponse("ok\n", content_type="text/plain")


def robots(request: HttpRequest) -> HttpResponse:
    """Search engines are welcome to all that families see. Searches name `/suche/` as their canonical address."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /konto/", "Disallow: /api/", "Disallow: /hinweis/"]
    sitemap = request.build_absolute_uri("/sitemap.xml")
    return HttpResponse("\n".join([*lines, "", f"Sitemap: {sitemap}", ""]), content_type="text/plain")
