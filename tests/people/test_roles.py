"""Roles: what a team gets, what it loses, and who is asked for more than a password."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.models import User
from people.models import RoleName, Team
from people.roles import ensure_team, is_district, needs_second_factor, providers_folder, providers_of, role_names_of
from tests.offers.builders import provider
from tests.people.builders import member

pytestmark = pytest.mark.django_db

PROVIDER, ADVISER, PRESS, DISTRICT = RoleName.PROVIDER, RoleName.ADVISER, RoleName.PRESS, RoleName.DISTRICT


def rights():
    """Everything that any group may, as the tables of the database have it."""
    return (
        sorted(GroupPagePermission.objects.values_list("group__name", "page__slug", "permission__codename")),
        sorted(GroupCollectionPermission.objects.values_list("group__name", "collection__name", "permission__codename")),
        sorted(Group.objects.exclude(permissions=None).values_list("name", "permissions__codename")),
        sorted(Collection.objects.values_list("path", "name")),
        Team.objects.count(),
    )


def test_a_team_made_again_is_the_same():
    kita = provider("kita-nassau")
    member(DISTRICT)
    member(PRESS)
    first = ensure_team(PROVIDER, kita)
    before = rights()
    assert [ensure_team(PROVIDER, kita), ensure_team(DISTRICT).role, ensure_team(PRESS).role] == [first, DISTRICT, PRESS]
    assert rights() == before


def test_what_the_role_does_not_have_is_taken_away():
    kita, other = provider("kita-nassau"), provider("kita-lahn")
    team = ensure_team(PROVIDER, kita)
    before = rights()
    team.group.permissions.add(Permission.objects.get(codename="change_user"))
    lock = Permission.objects.get(codename="lock_page")
    GroupPagePermission.objects.create(group=team.group, page=other, permission=lock)
    GroupPagePermission.objects.create(group=team.group, page=kita, permission=lock)
    GroupCollectionPermission.objects.create(
        group=team.group, collection=Collection.get_first_root_node(), permission=Permission.objects.get(codename="choose_image")
    )
    assert rights() != before
    ensure_team(PROVIDER, kita)
    assert rights() == before


def test_a_folder_that_a_group_has_becomes_the_team_s():
    kita = provider("kita-nassau", title="Kita Nassau")
    group = Group.objects.create(name="Kita Nassau")
    folder = Collection.get_first_root_node().add_child(name="Kita Nassau")
    GroupCollectionPermission.objects.create(group=group, collection=folder, permission=Permission.objects.get(codename="add_image"))
    team = ensure_team(PROVIDER, kita)
    assert (team.group, team.collection) == (group, folder)
    assert team.collection.get_parent().name == "Anbieter"


def test_providers_of_one_name_get_teams_of_two_names():
    teams = [ensure_team(PROVIDER, provider(key, title="Kita Regenbogen", town=town)) for key, town in (("a", "Nassau"), ("b", "Diez"))]
    teams.append(ensure_team(PROVIDER, provider("c", title="Kita Regenbogen", town="Diez")))
    assert [team.group.name for team in teams] == ["Kita Regenbogen", "Kita Regenbogen (Diez)", "Kita Regenbogen 2"]
    assert len({team.collection for team in teams}) == 3


def test_a_provider_s_role_needs_a_provider_and_others_have_none():
    with pytest.raises(ValueError, match="needs a provider"):
        ensure_team(PROVIDER)
    with pytest.raises(ValueError, match="has no provider"):
        ensure_team(PRESS, provider())


@pytest.mark.parametrize(
    ("role", "second_factor", "district", "all_providers"),
    [(PROVIDER, False, False, False), (ADVISER, False, False, True), (PRESS, True, False, False), (DISTRICT, True, True, True)],
)
def test_what_follows_from_a_role(role, second_factor, district, all_providers, django_assert_max_num_queries):
    own, _other = provider("kita-nassau"), provider("kita-lahn")
    user = member(role, *([own] if role == PROVIDER else []))
    with django_assert_max_num_queries(5):
        assert role_names_of(user) == {role}
        assert needs_second_factor(user) is second_factor
        assert is_district(user) is district
        found = {page.slug for page in providers_of(user)}
    assert found == ({"kita-nassau", "kita-lahn"} if all_providers else {"kita-nassau"} if role == PROVIDER else set())


def test_a_network_worker_is_in_several_teams():
    kitas = [provider("kita-nassau"), provider("kita-lahn")]
    provider("kita-diez")
    assert [page.slug for page in providers_of(member(PROVIDER, *kitas))] == ["kita-lahn", "kita-nassau"]


def test_administrators_need_no_team():
    provider("kita-nassau")
    admin = User.objects.create_superuser("admin@example.org", "ein-langes-passwort")
    assert needs_second_factor(admin)
    assert is_district(admin)
    assert providers_of(admin).count() == 1


def test_who_has_left_has_no_role():
    user = member(DISTRICT)
    user.is_active = False
    assert [bool(ask(user)) for ask in (role_names_of, needs_second_factor, is_district, providers_of)] == [False] * 4


def test_nobody_but_administrators_edits_users_or_groups():
    kita = provider("kita-nassau")
    for user in (member(DISTRICT), member(PRESS), member(ADVISER), member(PROVIDER, kita)):
        forbidden = {"user", "group", "team", "permission", "site", "collection", "workflow", "task"}
        assert not {name for name in user.get_all_permissions() if name.rpartition("_")[2] in forbidden}


def test_the_district_has_a_folder_of_its_own_beside_those_of_all_providers():
    provider("kita-nassau")
    team = ensure_team(DISTRICT)
    codes = {"add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"}
    given = GroupCollectionPermission.objects.filter(group=team.group)
    ensure_team(DISTRICT)
    assert {(each.collection, each.permission.codename) for each in given} == {
        (folder, code) for folder in (team.collection, providers_folder()) for code in codes
    }
