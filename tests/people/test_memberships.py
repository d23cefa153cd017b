"""Who is in which team is asked once a request, and every change is seen."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.models import User
from people.joining.permissions import Actor
from people.models import RoleName, Team
from people.roles import ensure_team, is_district, needs_second_factor, role_names_of
from tests.offers.builders import provider
from tests.people.builders import member, team_member

pytestmark = pytest.mark.django_db

PAGES = ("people_teams", "wagtailadmin_home", "wagtailadmin_account")


def test_all_that_follows_from_it_takes_one_query(django_assert_num_queries):
    user = User.objects.get(pk=team_member(provider("kita-nassau")).pk)
    with django_assert_num_queries(1):
        for _each in range(2):
            assert role_names_of(user) == {RoleName.PROVIDER}
            assert not is_district(user)
            assert not needs_second_factor(user)
            assert len(Actor(user).own_teams) == 1


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [RoleName.PROVIDER, RoleName.DISTRICT])
def test_a_page_of_the_admin_asks_once(client, role, page):
    kita = provider("kita-nassau")
    client.force_login(team_member(kita) if role == RoleName.PROVIDER else member(role))
    client.get(reverse(page))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(page)).status_code == 200
    asked = [query["sql"] for query in queries if 'FROM "people_team"' in query["sql"] and '"cms_user_groups"."user_id"' in query["sql"]]
    assert len(asked) == 1
    assert max(map([query["sql"] for query in queries].count, asked)) == 1


def test_every_change_is_seen_by_an_object_that_was_asked_before():
    user = member(RoleName.PRESS)
    press, district = user.groups.get(), ensure_team(RoleName.DISTRICT).group

    def names():
        return {str(name) for name in role_names_of(user)}

    assert names() == {"press"}
    user.groups.add(district)
    assert names() == {"press", "district"}
    user.groups.remove(press)
    assert names() == {"district"}
    press.user_set.add(user)
    assert names() == {"press", "district"}
    user.groups.set([press])
    assert names() == {"press"}
    user.groups.clear()
    assert names() == set()
    # A group that becomes a team, changes its role, and is one no longer.
    group = Group.objects.create(name="Beratung")
    user.groups.add(group)
    assert names() == set()
    team = ensure_team(RoleName.ADVISER, name="Beratung")
    assert team.group == group
    assert names() == {"adviser"}
    Team.objects.exclude(pk=team.pk).filter(role=RoleName.PRESS).delete()
    team.role = RoleName.PRESS
    team.save()
    assert names() == {"press"}
    group.delete()
    assert names() == set()
    user.is_active = False
    user.groups.add(district)
    assert names() == set()


def test_what_another_process_has_changed_is_seen_by_the_next_request(client):
    user = member(RoleName.DISTRICT)
    client.force_login(user)
    assert client.get(reverse("people_offers")).status_code == 200
    assert is_district(user)
    # Without a signal, as this process hears nothing of another.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cms_user_groups WHERE user_id = %s", [user.pk])
    assert client.get(reverse("people_offers")).status_code == 302
    assert not is_district(User.objects.get(pk=user.pk))
