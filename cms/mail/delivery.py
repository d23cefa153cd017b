"""From the queue to the mail server. Any number of processes may do it at the same time, on any number of machines.

A mail is claimed by moving its next try into the future, which one process alone can do; no transaction is open while the server is spoken
to. A process that dies in between leaves a mail that is tried again when its claim has passed.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import MIMEMixin
from django.utils import timezone

from cms.mail.models import OutgoingMail, OutgoingMailQuerySet

logger = logging.getLogger(__name__)

# Far longer than a server may take (EMAIL_TIMEOUT).
CLAIM = timedelta(minutes=10)
# After the first failure, the second and so on; from then on as the last.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
GIVE_UP_AFTER = timedelta(days=5)
# A machine that slept for a week has not tried for a week.
FEWEST_TRIES = 12


class Written(MIMEMixin, Message):  # type: ignore[misc]  # as Django's own messages are
    """A message as it was written, with Django's way of turning it into bytes."""


class QueuedMessage(EmailMessage):
    """A row of the queue as what Django's transports take."""

    def __init__(self, mail: OutgoingMail) -> None:
        super().__init__(subject=mail.subject, from_email=mail.sender, to=[mail.recipient])
        self.contents = bytes(mail.contents)

    def message(self) -> Written:  # type: ignore[override]
        return message_from_bytes(self.contents, _class=Written)


@dataclass(slots=True)
class Round:
    sent: int = 0
    failed: int = 0
    # The server did not answer: the mails after the first were not tried.
    unreachable: bool = False


def send_due(now: datetime | None = None) -> Round:
    """Send what is due, oldest first; what fails is due again after a pause. Stops where the server does not answer."""
    done = Round()
    connection: BaseEmailBackend | None = None
    for pk in list(OutgoingMail.objects.due(now or timezone.now()).values_list("pk", flat=True)):
        if not (mail := _claim(pk, now or timezone.now())):
            continue
        try:
            if connection is None:
                connection = get_connection(settings.MAIL_TRANSPORT)
                _open(connection)
            connection.send_messages([QueuedMessage(mail)])
        except _Unreachable as error:
            _failed(mail, str(error), now or timezone.now())
            done.failed, done.unreachable = done.failed + 1, True
            break
        except Exception as error:
            # A mail that cannot be sent must not hold up the others; a new connection for the next.
            _failed(mail, f"{type(error).__name__}: {error}", now or timezone.now())
            done.failed += 1
            _close(connection)
            connection = None
        else:
            OutgoingMail.objects.filter(pk=pk).update(sent_at=now or timezone.now(), next_try_at=None, last_error="")
            done.sent += 1
    _close(connection)
    return done


def try_again(mails: OutgoingMailQuerySet, now: datetime | None = None) -> int:
    """Make mails that wait or were given up due at once; returns how many."""
    now = now or timezone.now()
    return mails.filter(sent_at__isnull=True).update(next_try_at=now, queued_at=now, given_up_at=None, tries=0)


def forget_old(now: datetime | None = None) -> int:
    """Delete the contents of mails sent MAIL_KEEP_DAYS ago, and after MAIL_LOG_DAYS that they were sent; returns how many lost theirs."""
    now = now or timezone.now()
    OutgoingMail.objects.filter(queued_at__lt=now - timedelta(days=settings.MAIL_LOG_DAYS), next_try_at__isnull=True).delete()
    old = OutgoingMail.objects.filter(sent_at__lt=now - timedelta(days=settings.MAIL_KEEP_DAYS))
    return old.exclude(contents=b"").update(contents=b"")


class _Unreachable(Exception):  # noqa: N818 - the server's state, not a fault of the mail
    pass


def _open(connection: BaseEmailBackend) -> None:
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        raise _Unreachable(f"{type(error).__name__}: {error}") from error


def _close(connection: BaseEmailBackend | None) -> None:
    if connection is not None:
        try:
            connection.close()
        except (OSError, SMTPException):
            logger.info("The mail server hung up first", exc_info=True)


def _claim(pk: int, now: datetime) -> OutgoingMail | None:
    mine = OutgoingMail.objects.filter(pk=pk, next_try_at__lte=now).update(next_try_at=now + CLAIM)
    return OutgoingMail.objects.get(pk=pk) if mine else None


def _failed(mail: OutgoingMail, error: str, now: datetime) -> None:
    mail.tries += 1
    mail.last_error = error[:2000]
    if mail.tries >= FEWEST_TRIES and now - mail.queued_at >= GIVE_UP_AFTER:
        mail.given_up_at, mail.next_try_at = now, None
        logger.error("Mail %s to %s was given up after %d tries: %s", mail.pk, mail.recipient, mail.tries, error)
    else:
        mail.next_try_at = now + PAUSES[min(mail.tries, len(PAUSES)) - 1]
        logger.warning("Mail %s could not be sent (try %d): %s", mail.pk, mail.tries, error)
    mail.save(update_fields=["tries", "last_error", "given_up_at", "next_try_at"])
