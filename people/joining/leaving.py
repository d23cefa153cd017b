"""Out of a team, handing over to somebody else, and a second factor that was lost.

Wagtail keeps pages, pictures, versions and comments of a closed account, and deletes comments with a deleted one: so accounts are closed.
What hangs on the person, and would hold up the team, goes over to whoever stays.
"""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log as write
from wagtail.models import Page, PageSubscription, WorkflowState

from cms.models import User
from people.joining import journal, letters
from people.joining.houses import Person
from people.joining.inviting import Outcome, invite
from people.joining.permissions import Actor, NotAllowedError
from people.models import Team


@transaction.atomic
def remove(person: User, team: Team, by: Actor, *, successor: User | None = None) -> None:
    """Take somebody out of a team: sessions end, locks open, what waits goes to the successor or to whoever is there longest.

    An account in no team any more is closed, with its password and factors gone. Raises NotAllowedError.
    """
    person = _locked(person, team)
    if not by.may_remove(person, team):
        raise NotAllowedError(_("Das dürfen Sie nicht. Bitte fragen Sie die Kreisverwaltung."))
    others = User.objects.filter(groups=team.group, is_active=True).exclude(pk=person.pk)
    if not by.is_district and not others.exists():
        raise NotAllowedError(_("Jemand muss bleiben. Laden Sie zuerst jemanden ein."))
    person.groups.remove(team.group)
    _hand_on(person, team, successor or others.order_by("date_joined", "pk").first())
    end_sessions(person)
    if not person.is_superuser and not person.groups.exists() and not person.user_permissions.exists():
        _close(person)
    journal.note(person, "left", team.group.name, by=by.user)
    letters.removed(person, team)


@transaction.atomic
def hand_over(person: User, team: Team, new: Person, by: Actor) -> Outcome:
    """The new one in and the old one out, together or not at all. Raises NotAllowedError."""
    if not by.may_hand_over(person, team):
        raise NotAllowedError(_("Übergaben macht die Kreisverwaltung."))
    if new.email == person.email.lower():
        raise NotAllowedError(_("Das ist dieselbe Adresse."))
    outcome = invite(new, team, by)
    remove(person, team, by, successor=outcome.person)
    journal.note(outcome.person, "handed_over", team.group.name, by=by.user)
    return outcome


@transaction.atomic
def reset_factor(person: User, by: Actor) -> None:
    """Take away app, passkeys and codes of somebody who has lost them; all sessions end. Raises NotAllowedError."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if not by.may_reset_factor(person):
        raise NotAllowedError(_("Das macht die Administration."))
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    journal.note(person, "factor_reset", by=by.user)
    letters.factor_reset(person)


def end_sessions(person: User) -> None:
    """Sign somebody out everywhere."""
    for session in UserSession.objects.filter(user=person):
        session.end()


def _locked(person: User, team: Team) -> User:
    """The person, with the team's row locked: two who remove each other at once do not leave an empty team. Raises NotAllowedError."""
    Team.objects.select_for_update().get(pk=team.pk)
    found = User.objects.select_for_update(of=("self",)).filter(pk=person.pk, groups=team.group_id).first()
    if found is None:
        raise NotAllowedError(_("Diese Person ist nicht mehr im Team."))
    return found


def _hand_on(person: User, team: Team, to: User | None) -> None:
    """What of the team's pages hangs on this person."""
    if team.provider is None:
        return
    pages = Page.objects.filter(path__startswith=team.provider.path)
    for page in pages.filter(locked_by=person):
        page.locked, page.locked_by, page.locked_at = False, None, None
        page.save(update_fields=["locked", "locked_by", "locked_at"])
        write(page, "wagtail.unlock")
    # Whoever asked for an approval or owns the page may take it back.
    keys = [str(key) for key in pages.values_list("pk", flat=True)]
    asked = WorkflowState.objects.filter(requested_by=person, object_id__in=keys, base_content_type__model="page")
    asked.filter(status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)).update(requested_by=to)
    pages.filter(owner=person).update(owner=to)
    PageSubscription.objects.filter(user=person, page__in=pages).delete()


def _close(person: User) -> None:
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=person).delete()
