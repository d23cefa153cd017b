"""Who may do what to whom: as data, over every address."""

import pytest
from django.core import mail
from django.urls import reverse

from cms.models import User
from people.joining import leaving
from people.joining.permissions import Actor, NotAllowedError, is_protected
from people.models import RoleName
from people.roles import ensure_team
from tests.people.builders import member, team_member

pytestmark = pytest.mark.django_db
REFUSED = (302, 403)
PERSON = {"last_name": "Neu", "email": "neu@kita.example"}


@pytest.fixture
def people(kita, other_kita):
    """Somebody of each role, by name."""
    found = {role.value: member(role) for role in (RoleName.DISTRICT, RoleName.PRESS, RoleName.ADVISER)}
    found["other_district"] = member(RoleName.DISTRICT, email="zweite@kreis.example")
    found["leader"] = team_member(kita, "leitung@kita-nassau.example")
    found["colleague"] = team_member(kita, "zweite@kita-nassau.example")
    found["stranger"] = team_member(other_kita, "leitung@kita-diez.example")
    found["admin"] = User.objects.create_superuser("admin@example.org", "ein-langes-passwort")
    return found


def team_of(person):
    return person.groups.first().team


def allowed(client, name, actor, *args, data=None):
    """Whether a POST does something."""
    client.force_login(actor)
    answer = client.post(reverse(name, args=args), data or {})
    if answer.status_code == 403:
        return False
    return not (answer.status_code == 302 and answer.url == reverse("wagtailadmin_home"))


GENERAL = ("people_invite", "people_table", "people_table_do", "people_table_template")


@pytest.mark.parametrize("name", GENERAL)
@pytest.mark.parametrize(
    ("who", "may"),
    [("admin", True), ("district", True), ("press", False), ("adviser", False), ("leader", False), ("stranger", False)],
)
def test_what_the_district_alone_does(name, who, may, client, people):
    client.force_login(people[who])
    answer = client.post(reverse(name)) if name == "people_table_do" else client.get(reverse(name))
    refused = answer.status_code == 403 or (answer.status_code == 302 and answer.url == reverse("wagtailadmin_home"))
    assert refused is not may


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("admin", {"leader", "stranger", "press", "district", "admin"}),
        ("district", {"leader", "stranger", "press", "district"}),
        ("leader", {"leader", "colleague"}),
        ("stranger", {"stranger"}),
    ],
)
def test_whom_the_list_shows(who, sees, client, people):
    client.force_login(people[who])
    page = client.get(reverse("people_teams"), {}).content.decode().split('class="nice-padding joining"')[1]
    for name, person in people.items():
        if name in sees or who in ("leader", "stranger"):
            assert (person.email in page) is (name in sees), name


@pytest.mark.parametrize("who", ["press", "adviser"])
def test_who_has_no_list(who, client, people):
    client.force_login(people[who])
    assert client.get(reverse("people_teams")).status_code in REFUSED


def test_a_team_learns_no_more_than_names_and_addresses(client, people):
    client.force_login(people["leader"])
    page = client.get(reverse("people_person", args=(team_of(people["leader"]).pk, people["colleague"].pk))).content.decode()
    assert "zweiten Schritt" not in page
    assert "zuletzt da" not in page


# who acts, on whom, in whose team: may remove, may hand over, may reset the factor
MATRIX = [
    ("admin", "leader", True, True, True),
    ("admin", "press", True, True, True),
    ("admin", "district", True, True, True),
    ("district", "leader", True, True, True),
    ("district", "adviser", True, True, True),
    ("district", "press", False, False, False),
    ("district", "other_district", False, False, False),
    ("district", "district", False, False, False),
    ("leader", "colleague", True, False, False),
    ("leader", "leader", False, False, False),
    ("leader", "stranger", False, False, False),
    ("leader", "press", False, False, False),
    ("stranger", "leader", False, False, False),
    ("press", "leader", False, False, False),
    ("press", "press", False, False, False),
    ("adviser", "leader", False, False, False),
]


@pytest.mark.parametrize(("who", "whom", "remove", "hand_over", "reset"), MATRIX)
def test_who_may_do_what_to_whom(who, whom, remove, hand_over, reset, client, people):
    args = (team_of(people[whom]).pk, people[whom].pk)
    groups = set(people[whom].groups.all())
    assert allowed(client, "people_reset_factor", people[who], *args) is reset
    assert bool(mail.outbox) is reset
    assert allowed(client, "people_hand_over", people[who], *args) is hand_over
    assert allowed(client, "people_remove", people[who], *args) is remove
    assert (set(people[whom].groups.all()) == groups) is not remove


