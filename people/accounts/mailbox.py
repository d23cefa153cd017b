"""A code by mail, before the first factor is set up: whoever has only found a password must not add a passkey of their own.

Nothing is stored but a digest in the session. A code is good for 15 minutes and five tries, in the browser that asked for it.
"""

import secrets
import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from cms.models import User

ASKED, PROVED = "accounts.mailbox.asked", "accounts.mailbox.proved"
CODE_SECONDS = 15 * 60
PROOF_SECONDS = 60 * 60
TRIES = 5
SEND_LIMIT = {"mailbox_code": "3/10m/user"}


def send_code(request: HttpRequest, user: User) -> bool:
    """Whether a code is on its way; not when three were sent within ten minutes."""
    if not ratelimit.consume(request, app="people", action="mailbox_code", config=SEND_LIMIT, user=user):
        return False
    code = f"{secrets.randbelow(10**8):08}"
    request.session[ASKED] = {"user": user.pk, "digest": _digest(code), "at": time.time(), "tries": 0}
    get_adapter(request).send_mail("account/email/mailbox_code", user.email, {"code": f"{code[:4]} {code[4:]}", "user": user})
    return True


def has_asked(request: HttpRequest) -> bool:
    """Whether a code that still counts was sent to the person signed in."""
    asked = request.session.get(ASKED)
    return bool(asked and asked["user"] == request.user.pk and asked["tries"] < TRIES and time.time() - asked["at"] < CODE_SECONDS)


def check_code(request: HttpRequest, code: str) -> bool:
    """Whether it is the code. A right one proves the mailbox, a wrong one counts."""
    if not has_asked(request):
        return False
    asked = request.session[ASKED]
    if not constant_time_compare(asked["digest"], _digest("".join(filter(str.isdigit, code)))):
        request.session[ASKED] = {**asked, "tries": asked["tries"] + 1}
        return False
    del request.session[ASKED]
    prove(request, User.objects.get(pk=asked["user"]))
    return True


def prove(request: HttpRequest, user: User) -> None:
    """Note that this session's person reads the account's mail: after a code, or a link that came by mail (an invitation)."""
    request.session[PROVED] = {"user": user.pk, "at": time.time()}
    record_authentication(request, user, "mail", reauthenticated=True)


def is_proved(request: HttpRequest) -> bool:
    """Whether the person signed in has shown within the last hour that they read the account's mail."""
    proof = request.session.get(PROVED)
    return bool(proof and proof["user"] == request.user.pk and time.time() - proof["at"] < PROOF_SECONDS)


def _digest(code: str) -> str:
    return salted_hmac("people.accounts.mailbox", code, algorithm="sha256").hexdigest()
