"""The teams that somebody is in, asked for once a request.

What is known stays with the user object, which a request makes anew and nobody keeps for longer. A change of teams in this process is
seen at once, also by an object that has been asked before.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from cms.models import User
from people.models import RoleName, Team

# Another object after each change; what was read under an earlier one counts no more.
_state = object()


@dataclass(frozen=True, slots=True)
class Membership:
    """One team that somebody is in."""

    team_id: int
    role: RoleName


def memberships_of(user: User) -> tuple[Membership, ...]:
    """One query the first time, none afterwards."""
    state, known = getattr(user, "_memberships", (None, ()))
    if state is _state:
        return known
    state = _state
    rows = Team.objects.filter(group__user=user).order_by("pk").values_list("pk", "role")
    known = tuple(Membership(pk, RoleName(role)) for pk, role in rows)
    user._memberships = (state, known)  # type: ignore[attr-defined]  # of this function alone
    return known


@receiver(m2m_changed, sender=User.groups.through)
@receiver([post_save, post_delete], sender=Team)
def teams_changed(**_kwargs: Any) -> None:
    """Somebody has come or gone, or a team has."""
    global _state
    _state = object()
