"""Uploaded files: families get the sizes made of pictures and the documents of pages that are online, the team the rest."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Pixels
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from news.models import PressReleasePage
from people.models import RoleName
from people.roles import ensure_team
from tests.offers.builders import provider
from tests.people.builders import member, newsroom, team_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}


@pytest.fixture
def kita():
    return provider("kita-nassau")


def picture(team):
    content = BytesIO()
    Pixels.new("RGB", (30, 20), "red").save(content, "PNG")
    return get_image_model().objects.create(title="Bild", file=ContentFile(content.getvalue(), "bild.png"), collection=team.collection)


def document(team):
    return get_document_model().objects.create(title="Plan", file=ContentFile(b"%PDF-1.4", "plan.pdf"), collection=team.collection)


def release(with_document, **fields):
    body = f'<p><a linktype="document" id="{with_document.pk}">Plan</a></p>'
    page = PressReleasePage(title="Neu", slug="neu", number=1, year=2026, lead="Neu.", body=body, **fields)
    return newsroom().add_child(instance=page)


def people(kita):
    return {
        "family": None,
        "own": team_member(kita),
        "other": team_member(provider("kita-lahn")),
        "adviser": member(RoleName.ADVISER),
        "press": member(RoleName.PRESS),
        "district": member(RoleName.DISTRICT),
    }


def who_gets(client, url, persons):
    got = set()
    for name, user in persons.items():
        client.logout()
        if user:
            client.force_login(user)
        if client.get(url).status_code == 200:
            got.add(name)
    return got


def test_the_picture_as_uploaded_is_for_who_may_use_it(client, kita):
    kept = picture(ensure_team(RoleName.PROVIDER, kita))
    assert who_gets(client, kept.file.url, people(kita)) == {"own", "district"}
    client.force_login(team_member(kita, email="zweite@example.org"))
    assert client.get(kept.file.url)["Cache-Control"] == "private, no-store"


def test_the_sizes_made_of_it_are_public(client, kita):
    rendition = picture(ensure_team(RoleName.PROVIDER, kita)).get_rendition("fill-20x20")
    assert client.get(rendition.url).status_code == 200


@pytest.mark.parametrize("path", ["documents/plan.pdf", "images/../documents/plan.pdf", "images/..%2fdocuments/plan.pdf", "geheim.txt", ""])
def test_nothing_else_lies_there(path, client, kita):
    document(ensure_team(RoleName.PROVIDER, kita))
    assert client.get(f"/media/{path}").status_code == 404


def test_a_document_is_the_team_s_until_a_page_online_uses_it(client, kita):
    kept = document(ensure_team(RoleName.PROVIDER, kita))
    persons = people(kita)
    assert who_gets(client, kept.url, persons) == {"own", "district"}
    page = release(kept, live=False)
    assert who_gets(client, kept.url, persons) == {"own", "district"}
    page.save_revision().publish()
    assert who_gets(client, kept.url, persons) == set(persons)


def test_a_document_waits_with_its_release(client, kita):
    kept = document(ensure_team(RoleName.PROVIDER, kita))
    release(kept, embargo_until=timezone.now() + timedelta(hours=1))
    assert client.get(kept.url).status_code == 404