@pytest.mark.parametrize(
    ("who", "role", "may"),
    [
        ("admin", RoleName.DISTRICT, True),
        ("admin", RoleName.PRESS, True),
        ("district", RoleName.DISTRICT, False),
        ("district", RoleName.PRESS, False),
        ("district", RoleName.ADVISER, True),
        ("press", RoleName.PRESS, False),
        ("adviser", RoleName.ADVISER, False),
        ("leader", RoleName.DISTRICT, False),
        ("leader", RoleName.ADVISER, False),
    ],
)
def test_who_fills_which_of_the_district_s_teams(who, role, may, client, people):
    assert allowed(client, "people_invite_to", people[who], ensure_team(role).pk, data=PERSON) is may
    assert User.objects.filter(email=PERSON["email"]).exists() is may


@pytest.mark.parametrize("who", ["stranger", "press", "adviser"])
def test_nobody_invites_into_a_team_of_others(who, client, people):
    assert not allowed(client, "people_invite_to", people[who], team_of(people["leader"]).pk, data=PERSON)


@pytest.mark.parametrize("whom", ["admin", "press", "other_district"])
@pytest.mark.parametrize("who", ["district", "leader"])
def test_accounts_that_may_more_are_not_taken_into_a_team(who, whom, client, people):
    before = set(people[whom].groups.all())
    client.force_login(people[who])
    data = {"last_name": "x", "email": people[whom].email}
    answer = client.post(reverse("people_invite_to", args=(team_of(people["leader"]).pk,)), data)
    assert answer.context["form"].errors["email"]
    assert set(people[whom].groups.all()) == before
    assert mail.outbox == []


def test_an_administrator_in_a_provider_s_team_is_not_touched_by_the_district(people, kita):
    people["admin"].groups.add(kita.team.group)
    for act in (lambda by: leaving.remove(people["admin"], kita.team, by), lambda by: leaving.reset_factor(people["admin"], by)):
        for who in ("district", "leader"):
            with pytest.raises(NotAllowedError):
                act(Actor(people[who]))
    leaving.remove(people["admin"], kita.team, Actor(None))
    people["admin"].refresh_from_db()
    assert people["admin"].is_active


def test_rights_beside_the_teams_protect_an_account(people, django_user_model):
    from django.contrib.auth.models import Group, Permission

    stranger = people["stranger"]
    assert not is_protected(stranger)
    stranger.groups.add(Group.objects.create(name="Eine eigene Gruppe"))
    assert is_protected(User.objects.get(pk=stranger.pk))
    leader = people["leader"]
    leader.user_permissions.add(Permission.objects.first())
    assert is_protected(User.objects.get(pk=leader.pk))


def test_the_last_person_stays(client, people, kita):
    """Two who remove each other: the second finds that nobody would be left."""
    leader, colleague = people["leader"], people["colleague"]
    leaving.remove(colleague, kita.team, Actor(leader))
    with pytest.raises(NotAllowedError):
        leaving.remove(leader, kita.team, Actor(colleague))
    assert leader.groups.exists()


def test_a_person_is_looked_for_in_the_team_of_the_address(client, people):
    """A stranger's key under one's own team finds nobody."""
    client.force_login(people["leader"])
    args = (team_of(people["leader"]).pk, people["stranger"].pk)
    for name in ("people_person", "people_remove", "people_invite_again"):
        send = client.get if name == "people_person" else client.post
        assert send(reverse(name, args=args)).status_code == 404


@pytest.mark.parametrize("name", ["people_invite_again", "people_remove", "people_reset_factor"])
def test_actions_are_posts(name, client, people):
    client.force_login(people["admin"])
    assert client.get(reverse(name, args=(team_of(people["leader"]).pk, people["leader"].pk))).status_code == 405


@pytest.mark.parametrize(("who", "label"), [("district", "Menschen"), ("admin", "Menschen"), ("leader", "Mein Team"), ("press", None)])
def test_the_menu(who, label, client, people):
    client.force_login(people[who])
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert ('"Menschen"' in page, '"Mein Team"' in page) == (label == "Menschen", label == "Mein Team")
