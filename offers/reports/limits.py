"""How often one network may report, without knowing tomorrow which one it was.

Counts lie in the cache "limits", which all processes share, under a keyed hash of the address. Its key is random and of one day; the
next day's overwrites it, or the daily command throws it away.
"""

import hashlib
import hmac
import ipaddress
import secrets
from datetime import date

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest

A_DAY = 24 * 3600
KEY = "report.key"
PER_OFFER, PER_NETWORK = 3, 20
# From everywhere: what is more says nothing new.
ALL_OF_OFFER = 60


def network_of(request: HttpRequest) -> str:
    """The visitor's address; of IPv6, the part that a household has. Raises PermissionDenied where there is none."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def forget(today: date) -> None:
    """Throw away the key of another day: without it, nobody can tell whose a count was."""
    cache = caches["limits"]
    kept = cache.get(KEY)
    if kept and kept[0] != today.isoformat():
        cache.delete(KEY)


def _key(today: date) -> str:
    forget(today)
    fresh = (today.isoformat(), secrets.token_hex(32))
    caches["limits"].add(KEY, fresh, A_DAY)
    return str(caches["limits"].get(KEY, fresh)[1])


def _name(today: date, *parts: object) -> str:
    value = "\0".join(str(part) for part in parts)
    return "report." + hmac.new(_key(today).encode(), value.encode(), hashlib.sha256).hexdigest()


def allows(network: str, offer_id: int, today: date) -> bool:
    """Count one report more; False where it is one too many today."""
    counted = (
        (_name(today, "offer", network, offer_id), PER_OFFER),
        (_name(today, "network", network), PER_NETWORK),
        (_name(today, "all", offer_id), ALL_OF_OFFER),
    )
    return all(_next(name) <= most for name, most in counted)


def first_today(network: str, offer_id: int, topic: str, today: date) -> bool:
    """Whether nobody of this network has said this of this offer today: only such a report counts as one more."""
    return bool(caches["limits"].add(_name(today, "said", network, offer_id, topic), 1, A_DAY))


def _next(name: str) -> int:
    cache = caches["limits"]
    cache.add(name, 0, A_DAY)
    try:
        return int(cache.incr(name))
    except ValueError:  # full, and this one was thrown out
        return 1
