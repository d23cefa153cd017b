"""Who may do what with which page: every role, its own and others' pages, as Wagtail's views and actions ask."""

import pytest

from cms.models import User
from people.models import RoleName
from tests.offers.builders import offer, provider, provider_index
from tests.people.builders import member, newsroom, team_member

pytestmark = pytest.mark.django_db

ACTIONS = ("edit", "delete", "unpublish", "publish", "copy", "move", "add_subpage", "publish_subpage", "lock", "set_view_restrictions")

# For each page, what each role may; who is not named may nothing.
MAY = {
    "own provider": {
        "provider": "edit publish add_subpage publish_subpage",
        "network": "edit publish add_subpage publish_subpage",
        "district": "edit delete unpublish publish copy move add_subpage publish_subpage lock",
    },
    "own offer": {
        "provider": "edit delete unpublish publish copy move",
        "network": "edit delete unpublish publish copy move",
        "district": "edit delete unpublish publish copy move lock",
    },
    "second provider": {
        "network": "edit publish add_subpage publish_subpage",
        "district": "edit delete unpublish publish copy move add_subpage publish_subpage lock",
    },
    "other offer": {"district": "edit delete unpublish publish copy move lock"},
    "directory": {"district": "edit publish add_subpage publish_subpage lock"},
    "newsroom": {"press": "edit publish add_subpage publish_subpage"},
    "home": {},
}
ROLES = ("provider", "network", "adviser", "press", "district")


@pytest.fixture
def site():
    own, second, other = (provider(key) for key in ("kita-nassau", "kita-lahn", "kita-diez"))
    pages = {
        "own provider": own,
        "own offer": offer(own, "eigenes"),
        "second provider": second,
        "other offer": offer(other, "fremdes"),
        "directory": provider_index(),
        "newsroom": newsroom(),
        "home": provider_index().get_parent(),
    }
    people = {
        "provider": team_member(own),
        "network": member(RoleName.PROVIDER, own, second, email="netzwerk@example.org"),
        "adviser": member(RoleName.ADVISER),
        "press": member(RoleName.PRESS),
        "district": member(RoleName.DISTRICT),
    }
    return {name: type(page).objects.get(pk=page.pk) for name, page in pages.items()}, people


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", MAY)
def test_what_a_role_may_with_a_page(name, role, site):
    pages, people = site
    tester = pages[name].permissions_for_user(people[role])
    assert {action for action in ACTIONS if getattr(tester, f"can_{action}")()} == set(MAY[name].get(role, "").split())


def test_administrators_may_all(site):
    pages, _people = site
    admin = User.objects.create_superuser("admin@example.org", "ein-langes-passwort")
    tester = pages["own provider"].permissions_for_user(admin)
    assert all(getattr(tester, f"can_{action}")() for action in ACTIONS)


@pytest.mark.parametrize(
    ("role", "destination", "goes"),
    [("provider", "second provider", False), ("network", "second provider", True), ("district", "second provider", True)],
)
def test_where_an_offer_may_go(role, destination, goes, site):
    pages, people = site
    tester = pages["own offer"].permissions_for_user(people[role])
    assert tester.can_move_to(pages[destination]) is goes
    assert tester.can_copy_to(pages[destination]) is goes


def test_who_has_left_may_nothing(site):
    pages, people = site
    leader = people["provider"]
    leader.is_active = False
    leader.save()
    for name in ("own provider", "own offer"):
        tester = pages[name].permissions_for_user(User.objects.get(pk=leader.pk))
        assert not any(getattr(tester, f"can_{action}")() for action in ACTIONS if action != "lock")
