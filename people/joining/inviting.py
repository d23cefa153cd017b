"""Taking somebody into a team: provider page, team and account in one step, one transaction, one mail."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from cms.models import User
from offers.choices import ProviderKind
from offers.interchange.importing import NoHomePageError, provider_index
from offers.interchange.publishing import publish_new
from offers.models import ProviderIndexPage, ProviderPage
from people.joining import journal, letters
from people.joining.houses import House, Known, Person, matches
from people.joining.permissions import Actor, NotAllowedError
from people.models import RoleName, Team
from people.roles import ensure_team


class AmbiguousHouseError(Exception):
    """Several providers have this name and place, or none has this key."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an invitation."""

    team: Team
    person: User
    new_provider: bool = False
    new_account: bool = False
    was_member: bool = False


def known_houses() -> list[Known]:
    """All providers there are. One query."""
    rows = ProviderPage.objects.values_list("pk", "key", "title", "postal_code", "town").order_by("pk")
    return [Known(*row) for row in rows]


@transaction.atomic
def invite(person: Person, team: Team, by: Actor, *, again: bool = True) -> Outcome:
    """Take somebody into a team, with an account where they have none, and write to them. Safe to repeat.

    `again`: who is in the team already gets the mail once more. Raises NotAllowedError where the team or the account is not the actor's.
    """
    if not by.may_invite_to(team):
        raise NotAllowedError(_("In dieses Team laden andere ein."))
    user, new = _account(person, by)
    was_member = user.groups.filter(pk=team.group_id).exists()
    if not was_member:
        user.groups.add(team.group)
    if again or not was_member:
        journal.note(user, "invited", team.group.name, by=by.user)
        letters.invite(user, team, by)
    return Outcome(team, user, new_account=new, was_member=was_member)


@transaction.atomic
def invite_house(house: House, person: Person, by: Actor, *, again: bool = True) -> Outcome:
    """The same with the provider's page and team made where they are missing. Who does it at the same moment waits.

    Raises AmbiguousHouseError, and NotAllowedError for all but the district.
    """
    if not by.is_district:
        raise NotAllowedError(_("Neue Anbieter lädt die Kreisverwaltung ein."))
    # One at a time: two pages or folders made at once would take the same place in the tree.
    index = ProviderIndexPage.objects.select_for_update().get(pk=_directory().pk)
    provider, new = _provider(index, house)
    team = Team.objects.filter(provider=provider).select_related("group").first() or ensure_team(RoleName.PROVIDER, provider)
    outcome = invite(person, team, by, again=again)
    return Outcome(outcome.team, outcome.person, new, outcome.new_account, outcome.was_member)


def _directory() -> ProviderIndexPage:
    """The page above all providers; made where it is missing."""
    try:
        return provider_index()
    except NoHomePageError as error:
        raise NotAllowedError(str(error)) from error


def _provider(index: ProviderIndexPage, house: House) -> tuple[ProviderPage, bool]:
    found = matches(house, known_houses())
    if len(found) > 1 or (house.key and not found):
        raise AmbiguousHouseError(_("Welcher Anbieter ist gemeint? Bitte die Kennung angeben."))
    if found:
        return ProviderPage.objects.get(pk=found[0].pk), False
    page = ProviderPage(
        title=house.name,
        kind=house.kind or ProviderKind.KITA,
        street=house.street,
        postal_code=house.postal_code,
        town=house.town,
    )
    if house.is_complete:
        publish_new(index, page)
    else:
        # Without an address families could not find the way; the team completes and publishes it.
        page.live = False
        index.add_child(instance=page)
        page.save_revision()
    return page, True


def _account(person: Person, by: Actor) -> tuple[User, bool]:
    """The account with this address, open; and whether it is new. An existing one keeps its name."""
    user = User.objects.select_for_update().filter(email__iexact=person.email).first()
    if user is None:
        names = {"first_name": person.first_name, "last_name": person.last_name, "password": make_password(None)}
        user, new = User.objects.get_or_create(email=person.email, defaults=names)
        if new:
            return user, True
    if not by.may_take_in(user):
        raise NotAllowedError(_("Mit dieser Adresse geht das nicht. Bitte fragen Sie die Administration."))
    if not user.is_active:
        _open_again(user)
    return user, False


def _open_again(user: User) -> None:
    """A closed account opens by the link alone: whatever opened it before does so no more."""
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=user).delete()
