"""Who may invite, remove and help whom. One class, one docstring a rule; docs/joining.md says the same in a table."""

from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from cms.models import User
from people.memberships import memberships_of
from people.models import RoleName, Team
from people.roles import is_district

# Teams that the district's staff fill themselves. Press and district are filled by administrators.
OPEN_ROLES = frozenset({RoleName.PROVIDER, RoleName.ADVISER})


class NotAllowedError(Exception):
    """Somebody asked for what is not theirs to do. Its message is for them."""


def is_protected(person: User) -> bool:
    """Whether an account may do more than a provider's team or an adviser: only administrators touch it."""
    if person.is_superuser or person.user_permissions.all():
        return True
    teams = [getattr(group, "team", None) for group in person.groups.all()]
    return any(team is None or RoleName(team.role) not in OPEN_ROLES for team in teams)


class Actor:
    """Somebody at work on the teams. `user` is None where whoever runs the server does it from the command line."""

    def __init__(self, user: User | AnonymousUser | None) -> None:
        self.user = user if isinstance(user, User) else None
        self.is_administrator = user is None or (isinstance(user, User) and user.is_active and user.is_superuser)

    @cached_property
    def is_district(self) -> bool:
        """Answers for all providers: the district's staff, and administrators."""
        return self.is_administrator or (self.user is not None and is_district(self.user))

    @cached_property
    def own_teams(self) -> frozenset[int]:
        """The provider teams that somebody is in."""
        if self.user is None or not self.user.is_active:
            return frozenset()
        return frozenset(each.team_id for each in memberships_of(self.user) if each.role == RoleName.PROVIDER)

    def teams(self) -> QuerySet[Team]:
        """Those whose people somebody sees: all for the district, else one's own providers'."""
        found = Team.objects.select_related("group", "provider").order_by("role", "group__name")
        return found if self.is_district else found.filter(pk__in=self.own_teams)

    def may_see_people(self) -> bool:
        """The list of people opens for the district, and for whoever is in a provider's team."""
        return self.is_district or bool(self.own_teams)

    def may_see(self, team: Team) -> bool:
        """A team's people are seen by the district and by the team."""
        return self.is_district or team.pk in self.own_teams

    def may_invite_to(self, team: Team) -> bool:
        """The district fills the teams of providers and advisers, a team its own, administrators all."""
        if self.is_administrator:
            return True
        if self.is_district:
            return RoleName(team.role) in OPEN_ROLES
        return team.pk in self.own_teams

    def may_take_in(self, person: User) -> bool:
        """An account that exists: not one that may do more, and not one that an administrator has closed."""
        if self.is_administrator:
            return True
        closed_on_purpose = not person.is_active and (person.has_usable_password() or bool(person.groups.all()))
        return not closed_on_purpose and not is_protected(person)

    def may_remove(self, person: User, team: Team) -> bool:
        """Whoever may invite may also remove; never oneself, so a team does not empty itself, and nobody who may do more."""
        if self.user is not None and person.pk == self.user.pk:
            return False
        return self.may_invite_to(team) and (self.is_administrator or not is_protected(person))

    def may_hand_over(self, person: User, team: Team) -> bool:
        """The old leader out and the new one in, in one step: the district."""
        return self.is_district and self.may_remove(person, team)

    def may_reset_factor(self, person: User) -> bool:
        """The district helps teams and advisers, administrators everybody; nobody themselves."""
        if self.user is not None and person.pk == self.user.pk:
            return False
        return person.is_active and self.is_district and (self.is_administrator or not is_protected(person))
