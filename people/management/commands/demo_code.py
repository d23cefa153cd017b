"""The code of a demo account's app, for the second step of signing in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.models import User
from people.accounts.demo import present_code


class Command(BaseCommand):
    help = "Prints the six digits that a demo account needs now. Never on a public site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="kreis@example.org")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['email']}.")
        self.stdout.write(present_code(user))
