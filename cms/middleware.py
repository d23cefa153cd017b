"""Two halves of the site: what families see, and what people who work on it see."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

PRIVATE_PATHS = ("/admin/", "/konto/", "/documents/")


class ReadablePathMiddleware:
    """An address with a NUL byte names nothing, and PostgreSQL would fail over it: it is not found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            return HttpResponseNotFound()
        return self.get_response(request)


class PrivatePathMiddleware:
    """Keeps private pages out of caches and gives Wagtail's admin the inline styles and scripts it is built with."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(PRIVATE_PATHS):
            response.setdefault("Cache-Control", "private, no-store")
        if request.path.startswith("/admin/"):
            # Wagtail 8 writes inline scripts and styles without a nonce, and previews pages in a frame.
            response._csp_replace = {  # type: ignore[attr-defined]
                "script-src": [SELF, UNSAFE_INLINE, "'unsafe-eval'"],
                "style-src": [SELF, UNSAFE_INLINE],
                "img-src": [SELF, "data:", "blob:"],
                "frame-src": [SELF],
                "frame-ancestors": [SELF],
            }
        return response
