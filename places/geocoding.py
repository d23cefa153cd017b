"""From an address to a point, where the installation names a geocoder. None is needed: editors can drag the point."""

import logging
from dataclasses import dataclass

import requests
from django.conf import settings

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A point in decimal degrees and what the geocoder calls it."""

    label: str
    latitude: float
    longitude: float


def geocode(address: str) -> Found | None:
    """Ask the geocoder of `GEOCODER_URL` (Nominatim's answer: a JSON list with `lat`, `lon`, `display_name`).

    None where no geocoder is set, it knows no such address, or it does not answer in four seconds. The server asks, not the
    editor's browser, and sends nothing but the address.
    """
    if not settings.GEOCODER_URL or not address.strip():
        return None
    try:
        answer = requests.get(
            settings.GEOCODER_URL,
            params={"q": address.strip()[:200], "format": "jsonv2", "limit": "1"},
            headers={"User-Agent": settings.WAGTAIL_SITE_NAME},
            timeout=TIMEOUT_SECONDS,
        )
        answer.raise_for_status()
        first = answer.json()[0]
        return Found(str(first["display_name"]), float(first["lat"]), float(first["lon"]))
    except (requests.RequestException, ValueError, LookupError, TypeError) as error:
        logger.warning("The geocoder gave no point: %s", error)
        return None
