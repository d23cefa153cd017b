"""What is refused by whoever does the work too, not by the page alone; and what a page could not show."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse

from cms.models import User
from people.joining import inviting, leaving
from people.joining.houses import House, Person
from people.joining.permissions import Actor, NotAllowedError
from tests.people.builders import team_member
from tests.people.joining.conftest import link

pytestmark = pytest.mark.django_db
NEW = Person("Nora", "Neu", "neu@kita.example")


@pytest.fixture
def colleague(kita, leader):
    return team_member(kita, "zweite@kita-nassau.example")


def test_a_team_invites_no_house(kita, leader):
    with pytest.raises(NotAllowedError):
        inviting.invite_house(House(key="kita-nassau"), NEW, Actor(leader))


def test_nobody_invites_into_another_team(kita, leader, stranger):
    with pytest.raises(NotAllowedError):
        inviting.invite(NEW, kita.team, Actor(stranger))


def test_a_team_hands_nobody_over(kita, leader, colleague):
    with pytest.raises(NotAllowedError):
        leaving.hand_over(colleague, kita.team, NEW, Actor(leader))
    assert colleague.groups.exists()


def test_nobody_hands_over_to_themselves(kita, leader, by_district):
    with pytest.raises(NotAllowedError):
        leaving.hand_over(leader, kita.team, Person("", "Muster", leader.email), by_district)


def test_who_was_removed_a_moment_ago_removes_nobody(kita, leader, colleague):
    """Two who remove each other at once: the second request has seen its team before the first one was through."""
    second = Actor(colleague)
    assert second.may_remove(leader, kita.team)
    leaving.remove(colleague, kita.team, Actor(leader))
    with pytest.raises(NotAllowedError):
        leaving.remove(leader, kita.team, second)
    assert leader.groups.exists()


def test_a_link_is_used_up_once_there_is_a_passkey(client, kita, by_district):
    person = inviting.invite_house(House(key="kita-nassau"), NEW, by_district).person
    assert client.get(link()).status_code == 200
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop", "credential": {}})
    assert client.get(link()).status_code == 410


def test_nobody_removes_from_another_team(kita, leader, colleague, stranger):
    assert not Actor(stranger).may_remove(leader, kita.team)
    assert Actor(colleague).may_remove(leader, kita.team)


def test_who_has_left_acts_on_nobody(leader):
    administrator = User.objects.create_superuser("admin@example.org", "ein-langes-passwort")
    assert Actor(leader).may_see_people()
    assert Actor(administrator).is_administrator
    assert Actor(None).is_district
    for person in (leader, administrator):
        person.is_active = False
        actor = Actor(person)
        assert (actor.is_administrator, actor.is_district, actor.may_see_people(), list(actor.teams())) == (False, False, False, [])


def test_nobody_resets_their_own_factor_nor_that_of_a_closed_account(leader, by_district):
    administrator = User.objects.create_superuser("admin@example.org", "ein-langes-passwort")
    assert not Actor(administrator).may_reset_factor(administrator)
    assert by_district.may_reset_factor(leader)
    leader.is_active = False
    assert not by_district.may_reset_factor(leader)


@pytest.mark.parametrize(("password", "team", "taken"), [(True, False, False), (False, True, False), (False, False, True)])
def test_a_closed_account_comes_back_only_if_nothing_is_left_of_it(password, team, taken, leader, by_district):
    leader.is_active = False
    if not password:
        leader.set_unusable_password()
    if not team:
        leader.groups.clear()
    assert by_district.may_take_in(leader) is taken
    assert Actor(None).may_take_in(leader)


def test_who_may_more_is_taken_in_by_administrators_alone(leader, stranger, by_district, district):
    rights = {"district": district, "administrator": User.objects.create_superuser("admin@example.org", "ein-langes-passwort")}
    stranger.user_permissions.add(Permission.objects.first())
    rights["rights of one's own"] = User.objects.get(pk=stranger.pk)
    assert {name: by_district.may_take_in(person) for name, person in rights.items()} == dict.fromkeys(rights, False)
    assert all(Actor(None).may_take_in(person) for person in rights.values())
    assert by_district.may_take_in(leader)


def test_the_same_mail_once_more_counts_as_one_of_the_day_s(client, kita, leader, colleague):
    client.force_login(leader)
    for _ in range(22):
        client.post(reverse("people_invite_again", args=(kita.team.pk, colleague.pk)))
    assert len(mail.outbox) == 20
