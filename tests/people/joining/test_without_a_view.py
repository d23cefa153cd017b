"""What is refused by whoever does the work too, not by the page alone; and what a page could not show."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse

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


def test_the_same_mail_once_more_counts_as_one_of_the_day_s(client, kita, leader, colleague):
    client.force_login(leader)
    for _ in range(22):
        client.post(reverse("people_invite_again", args=(kita.team.pk, colleague.pk)))
    assert len(mail.outbox) == 20
