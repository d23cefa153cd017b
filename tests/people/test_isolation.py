"""Two providers: what one writes, the other does not see, wherever Wagtail could show it."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image as Pixels
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageLogEntry

from people.models import RoleName
from people.roles import ensure_team
from tests.offers.builders import offer, provider
from tests.people.builders import team_member

pytestmark = pytest.mark.django_db

# Stands in everything that only the other provider's team may see.
SECRET = "Geheimnis"


def picture(team, title):
    content = BytesIO()
    Pixels.new("RGB", (30, 20), "red").save(content, "PNG")
    return get_image_model().objects.create(
        title=title, file=ContentFile(content.getvalue(), f"{title.lower()}.png"), collection=team.collection
    )


def document(team, title):
    return get_document_model().objects.create(
        title=title, file=ContentFile(b"%PDF-1.4", f"{title.lower()}.pdf"), collection=team.collection
    )


class Side:
    """A provider with everything that its team has."""

    def __init__(self, key, word):
        self.provider = provider(key, title=f"Kita {key}")
        self.team = ensure_team(RoleName.PROVIDER, self.provider)
        self.user = team_member(self.provider, email=f"{word.lower()}@example.org")
        self.user.first_name = word
        self.user.save()
        self.draft = offer(self.provider, f"{key}-entwurf", title=f"{word} Entwurf", live=False, owner=self.user)
        self.live = offer(self.provider, f"{key}-angebot", title="Angebot", owner=self.user)
        self.live.title = f"{word} neuer Titel"
        self.live.save_revision(user=self.user, log_action=True)
        # A revision writes the new title beside the page; what is online keeps the old one.
        self.live.refresh_from_db()
        self.revision = self.draft.specific.save_revision(user=self.user, log_action=True)
        self.picture = picture(self.team, f"{word}-Bild")
        self.document = document(self.team, f"{word}-Datei")


@pytest.fixture
def other():
    return Side("lahn", SECRET)


@pytest.fixture
def own(other, client):
    side = Side("nassau", "Eigenes")
    client.force_login(side.user)
    return side


# Every address that lists, names or changes something: its name, arguments and query, made from one side.
PLACES = {
    "explorer, provider": lambda s: ("wagtailadmin_explore", [s.provider.pk], {}),
    "explorer, results": lambda s: ("wagtailadmin_explore_results", [s.provider.pk], {}),
    "edit draft": lambda s: ("wagtailadmin_pages:edit", [s.draft.pk], {}),
    "edit live": lambda s: ("wagtailadmin_pages:edit", [s.live.pk], {}),
    "draft as page": lambda s: ("wagtailadmin_pages:view_draft", [s.draft.pk], {}),
    "preview": lambda s: ("wagtailadmin_pages:preview_on_edit", [s.draft.pk], {}),
    "history": lambda s: ("wagtailadmin_pages:history", [s.draft.pk], {}),
    "history, results": lambda s: ("wagtailadmin_pages:history_results", [s.draft.pk], {}),
    "workflow history": lambda s: ("wagtailadmin_pages:workflow_history", [s.draft.pk], {}),
    "revision": lambda s: ("wagtailadmin_pages:revisions_view", [s.draft.pk, s.revision.pk], {}),
    "revert": lambda s: ("wagtailadmin_pages:revisions_revert", [s.draft.pk, s.revision.pk], {}),
    "compare": lambda s: ("wagtailadmin_pages:revisions_compare", [s.draft.pk, "earliest", "latest"], {}),
    "usage": lambda s: ("wagtailadmin_pages:usage", [s.draft.pk], {}),
    "delete": lambda s: ("wagtailadmin_pages:delete", [s.draft.pk], {}),
    "copy": lambda s: ("wagtailadmin_pages:copy", [s.draft.pk], {}),
    "move": lambda s: ("wagtailadmin_pages:move", [s.draft.pk], {}),
    "unpublish": lambda s: ("wagtailadmin_pages:unpublish", [s.live.pk], {}),
    "lock": lambda s: ("wagtailadmin_pages:lock", [s.draft.pk], {}),
    "privacy": lambda s: ("wagtailadmin_pages:set_privacy", [s.draft.pk], {}),
    "add": lambda s: ("wagtailadmin_pages:add", ["offers", "offerpage", s.provider.pk], {}),
    "add, types": lambda s: ("wagtailadmin_pages:add_subpage", [s.provider.pk], {}),
    "cancel approval": lambda s: ("wagtailadmin_pages:confirm_workflow_cancellation", [s.draft.pk], {}),
    "page chooser": lambda s: ("wagtailadmin_choose_page_child", [s.provider.pk], {}),
    "page chooser, chosen": lambda s: ("wagtailadmin_choose_page_chosen_multiple", [], {"id": s.draft.pk}),
    "page chooser, chosen live": lambda s: ("wagtailadmin_choose_page_chosen_multiple", [], {"id": s.live.pk}),
    "api, page": lambda s: ("wagtailadmin_api:pages:detail", [s.draft.pk], {}),
    "api, children": lambda s: ("wagtailadmin_api:pages:listing", [], {"child_of": s.provider.pk}),
    "api, picture": lambda s: ("wagtailadmin_api:images:detail", [s.picture.pk], {}),
    "api, document": lambda s: ("wagtailadmin_api:documents:detail", [s.document.pk], {}),
    "picture": lambda s: ("wagtailimages:edit", [s.picture.pk], {}),
    "picture, usage": lambda s: ("wagtailimages:image_usage", [s.picture.pk], {}),
    "picture, delete": lambda s: ("wagtailimages:delete", [s.picture.pk], {}),
    "picture, address": lambda s: ("wagtailimages:url_generator", [s.picture.pk], {}),
    "picture, preview": lambda s: ("wagtailimages:preview", [s.picture.pk, "original"], {}),
    "picture, chosen": lambda s: ("wagtailimages_chooser:chosen", [s.picture.pk], {}),
    "picture, format": lambda s: ("wagtailimages_chooser:select_format", [s.picture.pk], {}),
    "document": lambda s: ("wagtaildocs:edit", [s.document.pk], {}),
    "document, usage": lambda s: ("wagtaildocs:document_usage", [s.document.pk], {}),
    "document, delete": lambda s: ("wagtaildocs:delete", [s.document.pk], {}),
    "document, chosen": lambda s: ("wagtaildocs_chooser:chosen", [s.document.pk], {}),
    "bulk delete of pages": lambda s: ("wagtail_bulk_action", ["wagtailcore", "page", "delete"], {"id": s.draft.pk}),
    "bulk move of pages": lambda s: ("wagtail_bulk_action", ["wagtailcore", "page", "move"], {"id": s.draft.pk}),
    "bulk publish of pages": lambda s: ("wagtail_bulk_action", ["wagtailcore", "page", "publish"], {"id": s.draft.pk}),
    "bulk unpublish of pages": lambda s: ("wagtail_bulk_action", ["wagtailcore", "page", "unpublish"], {"id": s.live.pk}),
    "bulk action on all under": lambda s: (
        "wagtail_bulk_action",
        ["wagtailcore", "page", "delete"],
        {"id": "all", "childOf": s.provider.pk},
    ),
    "bulk delete of pictures": lambda s: ("wagtail_bulk_action", ["cms", "picture", "delete"], {"id": s.picture.pk}),
    "bulk tags of pictures": lambda s: ("wagtail_bulk_action", ["cms", "picture", "add_tags"], {"id": s.picture.pk}),
    "bulk delete of documents": lambda s: ("wagtail_bulk_action", ["wagtaildocs", "document", "delete"], {"id": s.document.pk}),
}

# Addresses without an object: lists, searches, reports.
LISTS = {
    "home": ("wagtailadmin_home", [], {}),
    "explorer": ("wagtailadmin_explore_root", [], {}),
    "search": ("wagtailadmin_pages:search", [], {"q": "Entwurf"}),
    "search, results": ("wagtailadmin_pages:search_results", [], {"q": "Entwurf"}),
    "page chooser": ("wagtailadmin_choose_page", [], {}),
    "page chooser, search": ("wagtailadmin_choose_page_search", [], {"q": "Entwurf"}),
    "page chooser, search of what is online": ("wagtailadmin_choose_page_search", [], {"q": "Angebot"}),
    "type usage": ("wagtailadmin_pages:type_use", ["offers", "offerpage"], {}),
    "where to add": ("wagtailadmin_pages:choose_parent", ["offers", "offerpage"], {}),
    "api, pages": ("wagtailadmin_api:pages:listing", [], {}),
    "api, pictures": ("wagtailadmin_api:images:listing", [], {}),
    "api, documents": ("wagtailadmin_api:documents:listing", [], {}),
    "pictures": ("wagtailimages:index", [], {}),
    "pictures, add": ("wagtailimages:add_multiple", [], {}),
    "picture chooser": ("wagtailimages_chooser:choose", [], {}),
    "picture chooser, results": ("wagtailimages_chooser:choose_results", [], {"q": "Bild"}),
    "documents": ("wagtaildocs:index", [], {}),
    "documents, add": ("wagtaildocs:add_multiple", [], {}),
    "document chooser": ("wagtaildocs_chooser:choose", [], {}),
    "document chooser, results": ("wagtaildocs_chooser:choose_results", [], {"q": "Datei"}),
    "bulk action on all pictures": ("wagtail_bulk_action", ["cms", "picture", "delete"], {"id": "all"}),
    "bulk action on all documents": ("wagtail_bulk_action", ["wagtaildocs", "document", "delete"], {"id": "all"}),
    "bulk action on all pages": ("wagtail_bulk_action", ["wagtailcore", "page", "delete"], {"id": "all"}),
    "bulk action on users": ("wagtail_bulk_action", ["cms", "user", "delete"], {"id": "all"}),
    "locked": ("wagtailadmin_reports:locked_pages", [], {}),
    "workflows": ("wagtailadmin_reports:workflow", [], {}),
    "tasks": ("wagtailadmin_reports:workflow_tasks", [], {}),
    "site history": ("wagtailadmin_reports:site_history", [], {}),
    "aging": ("wagtailadmin_reports:aging_pages", [], {}),
    "page types": ("wagtailadmin_reports:page_types_usage", [], {}),
    "task chooser": ("wagtailadmin_workflows:task_chooser", [], {}),
    "users": ("wagtailusers_users:index", [], {}),
    "groups": ("wagtailusers_groups:index", [], {}),
    "collections": ("wagtailadmin_collections:index", [], {}),
    "sites": ("wagtailsites:index", [], {}),
    "account": ("wagtailadmin_account", [], {}),
}


def get(client, name, arguments, query):
    return client.get(reverse(name, args=arguments), query)


def text_of(response):
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode(errors="replace")


@pytest.mark.parametrize("place", PLACES)
def test_nothing_of_another_provider_s_is_shown(place, own, other, client):
    answer = get(client, *PLACES[place](other))
    assert answer.status_code in (302, 403, 404) or SECRET not in text_of(answer)


@pytest.mark.parametrize("place", PLACES)
def test_nothing_of_another_provider_s_is_changed(place, own, other, client):
    name, arguments, query = PLACES[place](other)
    url = reverse(name, args=arguments)
    before = list(Page.objects.order_by("pk").values()), PageLogEntry.objects.count(), other.revision.__class__.objects.count()
    files = sorted(get_image_model().objects.values_list("title", flat=True)), get_document_model().objects.count()
    answer = client.post(f"{url}?" + "&".join(f"{key}={value}" for key, value in query.items()), {"title": "übernommen"})
    assert answer.status_code in (200, 302, 403, 404, 405)
    assert (list(Page.objects.order_by("pk").values()), PageLogEntry.objects.count(), other.revision.__class__.objects.count()) == before
    assert (sorted(get_image_model().objects.values_list("title", flat=True)), get_document_model().objects.count()) == files


@pytest.mark.parametrize("place", LISTS)
def test_no_list_names_what_another_provider_has(place, own, other, client):
    answer = get(client, *LISTS[place])
    assert answer.status_code in (302, 403, 404) or SECRET not in text_of(answer)


@pytest.mark.parametrize(
    "place", sorted(PLACES.keys() - {"lock", "privacy", "cancel approval", "preview", "add, types", "picture, address"})
)
def test_one_s_own_is_there(place, own, client):
    """The same addresses answer for what is one's own: what is kept from others is not kept from all."""
    assert get(client, *PLACES[place](own)).status_code == 200
