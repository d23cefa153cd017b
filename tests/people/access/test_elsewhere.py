"""Nothing of one's own is laid into another's tree or folder, and nothing of another's is taken: whole requests, by all ways there are."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from tests.people.access.harness import undone
from tests.people.access.world import ADMIN, KITA, NETWORK, PRESS, pixels

pytestmark = pytest.mark.django_db

API = "wagtailadmin_api:pages:action"


def bulk(model, action, *keys):
    return f"{reverse('wagtail_bulk_action', args=(*model.split('.'), action))}?{'&'.join(f'id={key}' for key in keys)}"


def copy_of(page, to):
    data = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": to.pk}
    return reverse("wagtailadmin_pages:copy", args=(page.pk,)), data


# From the Kita's side, the other's: an address, and what is sent to it.
REQUESTS = {
    "move": lambda own, other: (reverse("wagtailadmin_pages:move_confirm", args=(own.draft.pk, other.home.pk)), {}),
    "take by a move": lambda own, other: (reverse("wagtailadmin_pages:move_confirm", args=(other.draft.pk, own.home.pk)), {}),
    "copy": lambda own, other: copy_of(own.draft, other.home),
    "take by a copy": lambda own, other: copy_of(other.draft, own.home),
    "interface, move": lambda own, other: (reverse(API, args=(own.draft.pk, "move")), {"destination_page_id": other.home.pk}),
    "interface, take": lambda own, other: (reverse(API, args=(other.draft.pk, "move")), {"destination_page_id": own.home.pk}),
    "interface, copy": lambda own, other: (
        reverse(API, args=(own.draft.pk, "copy")),
        {"destination_page_id": other.home.pk, "slug_to": "k"},
    ),
    "interface, take a copy": lambda own, other: (
        reverse(API, args=(other.draft.pk, "copy")),
        {"destination_page_id": own.home.pk, "slug_to": "k"},
    ),
    "interface, alias": lambda own, other: (reverse(API, args=(other.shown.pk, "create_alias")), {"destination_page_id": own.home.pk}),
    "bulk, move": lambda own, other: (bulk("wagtailcore.page", "move", own.draft.pk), {"chooser": other.home.pk}),
    "bulk, take": lambda own, other: (bulk("wagtailcore.page", "move", other.draft.pk), {"chooser": own.home.pk}),
    "bulk, delete a mixed choice": lambda own, other: (bulk("wagtailcore.page", "delete", own.draft.pk, other.draft.pk), {}),
    "bulk, pictures into the folder": lambda own, other: (
        bulk("cms.picture", "add_to_collection", own.picture.pk),
        {"collection": other.team.collection_id},
    ),
    "bulk, pictures out of the folder": lambda own, other: (
        bulk("cms.picture", "add_to_collection", other.picture.pk),
        {"collection": own.team.collection_id},
    ),
    "bulk, delete mixed pictures": lambda own, other: (bulk("cms.picture", "delete", own.picture.pk, other.picture.pk), {}),
    "bulk, delete mixed documents": lambda own, other: (bulk("wagtaildocs.document", "delete", own.document.pk, other.document.pk), {}),
    "upload of a picture": lambda own, other: (
        reverse("wagtailimages:add"),
        {"title": "Neu", "file": SimpleUploadedFile("neu.png", pixels()), "collection": other.team.collection_id, "consent": "on"},
    ),
    "upload of a document": lambda own, other: (
        reverse("wagtaildocs:add"),
        {"title": "Neu", "file": SimpleUploadedFile("neu.txt", b"Neu"), "collection": other.team.collection_id},
    ),
    "picture of one's own into the folder": lambda own, other: (
        reverse("wagtailimages:edit", args=(own.picture.pk,)),
        {"title": "Neu", "description": "Neu", "collection": other.team.collection_id, "consent": "on"},
    ),
}


INTO_ONE_S_OWN = {"upload of a picture", "upload of a document", "picture of one's own into the folder"}


def state(side):
    """Everything that lies in a side's tree and folder."""
    pages = Page.objects.filter(path__startswith=side.home.path).order_by("path").values_list("pk", "path", "title", "draft_title", "live")
    files = [
        list(model.objects.filter(collection=side.team.collection_id).order_by("pk").values_list("pk", "title", "file"))
        for model in (get_image_model(), get_document_model())
    ]
    return list(pages), files


@pytest.mark.parametrize("role", [KITA, NETWORK, PRESS])
@pytest.mark.parametrize("name", REQUESTS)
def test_nothing_goes_over(name, role, world):
    own, other = world.sides["news" if role == PRESS else "own"], world.sides["other"]
    url, data = REQUESTS[name](own, other)
    with undone():
        before, before_of_other = state(own), state(other)
        world.client(role).post(url, data)
        assert state(other) == before_of_other
        # An upload with another's folder named falls into one's own.
        assert state(own) == before or name in INTO_ONE_S_OWN


@pytest.mark.parametrize(
    "name",
    sorted(REQUESTS.keys() - {"interface, alias", "interface, move", "interface, take", "upload of a picture", "upload of a document"}),
)
def test_for_who_may_it_goes_over(name, world):
    """The requests above are whole: an administrator's changes something."""
    own, other = world.sides["own"], world.sides["other"]
    url, data = REQUESTS[name](own, other)
    with undone():
        before = state(own), state(other)
        world.client(ADMIN).post(url, data)
        assert (state(own), state(other)) != before
