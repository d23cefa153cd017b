"""Nothing reaches families unread where the district wants to read first; and the ways that are tried are ways."""

import pytest
from wagtail.models import Site

from offers.models.rules import Approval, ListingRules
from tests.people.access.harness import undone
from tests.people.access.ways_online import online, unread, ways
from tests.people.access.world import DISTRICT, KITA

pytestmark = pytest.mark.django_db


def test_nothing_goes_online_unread(world):
    assert not (found := list(unread(world))), "\n".join(found)


@pytest.mark.parametrize(
    "name", ["form of a new one", "form of one that is online", "approval", "bulk action", "interface", "interface, a copy", "copy"]
)
def test_who_may_comes_online_by_it(name, world):
    """The same request does it for somebody who needs not ask: the district, which approves, or the team under another rule."""
    url, data = ways(world)[name]
    with undone():
        ListingRules.objects.filter(site=Site.objects.get(is_default_site=True)).update(approval=Approval.NEVER)
        before = online()
        world.client(DISTRICT if name == "approval" else KITA).post(url, data)
        assert online() - before
