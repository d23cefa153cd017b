"""Everything that Django sends goes into the queue, in the transaction that is open: a change that is undone sends nothing."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from cms.mail.models import OutgoingMail
from cms.mail.worker import written

# No answering machine shall answer, no list server shall think it was a person.
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class QueueBackend(BaseEmailBackend):
    """EMAIL_BACKEND of this project. What really sends is MAIL_TRANSPORT."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write a row for each address of each message; returns how many messages there were."""
        now = timezone.now()
        rows = []
        for message in email_messages:
            for name, value in AUTOMATIC.items():
                message.extra_headers.setdefault(name, value)
            # Once and for all: the Message-ID stays the same, so that a server that got it twice can tell.
            contents = message.message().as_bytes()
            rows += [
                OutgoingMail(
                    sender=message.from_email,
                    recipient=recipient,
                    subject=str(message.subject)[:250],
                    contents=contents,
                    queued_at=now,
                    next_try_at=now,
                )
                for recipient in dict.fromkeys(message.recipients())
            ]
        OutgoingMail.objects.bulk_create(rows)
        transaction.on_commit(written.set)
        return len(email_messages)
