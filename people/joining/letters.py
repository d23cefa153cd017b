"""What people are told by mail about their teams. Each waits in the database with the change that it tells of."""

from cms.mail import letters
from cms.models import User
from people.joining import links
from people.joining.permissions import Actor
from people.models import Team


def invite(person: User, team: Team, by: Actor) -> None:
    """To somebody without a way in: the link. To anybody else: that they are in the team now."""
    context = {"person": person, "team": team.group.name, "inviter": by.user.get_full_name() if by.user else ""}
    if links.can_sign_in(person):
        letters.send(person.email, "team_joined", {**context, "admin_url": links.full("wagtailadmin_home")})
    else:
        letters.send(person.email, "invitation", {**context, "join_url": links.address_for(person), "days": links.VALID_FOR.days})


def removed(person: User, team: Team) -> None:
    """That somebody is in a team no more; `closed`: the account went with it."""
    letters.send(person.email, "team_left", {"person": person, "team": team.group.name, "closed": not person.is_active})


def factor_reset(person: User) -> None:
    """That the second factor is gone, and how to come in again."""
    url = links.full("account_login") if links.can_sign_in(person) else links.address_for(person)
    letters.send(person.email, "factor_reset", {"person": person, "url": url})
