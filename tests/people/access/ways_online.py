"""All ways on which an offer could reach families, tried by its team while the district wants to read everything first."""

from collections.abc import Iterator

from django.urls import reverse
from wagtail.models import Site

from offers.models import OfferPage
from offers.models.rules import Approval, ListingRules
from tests.people.access.harness import undone
from tests.people.access.world import KITA, NETWORK, World
from tests.people.test_approval import form

Way = tuple[str, dict[str, object]]


def ways(world: World) -> dict[str, Way]:
    """By name: an address and what is sent to it."""
    own, draft = world.sides["own"], world.sides["own"].draft
    action = "wagtailadmin_api:pages:action"
    pages = "wagtailadmin_pages:"
    approve = reverse(f"{pages}workflow_action", args=(own.waiting.pk, "approve", own.task_state.pk))
    new = reverse(f"{pages}add", args=("offers", "offerpage", own.home.pk))
    return {
        "form of a new one": (new, form(title="Neues", **{"action-publish": "1"})),
        "form of one that is online": (reverse(f"{pages}edit", args=(own.shown.pk,)), form(title="Entwurf", **{"action-publish": "1"})),
        "approval": (approve, {"comment": ""}),
        "bulk action": (
            f"{reverse('wagtail_bulk_action', args=('wagtailcore', 'page', 'publish'))}?id={draft.pk}",
            {"include_descendants": "on"},
        ),
        "interface": (reverse(action, args=(draft.pk, "publish")), {}),
        "interface, a copy": (reverse(action, args=(own.shown.pk, "copy")), {"slug_to": "kopie", "keep_live": "true"}),
        "copy": (
            reverse(f"{pages}copy", args=(own.shown.pk,)),
            {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": own.home.pk, "publish_copies": "on"},
        ),
    }


def online() -> set[tuple[int, str]]:
    """What families see, with the title that they read."""
    return set(OfferPage.objects.live().values_list("pk", "title"))


def unread(world: World) -> Iterator[str]:
    """The ways on which something came online that nobody had read."""
    for role in (KITA, NETWORK):
        for name, (url, data) in ways(world).items():
            with undone():
                ListingRules.objects.filter(site=Site.objects.get(is_default_site=True)).update(approval=Approval.ALWAYS)
                before = online()
                world.client(role).post(url, data)
                if online() - before:
                    yield f"{name}, as {role}"
