"""Links in mails that work without signing in: signed, for one address, and nothing happens by opening them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

VALID_FOR = timedelta(days=30)
CONFIRM, STOP = "offers.freshness.confirm", "offers.freshness.stop"


@dataclass(frozen=True, slots=True)
class Link:
    """Who was asked about what, and when."""

    provider_id: int
    address: str
    offer_ids: tuple[int, ...]
    written_on: date

    def token(self) -> str:
        values = [self.provider_id, self.address, self.offer_ids, self.written_on.isoformat()]
        return signing.dumps(values, salt=CONFIRM, compress=True)

    @classmethod
    def read(cls, token: str) -> "Link":
        """Raises signing.SignatureExpired for one that was true once, signing.BadSignature for any other."""
        provider_id, address, offer_ids, written_on = signing.loads(token, salt=CONFIRM, max_age=VALID_FOR)
        return cls(provider_id, address, tuple(offer_ids), date.fromisoformat(written_on))


def stop_token(address: str) -> str:
    """Declining mails must work with the oldest of them: it does not expire."""
    return signing.dumps(address, salt=STOP)


def address_of(token: str) -> str:
    """Raises signing.BadSignature."""
    return str(signing.loads(token, salt=STOP))


def full(name: str, *arguments: object) -> str:
    """The whole address of a page, as mails need it."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=arguments)}"
