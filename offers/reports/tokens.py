"""A form proves that it was read before it was sent: its token is signed, for one offer, good for one use, not too young and not too old.

It stands on a page that no cache keeps, so that the offer's own page may lie in any.
"""

import hashlib
import secrets
from datetime import timedelta
from enum import Enum

from django.core import signing
from django.core.cache import caches

SALT = "offers.reports.form"
# Nobody reads and writes faster.
YOUNGEST = timedelta(seconds=3)
OLDEST = timedelta(hours=12)


class Verdict(Enum):
    GOOD = "good"
    BROKEN = "broken"
    EARLY = "early"
    LATE = "late"


def issue(offer_id: int) -> str:
    return signing.TimestampSigner(salt=SALT).sign(f"{offer_id}.{secrets.token_urlsafe(9)}")


def judge(token: str, offer_id: int) -> Verdict:
    """What a token is worth for this offer, apart from whether it was used."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        value = signer.unsign(token, max_age=OLDEST)
    except signing.SignatureExpired:
        return Verdict.LATE
    except signing.BadSignature:
        return Verdict.BROKEN
    if value.partition(".")[0] != str(offer_id):
        return Verdict.BROKEN
    try:
        signer.unsign(token, max_age=YOUNGEST)
    except signing.SignatureExpired:
        return Verdict.GOOD
    return Verdict.EARLY


def use(token: str) -> bool:
    """Whether this is its first use, in all processes."""
    name = hashlib.sha256(token.encode()).hexdigest()
    return bool(caches["limits"].add(f"report.token.{name}", 1, OLDEST.total_seconds()))
