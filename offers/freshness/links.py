"""Links in mails that work without signing in: signed, for one address, and nothing happens by opening them.

Links end up in the logs of mail filters and browsers. They name an address by a keyed hash, which only says whether an address is the one.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

VALID_FOR = timedelta(days=30)
CONFIRM, STOP, MARK = "offers.freshness.confirm", "offers.freshness.stop", "offers.freshness.address"


@dataclass(frozen=True, slots=True)
class Link:
    """Who was asked about what, and when. `mark` stands for the address."""

    provider_id: int
    mark: str
    offer_ids: tuple[int, ...]
    written_on: date

    def token(self) -> str:
        values = [self.provider_id, self.mark, self.offer_ids, self.written_on.isoformat()]
        return signing.dumps(values, salt=CONFIRM, compress=True)

    @classmethod
    def read(cls, token: str) -> "Link":
        """Raises signing.SignatureExpired for one that was true once, signing.BadSignature for any other."""
        provider_id, mark, offer_ids, written_on = signing.loads(token, salt=CONFIRM, max_age=VALID_FOR)
        return cls(provider_id, mark, tuple(offer_ids), date.fromisoformat(written_on))


def stop_token(address: str) -> str:
    """Declining mails must work with the oldest of them: it does not expire."""
    return signing.dumps(mark_of(address), salt=STOP)


def who_stops(token: str) -> str:
    """The mark of the address that a token of `stop_token` is for. Raises signing.BadSignature."""
    return str(signing.loads(token, salt=STOP))


def mark_of(address: str) -> str:
    """What stands for an address in a link."""
    return _mark(address, settings.SECRET_KEY)


def is_marked(address: str, mark: str) -> bool:
    """Whether a link's mark is that of an address. Links from before marks were made name the address itself."""
    if "@" in mark:
        return address == mark
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(_mark(address, key), mark) for key in keys)


def full(name: str, *arguments: object) -> str:
    """The whole address of a page, as mails need it."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=arguments)}"


def _mark(address: str, key: str | bytes) -> str:
    return salted_hmac(MARK, address, secret=key, algorithm="sha256").hexdigest()[:24]
