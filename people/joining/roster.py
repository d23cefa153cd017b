"""Who is in which team, and how they stand, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Max
from wagtail.models import ModelLogEntry

from cms.models import User
from offers.models import ProviderPage
from people.joining.houses import normal
from people.joining.permissions import Actor
from people.models import Team


@dataclass
class Member:
    """Somebody in a team. `factor`: an app or a passkey is set up."""

    user: User
    invited_at: datetime
    last_seen: datetime | None
    factor: bool
    passkey: bool

    @cached_property
    def has_joined(self) -> bool:
        return self.user.has_usable_password() or self.passkey


@dataclass
class Crew:
    """A team with its people; `team` is None for a provider that nobody looks after yet."""

    name: str
    team: Team | None = None
    provider: ProviderPage | None = None
    members: list[Member] = field(default_factory=list)
    may_invite: bool = False


def crews(actor: Actor, words: str = "") -> list[Crew]:
    """All teams that somebody may see, and for the district the providers without one. Seven queries at most.

    `words` narrows it down: a part of a team's name, or of a person's name or address.
    """
    teams = list(actor.teams())
    found = [Crew(team.group.name, team, team.provider, members, actor.may_invite_to(team)) for team, members in _members(teams).items()]
    if actor.is_district:
        found += [Crew(page.title, provider=page, may_invite=True) for page in ProviderPage.objects.filter(team=None).order_by("title")]
    return [crew for crew in (_narrowed(crew, normal(words)) for crew in found) if crew]


def member_of(person: User) -> Member:
    """How one person stands."""
    return _standings([person])[person.pk]


def administrators() -> list[Member]:
    """Who may do everything. Four queries."""
    people = list(User.objects.filter(is_superuser=True, is_active=True).order_by("last_name", "email"))
    return list(_standings(people).values())


def _members(teams: Iterable[Team]) -> dict[Team, list[Member]]:
    by_group = {team.group_id: team for team in teams}
    pairs = list(User.groups.through.objects.filter(group_id__in=by_group).values_list("group_id", "user_id"))
    people = User.objects.filter(pk__in={user_id for _group, user_id in pairs}).order_by("last_name", "first_name", "email")
    standings = _standings(list(people))
    found: dict[Team, list[Member]] = {team: [] for team in by_group.values()}
    order = {key: number for number, key in enumerate(standings)}
    for group_id, user_id in sorted(pairs, key=lambda pair: order[pair[1]]):
        found[by_group[group_id]].append(standings[user_id])
    return found


def _standings(people: list[User]) -> dict[int, Member]:
    """Three queries for any number of people."""
    keys = [person.pk for person in people]
    types: dict[int, set[str]] = {}
    for user_id, kind in Authenticator.objects.filter(user__in=keys).values_list("user_id", "type"):
        types.setdefault(user_id, set()).add(kind)
    entries = ModelLogEntry.objects.filter(action="people.invited", object_id__in=[str(key) for key in keys])
    invited = {int(key): at for key, at in entries.values_list("object_id").annotate(at=Max("timestamp"))}
    sessions = UserSession.objects.filter(user__in=keys).values_list("user_id").annotate(at=Max("last_seen_at"))
    seen = dict(sessions)
    found = {}
    for person in people:
        factors = types.get(person.pk, set()) - {Authenticator.Type.RECOVERY_CODES}
        times = [at for at in (person.last_login, seen.get(person.pk)) if at]
        # The log is kept for a set time; an account is as old as its first invitation.
        at = invited.get(person.pk, person.date_joined)
        found[person.pk] = Member(person, at, max(times, default=None), bool(factors), Authenticator.Type.WEBAUTHN in factors)
    return found


def _narrowed(crew: Crew, words: str) -> Crew | None:
    if not words or words in normal(crew.name):
        return crew
    members = [member for member in crew.members if words in normal(f"{member.user.get_full_name()} {member.user.email}")]
    return Crew(crew.name, crew.team, crew.provider, members, crew.may_invite) if members else None
