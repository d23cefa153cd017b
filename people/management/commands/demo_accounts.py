"""Accounts to try the admin with: one for each role."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms.models import User
from offers.models import ProviderPage
from people.accounts.demo import ensure_demo_factor
from people.models import RoleName, Team
from people.roles import ensure_team, needs_second_factor

PASSWORD = "familie-2026-demo"


@dataclass(frozen=True, slots=True)
class Account:
    email: str
    first_name: str
    last_name: str
    role: RoleName | None  # None: may do everything
    work: str
    providers: tuple[str, ...] = ()  # their keys


KITAS = {"kita-regenbogen-nassau": "Kita Regenbogen", "kita-lahnwichtel-nassau": "Kita Lahnwichtel"}
ACCOUNTS = (
    Account("admin@example.org", "Ada", "Admin", None, "darf alles"),
    Account("kreis@example.org", "Kris", "Kreis", RoleName.DISTRICT, "alle Anbieter, Freigaben, Themen, Orte"),
    Account("presse@example.org", "Peer", "Presse", RoleName.PRESS, "Pressemitteilungen"),
    Account("netzwerk@example.org", "Nele", "Netzwerk", RoleName.PROVIDER, "zwei Kitas und ihre Angebote", tuple(KITAS)),
    Account("beratung@example.org", "Bea", "Beratung", RoleName.ADVISER, "liest alle Angebote, ändert keines"),
    Account("kita@example.org", "Kim", "Kita", RoleName.PROVIDER, "eigene Kita und ihre Angebote", tuple(KITAS)[:1]),
)


def teams_of(account: Account) -> list[Team]:
    """The teams of an account's role; providers that the demo does not have are left out."""
    if account.role != RoleName.PROVIDER:
        return [ensure_team(account.role)] if account.role else []
    providers = ProviderPage.objects.filter(key__in=account.providers)
    return [ensure_team(RoleName.PROVIDER, provider, KITAS[provider.key]) for provider in providers]


def ensure_account(account: Account) -> tuple[User, bool]:
    """The account in its teams, and whether it is new. An existing one keeps its password."""
    user = User.objects.filter(email__iexact=account.email).first()
    new = user is None
    if user is None:
        create = User.objects.create_user if account.role else User.objects.create_superuser
        user = create(account.email, PASSWORD, first_name=account.first_name, last_name=account.last_name)
    user.groups.add(*[team.group for team in teams_of(account)])
    return user, new


class Command(BaseCommand):
    help = "Creates accounts with a known password, to try the admin with. Never on a public site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="Yes, accounts whose password everybody knows.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.WAGTAILADMIN_BASE_URL.startswith("https:"):
            raise CommandError(f"{settings.WAGTAILADMIN_BASE_URL} is public: accounts with a known password would be open doors.")
        if not options["demo"]:
            raise CommandError("These accounts have a known password. Add --demo if that is what you want.")
        call_command("create_roles", stdout=self.stdout)
        made = [(account, *ensure_account(account)) for account in ACCOUNTS]
        rows = [(account.email, PASSWORD if new else "(wie bisher)", account.work) for account, _user, new in made]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        for (account, user, _new), (email, password, work) in zip(made, rows, strict=True):
            self.stdout.write(f"{email:<{widths[0]}}  {password:<{widths[1]}}  {work}")
            if account.role is None or needs_second_factor(user):
                self.stdout.write(f"{'':<{widths[0]}}  {ensure_demo_factor(user)}")
