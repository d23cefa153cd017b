"""The demo's accounts: one a role, made on top of what an older version left."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Workflow

from cms.models import User
from people.models import RoleName
from people.roles import providers_of, role_names_of
from tests.offers.builders import provider
from tests.people.builders import newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    newsroom()
    return [provider(key) for key in ("kita-regenbogen-nassau", "kita-lahnwichtel-nassau", "kita-diez")]


def test_one_account_a_role(site, capsys):
    call_command("demo_accounts", demo=True)
    roles = {user.email.partition("@")[0]: (set(role_names_of(user)), providers_of(user).count()) for user in User.objects.all()}
    assert roles == {
        "admin": (set(), 3),
        "kreis": ({RoleName.DISTRICT}, 3),
        "presse": ({RoleName.PRESS}, 0),
        "netzwerk": ({RoleName.PROVIDER}, 2),
        "beratung": ({RoleName.ADVISER}, 3),
        "kita": ({RoleName.PROVIDER}, 1),
    }
    said = capsys.readouterr().out
    assert all(user.email in said for user in User.objects.all())
    assert said.count("demo_code") == 3
    assert Workflow.objects.get().workflow_pages.count() == 1


def test_made_again_nothing_is_doubled(site):
    call_command("demo_accounts", demo=True)
    before = User.objects.count(), Group.objects.count(), Workflow.objects.count()
    call_command("demo_accounts", demo=True)
    assert (User.objects.count(), Group.objects.count(), Workflow.objects.count()) == before


def test_the_group_of_an_older_demo_becomes_the_team(site):
    group = Group.objects.create(name="Kita Regenbogen")
    call_command("demo_accounts", demo=True)
    assert group.team.provider.key == "kita-regenbogen-nassau"
