"""The second factor of demo accounts: an app whose secret everybody can work out, and known codes. Never on a public site."""

import base64
import hashlib

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.core.management import CommandError
from django.utils.translation import gettext as _

from cms.models import User

DOMAIN = "@example.org"
RECOVERY_CODES = ("20260001", "20260002", "20260003", "20260004", "20260005")


def refuse_on_public_site() -> None:
    """Raises CommandError where families may come."""
    if settings.WAGTAILADMIN_BASE_URL.startswith("https:"):
        raise CommandError(f"{settings.WAGTAILADMIN_BASE_URL} is public: a second factor that everybody knows would be an open door.")


def secret_of(user: User) -> str:
    """The app's secret for a demo account: the same on every machine."""
    return base64.b32encode(hashlib.sha256(f"demo {user.email}".encode()).digest()[:20]).decode()


def ensure_demo_factor(user: User) -> str:
    """The line that says how to pass the second step. Makes app and codes once; what somebody has set up themselves stays.

    Raises CommandError on a public site and for an account that is none of the demo's.
    """
    refuse_on_public_site()
    if not user.email.endswith(DOMAIN):
        raise CommandError(f"{user.email} is no demo account.")
    if not get_adapter().is_mfa_enabled(user):
        TOTP.activate(user, secret_of(user))
        codes = {"migrated_codes": [encrypt(code) for code in RECOVERY_CODES], "seed": encrypt(""), "used_mask": 0, "viewed_at": 1}
        Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data=codes)
    command = f".venv/bin/python manage.py demo_code {user.email}"
    return _("Code: %(command)s, oder einmal je: %(codes)s") % {"command": command, "codes": " ".join(RECOVERY_CODES[:3])}


def present_code(user: User) -> str:
    """The six digits that the demo account's app shows now. Raises CommandError as above, and where the app is another one."""
    refuse_on_public_site()
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    secret = secret_of(user)
    if app is None or get_adapter().decrypt(app.data["secret"]) != secret:
        raise CommandError(f"{user.email} has no demo app. `python manage.py demo_accounts --demo` makes one where there is none.")
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
