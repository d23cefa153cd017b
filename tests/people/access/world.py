"""Two Kitas and the press office with everything that can be told of each, and one person of every role.

What only a side's own people may read has one of its three words in it: `text` in what is not online of its pages, `person` in names
and addresses of people, `private` in pictures, documents, folders, tags and comments. Whoever reads one elsewhere has found a leak.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image as Pixels
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Comment, Page, PageSubscription, Revision, Site, TaskState, UploadedFile, Workflow, WorkflowState

from cms.models import User
from home.models import DistrictSettings, HomePage
from news.models import PressReleasePage
from offers.models import ListingRules, ProviderPage, Report, SchoolHoliday, Topic
from people.approval import ensure_approval
from people.models import RoleName, Team
from people.roles import ensure_team
from places.models import Place, SocialSpace
from search import outbox
from search.models import Situation, VocabularyTerm
from tests.offers.builders import home_page, offer, provider, provider_index
from tests.people.builders import member, newsroom

# A letter stands for a role in the matrix; "-" is nobody signed in.
KITA, NETWORK, ADVISER, PRESS, DISTRICT, ADMIN, NOBODY = "K", "N", "B", "P", "D", "A", "-"
SIGNED_IN = KITA + NETWORK + ADVISER + PRESS + DISTRICT + ADMIN
ROLES = SIGNED_IN + NOBODY
# Each side's words, and who may read them wherever they stand.
WORDS = {
    "own": {"text": "Zwiebelfisch", "person": "Zaunkoenig", "private": "Zitterrochen"},
    "other": {"text": "Quastenflosser", "person": "Quendel", "private": "Quittenbaum"},
    "news": {"text": "Nebelkraehe", "person": "Nachtigall", "private": "Nixenkraut"},
}
READERS = {"own": KITA + NETWORK + DISTRICT + ADMIN, "other": DISTRICT + ADMIN, "news": PRESS + ADMIN}
# The district works with all people, also those of the press office.
READERS_OF_NAMES = {**READERS, "news": PRESS + DISTRICT + ADMIN}


@dataclass
class Side:
    """A provider, or the newsroom, with everything that its team has."""

    team: Team
    home: Page
    author: User
    draft: Page
    shown: Page
    waiting: Page
    revision: Revision
    scheduled: Revision
    alias: Page | None
    workflow_state: WorkflowState | None
    task_state: TaskState | None
    picture: Any
    document: Any
    picture_upload: UploadedFile
    document_upload: UploadedFile
    session: EditingSession
    report: Report | None


@dataclass
class World:
    sides: dict[str, Side]
    people: dict[str, User]
    things: dict[str, Any]
    cookies: dict[str, str] = field(default_factory=dict)

    def client(self, role: str, **defaults: Any) -> Client:
        """A browser in which somebody of the role is signed in. One that has just been opened: no messages from before."""
        client = Client(raise_request_exception=False, **defaults)
        if role != NOBODY:
            client.cookies["sessionid"] = self.cookies[role]
        return client


def build() -> World:
    topic = Topic.objects.create(slug="spielen", name="Spielen")
    kitas = {
        side: provider(f"kita-{side}", title=f"Kita {side}", street="Amselweg 14", postal_code="56377", town="Nassau")
        for side in ("own", "second", "other")
    }
    rooms: dict[str, Page] = {"own": kitas["own"], "other": kitas["other"], "news": newsroom()}
    provider_index()
    people = {
        KITA: member(RoleName.PROVIDER, kitas["own"], email="kita@example.org"),
        NETWORK: member(RoleName.PROVIDER, kitas["own"], kitas["second"], email="netzwerk@example.org"),
        ADVISER: member(RoleName.ADVISER),
        PRESS: member(RoleName.PRESS),
        DISTRICT: member(RoleName.DISTRICT),
        ADMIN: User.objects.create_superuser("admin@example.org", "ein-langes-passwort"),
    }
    workflow = ensure_approval(ensure_team(RoleName.DISTRICT))
    sides = {name: _side(name, room, workflow) for name, room in rooms.items()}
    world = World(sides, people, _things(topic, workflow))
    outbox.drain()
    for role, user in people.items():
        client = Client()
        client.force_login(user)
        world.cookies[role] = client.cookies["sessionid"].value
    return world


def _side(name: str, room: Page, workflow: Workflow) -> Side:
    text, person, private = WORDS[name].values()
    is_provider = isinstance(room, ProviderPage)
    team = ensure_team(RoleName.PROVIDER, room) if is_provider else ensure_team(RoleName.PRESS)
    Collection.objects.filter(pk=team.collection_id).update(name=f"{private}-Ordner")
    author = User.objects.create_user(f"{person}@example.org".lower(), "ein-langes-passwort", first_name=person, last_name="Muster")
    author.groups.add(team.group)
    Authenticator.objects.create(user=author, type=Authenticator.Type.TOTP, data={"secret": private})

    def page(key: str, number: int, **fields: Any) -> Page:
        if is_provider:
            return offer(room, f"{fields.pop('slug', key)}-{name}", owner=author, **fields)
        values = {"lead": fields.pop("summary", "Kurz."), "slug": f"{fields.pop('slug', key)}-{name}", "year": 2026, "number": number}
        return room.add_child(instance=PressReleasePage(body="<p>Neu.</p>", owner=author, **values, **fields))

    hidden = {"live": False, "summary": f"{text} kurz gesagt."}
    draft = page("entwurf", 1, slug=f"{text}-entwurf".lower(), title=f"{text} Entwurf", **hidden)
    waiting = page("wartet", 2, slug=f"{text}-wartet".lower(), title=f"{text} wartet", **hidden)
    shown = page("sichtbar", 3, title="Offenes Angebot")
    shown.title = f"{text} neuer Titel"
    revision = shown.save_revision(user=author, log_action=True)
    for each in (draft, waiting):
        each.specific.save_revision(user=author, log_action=True)
    room.title, before = f"{text} neuer Name", room.title
    room.save_revision(user=author, log_action=True)
    room.title = before
    Comment.objects.create(page=waiting, user=author, text=f"{private} Bemerkung", contentpath="title")
    PageSubscription.objects.create(page=draft, user=author, comment_notifications=True)
    waiting = type(waiting).objects.get(pk=waiting.pk)
    # The newsroom has no approval.
    state = workflow.start(waiting, author) if is_provider else None
    if state:
        state.current_task_state.comment = f"{private} Kommentar"
        state.current_task_state.save()
    scheduled = draft.specific.save_revision(user=author, approved_go_live_at=timezone.now() + timedelta(days=3))
    alias = page("zweitens", 4, title="Zweitens", alias_of=shown) if is_provider else None
    picture = get_image_model().objects.create(
        title=f"{private}-Bild", file=ContentFile(pixels(), f"{private}.png"), collection=team.collection, description=f"{private} lacht"
    )
    picture.tags.add(f"{private}-Stichwort", "Gruppe")
    document = get_document_model().objects.create(
        title=f"{private}-Datei", file=ContentFile(b"%PDF-1.4", f"{private}.pdf"), collection=team.collection, uploaded_by_user=author
    )
    document.tags.add(f"{private}-Stichwort")
    uploads = [
        UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(content, f"{private}.{end}"),
            uploaded_by_user=author,
        )
        for model, content, end in ((get_image_model(), pixels(), "png"), (get_document_model(), b"%PDF-1.4", "pdf"))
    ]
    session = EditingSession.objects.create(
        user=author, content_type=ContentType.objects.get_for_model(type(draft)), object_id=str(draft.pk), last_seen_at=timezone.now()
    )
    days = {"reported_on": timezone.localdate(), "last_reported_on": timezone.localdate()}
    report = Report.objects.create(offer=shown, text=f"{private} stimmt nicht", **days) if is_provider else None
    fresh = type(draft)
    return Side(
        team,
        type(room).objects.get(pk=room.pk),
        author,
        fresh.objects.get(pk=draft.pk),
        fresh.objects.get(pk=shown.pk),
        fresh.objects.get(pk=waiting.pk),
        revision,
        scheduled,
        alias,
        state,
        state and state.current_task_state,
        picture,
        document,
        *uploads,
        session,
        report,
    )


def _things(topic: Topic, workflow: Workflow) -> dict[str, Any]:
    """What belongs to no side: the district's and the administrators'."""
    today, site = timezone.localdate(), Site.objects.get(is_default_site=True)
    # Made by whoever looks first, if nobody has.
    ListingRules.for_site(site)
    DistrictSettings.for_site(site)
    return {
        "homepage": HomePage.objects.get(pk=home_page().pk),
        "directory": provider_index(),
        "topic": topic,
        "holiday": SchoolHoliday.objects.create(name="Ferien", first_day=today, last_day=today),
        "place": Place.objects.create(name="Diez", slug="diez", kind="stadt", latitude=50.37, longitude=8.01),
        "space": SocialSpace.objects.create(name="Diez"),
        "situation": Situation.objects.first() or Situation.objects.create(slug="neu", label="Neu", words="Neu", phrases="Neu"),
        "term": VocabularyTerm.objects.first() or VocabularyTerm.objects.create(kind=VocabularyTerm.Kind.STOP_WORD, words="neu"),
        "site": site,
        "redirect": Redirect.objects.create(old_path="/alt", redirect_link="/neu"),
        "workflow": workflow,
        "task": workflow.tasks.get(),
        "root folder": Collection.get_first_root_node(),
    }


def pixels() -> bytes:
    content = BytesIO()
    Pixels.new("RGB", (30, 20), "red").save(content, "PNG")
    return content.getvalue()
