"""Every address that the site knows has a row, and answers every role as its row says."""

import pytest
from django.urls import Resolver404, resolve, reverse

from people.accounts.middleware import BEFORE_THE_FACTOR, SET_UP
from tests.people.access.harness import Target, differences, patterns, sides_of
from tests.people.access.matrix import TABLE, rows
from tests.people.access.world import ADMIN, DISTRICT, PRESS

pytestmark = pytest.mark.django_db

ROWS = rows()
# Addresses that another one before them answers, with the argument that shows it.
SHADOWED = {
    "wagtailadmin_password_reset": (),
    "wagtailadmin_password_reset_done": (),
    "wagtailadmin_password_reset_confirm": ("a", "b"),
    "wagtailadmin_password_reset_complete": (),
}
# Addresses of work that is under way.
NOT_YET: frozenset[str] = frozenset()
PRIVATE = ("/admin/", "/konto/", "/documents/")
# What opens without the second factor, beside the way to it: styles and words of the admin's pages hold nothing of anybody's.
OPEN_BEFORE_THE_FACTOR = BEFORE_THE_FACTOR | SET_UP


def test_every_address_has_its_row(world):
    covered = {resolve(Target(row.name, row.arguments, sides_of(row.arguments)[0]).url(world).partition("?")[0]).route for row in ROWS}
    without = [
        f"{name or 'unnamed'} ({route})" for name, route in patterns() if route not in covered and name not in NOT_YET | SHADOWED.keys()
    ]
    assert not without, f"No role says who may open these; each needs a row in tests/people/access/{TABLE.name}: " + ", ".join(without)


@pytest.mark.parametrize("name", SHADOWED)
def test_what_has_no_row_is_answered_by_another(name):
    route = dict(patterns())[name]
    assert resolve(reverse(name, args=SHADOWED[name])).route != route


def test_no_row_is_there_twice():
    assert len({row.title for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_a_row_of_the_matrix(row, world):
    assert not (found := differences(world, row)), "\n".join(found)


def test_nothing_opens_before_the_second_factor(world, settings):
    """Press, district and administrators with their password alone, at all addresses, whatever the method."""
    settings.SECOND_FACTOR_REQUIRED = True
    opened = []
    for row in ROWS:
        url = Target(row.name, row.arguments, sides_of(row.arguments)[0]).url(world)
        if not url.startswith(PRIVATE) or row.name.split(":")[-1] in OPEN_BEFORE_THE_FACTOR:
            continue
        for role in (PRESS, DISTRICT, ADMIN):
            for method in ("get", "post"):
                response = getattr(world.client(role), method)(url)
                to_the_factor = response.status_code == 302 and response["Location"].startswith(reverse("second_factor"))
                if not to_the_factor and response.status_code != 403:
                    opened.append(f"{method} {url} as {role}: {response.status_code}")
    assert not opened, "\n".join(opened)


def test_an_address_that_is_new_is_named(world, settings):
    """The inventory can fail: with an address more, it says which."""
    settings.ROOT_URLCONF = "tests.people.access.one_address_more"
    with pytest.raises(AssertionError, match=r"one_more \(admin/eins-mehr/\).*|one_more"):
        test_every_address_has_its_row(world)
    with pytest.raises(Resolver404):
        resolve("/gibt-es-nicht.html")
