"""Makes the district's own teams, gives every team what its role has, and lays the approval on the directory."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from people.approval import ensure_approval
from people.models import RoleName, Team
from people.roles import ensure_team, refresh


class Command(BaseCommand):
    help = "Creates the teams of the district, sets every team's rights anew, and sets up the approval. Safe to repeat."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        before = Team.objects.count()
        for role in (RoleName.DISTRICT, RoleName.PRESS, RoleName.ADVISER):
            ensure_team(role)
        for team in Team.objects.filter(role=RoleName.PROVIDER).select_related("group", "collection", "provider"):
            refresh(team)
        ensure_approval(ensure_team(RoleName.DISTRICT))
        if new := Team.objects.count() - before:
            self.stdout.write(f"{new} Teams angelegt.")
