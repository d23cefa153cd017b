"""What every template may ask for."""

from typing import Any

from django.http import HttpRequest


def csp_nonce(request: HttpRequest) -> dict[str, Any]:
    """`csp_nonce` for script elements. Lazy: the policy names it only where a page has written it; until then it counts as false."""
    return {"csp_nonce": getattr(request, "csp_nonce", "")}
