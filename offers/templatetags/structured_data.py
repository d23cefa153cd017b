"""Structured data in a page's head."""

import json
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from offers.models import OfferPage, ProviderPage
from offers.structured_data import of_offer, of_provider

register = template.Library()

# What could end the script element or begin a comment in it.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context, page: Any) -> SafeString:
    """JSON-LD of an offer or a provider in a script element with the page's nonce; nothing for other pages."""
    request = context.get("request")
    if isinstance(page, OfferPage):
        thing = of_offer(page, request, timezone.now())
    elif isinstance(page, ProviderPage):
        thing = of_provider(page, request)
    else:
        return mark_safe("")
    text = json.dumps(thing, ensure_ascii=False).translate(ESCAPES)
    nonce = str(context.get("csp_nonce", ""))
    return format_html('<script type="application/ld+json" nonce="{}">{}</script>', nonce, mark_safe(text))
