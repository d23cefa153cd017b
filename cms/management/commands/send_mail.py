"""Send what waits in the mail queue, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.mail import delivery
from cms.mail.models import OutgoingMail


class Command(BaseCommand):
    help = "Sends the mails that are due and forgets the contents of old ones. The server does the same by itself; this is for cron."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="Also those whose pause is not over, and those given up.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            delivery.try_again(OutgoingMail.objects.all())
        done = delivery.send_due()
        delivery.forget_old()
        waiting, given_up = OutgoingMail.objects.waiting().count(), OutgoingMail.objects.given_up().count()
        self.stdout.write(f"{done.sent} sent, {done.failed} failed, {waiting} waiting, {given_up} given up")
        if done.unreachable:
            self.stderr.write("The mail server does not answer; nothing is lost, the mails wait.")
