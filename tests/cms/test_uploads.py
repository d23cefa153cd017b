"""What editors send: what is refused is answered with a remedy and leaves nothing behind; what is taken has lost its traces."""

import tempfile
from html import unescape
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParser
from django.urls import reverse
from PIL import Image
from wagtail.documents.models import Document
from wagtail.models import Collection, GroupCollectionPermission, UploadedFile

from cms.models import Picture, User
from cms.uploads import CutTooLong
from tests.cms.picture_samples import archive, photo, pixel_bomb, refused, saved
from tests.cms.test_pictures import files_in, media, traces  # noqa: F401  the fixture

pytestmark = pytest.mark.django_db

CASES = refused()
MEGABYTE = 1024 * 1024


@pytest.fixture
def kita(client, media):  # noqa: F811
    """Signed in: somebody who keeps the pictures and documents of one provider, and nothing else."""
    user = User.objects.create_user("leiterin@example.org", "ein-langes-passwort")
    group = Group.objects.create(name="Kita")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    collection = Collection.get_first_root_node().add_child(name="Kita")
    for code in ("add_image", "change_image", "choose_image", "add_document", "change_document"):
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission=Permission.objects.get(codename=code))
    user.groups.add(group)
    client.force_login(user)
    client.collection = collection
    return client


def fields(client, file, prefix="", **others):
    values = {"title": "Raum", "description": "Ein Raum", "consent": "on", "collection": client.collection.pk, "tags": "", **others}
    return {prefix + name: value for name, value in values.items() if value is not None} | {prefix + "file": file}


def add_one(client, file, **others):
    """The page "Bild hinzufügen"; the answers beside its fields."""
    response = client.post(reverse("wagtailimages:add"), fields(client, file, **others))
    return errors(response.context["form"]) if response.status_code == 200 else ""


def add_in_chooser(client, file, **others):
    """The window over a page that is being written."""
    response = client.post(reverse("wagtailimages_chooser:create"), fields(client, file, "image-chooser-upload-", **others))
    assert response.status_code == 200
    form = (response.context or {}).get("creation_form") or (response.context or {}).get("form")
    return errors(form) if form is not None and form.is_bound else ""


def add_among_many(client, file):
    """The page "Mehrere Bilder hinzufügen", which sends one after the other."""
    response = client.post(reverse("wagtailimages:add_multiple"), {"title": "Raum", "collection": client.collection.pk, "files[]": file})
    return response.json().get("error_message", "")


def errors(form):
    return " ".join(message for messages in form.errors.values() for message in messages)


def nothing_is_stored(folder):
    rows = Picture.objects.count() + UploadedFile.objects.count() + Document.objects.count()
    return rows == 0 and files_in(folder) == []


@pytest.mark.parametrize("way", [add_one, add_in_chooser, add_among_many])
@pytest.mark.parametrize(("name", "content", "answer"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_no_picture_is_answered_and_not_stored(kita, media, way, name, content, answer):  # noqa: F811
    said = way(kita, SimpleUploadedFile(name, content, "image/jpeg"))
    assert [part for part in answer if part not in said] == []
    assert nothing_is_stored(media)


def test_a_bomb_is_refused_before_a_pixel_is_unpacked(kita, monkeypatch):
    unpacked = []
    monkeypatch.setattr(Image.Image, "load", lambda self: unpacked.append(self.size))
    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", lambda self: unpacked.append(self.size))
    add_one(kita, SimpleUploadedFile("bild.png", pixel_bomb(7_800, 7_800)))
    assert unpacked == []


@pytest.fixture
def two_hundred_megabytes():
    """A file that begins as a photo and goes on with nothing; it takes no room on the disk."""
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(photo())
        file.truncate(200 * MEGABYTE)
        file.seek(0)
        yield file


class Request:
    """A multipart request whose body comes as it is read, as from a line, and is nowhere whole."""

    def __init__(self, file):
        self.head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="bild.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        self.rest, self.file = self.head, file
        self.tail = b"\r\n--x--\r\n"
        self.length = len(self.head) + 200 * MEGABYTE + len(self.tail)

    def read(self, size=-1):
        size = 64 * 1024 if size < 0 else size
        if not self.rest:
            self.rest = self.file.read(size)
        if not self.rest:
            self.rest, self.tail = self.tail, b""
        part, self.rest = self.rest[:size], self.rest[size:]
        return part


def test_of_two_hundred_megabytes_no_more_is_kept_than_the_limit(two_hundred_megabytes, settings):
    body = Request(two_hundred_megabytes)
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": body.length}
    handlers = [CutTooLong(), MemoryFileUploadHandler(), TemporaryFileUploadHandler()]
    _fields, files = MultiPartParser(meta, body, handlers).parse()
    upload = files["file"]
    on_disk = Path(upload.temporary_file_path()).stat().st_size
    assert settings.UPLOAD_MAX_BYTES < upload.size == on_disk < settings.UPLOAD_MAX_BYTES + MEGABYTE
    upload.close()


@pytest.mark.parametrize("way", [add_one, add_in_chooser, add_among_many])
def test_a_file_that_is_too_long_is_refused_by_its_size(kita, media, way, two_hundred_megabytes):  # noqa: F811
    said = way(kita, two_hundred_megabytes)
    assert "zu groß" in said
    assert "erlaubt sind 15,0" in said
    assert "Verkleinern Sie das Bild" in said
    assert nothing_is_stored(media)


@pytest.mark.parametrize("way", [add_one, add_in_chooser])
@pytest.mark.parametrize("size", [(600, 400), (2400, 2400)], ids=["in memory", "on disk"])
def test_a_photo_of_a_phone_is_taken_without_its_place(kita, media, way, size):  # noqa: F811
    content = (
        photo(size=size) if size[0] < 1000 else saved(Image.effect_noise(size, 90), exif=Image.open(photo_file()).getexif(), quality=95)
    )
    assert way(kita, SimpleUploadedFile("IMG 0815.JPG", content)) == ""
    kept = Picture.objects.get()
    assert (kept.width, kept.height, kept.consent, kept.description) == (*size, True, "Ein Raum")
    with kept.file.open() as file:
        stored = file.read()
    assert kept.file_size == len(stored)
    assert [found for path in files_in(media) for found in traces(path.read_bytes())] == []


def photo_file():
    file = tempfile.SpooledTemporaryFile()  # noqa: SIM115
    file.write(photo())
    file.seek(0)
    return file


@pytest.mark.parametrize("way", [add_one, add_in_chooser])
@pytest.mark.parametrize(
    ("missing", "answer"), [("consent", "Ohne Einwilligung zeigen wir das Bild nicht"), ("description", "was zu sehen ist")]
)
def test_words_and_consent_are_asked_for(kita, media, way, missing, answer):  # noqa: F811
    assert answer in way(kita, SimpleUploadedFile("bild.jpg", photo()), **{missing: None})
    assert nothing_is_stored(media)


def test_the_form_says_what_is_asked_and_why(kita):
    page = kita.get(reverse("wagtailimages:add")).content.decode()
    for words in ("Wir dürfen dieses Bild zeigen", "bei Kindern die Eltern", "Was ist auf dem Bild zu sehen?", "Spielteppich", "15,0"):
        assert words in page
    assert 'accept="image/jpeg,image/png,image/webp,image/avif"' in page


@pytest.mark.parametrize("address", ["wagtailimages:add", "wagtaildocs:add", "wagtailimages_chooser:choose"])
def test_tags_are_asked_for_in_plain_words_and_their_box_has_a_name(kita, address):
    answer = kita.get(reverse(address))
    page = unescape(answer.json()["html"] if answer["Content-Type"] == "application/json" else answer.content.decode())
    assert "Stichwörter, unter denen Sie es wiederfinden" in page
    assert "Nach jedem Stichwort ein Komma." in page
    assert '"placeholderText": "Stichwort"' in page
    assert "/tag-autocomplete/" in page
    for jargon in ("Anführungszeichen", "Leerzeichen", "Schlagw", "Tags"):
        assert jargon not in page


def test_tags_are_kept(kita):
    assert add_one(kita, SimpleUploadedFile("bild.jpg", photo()), tags='"Fest im Sommer",Turnhalle') == ""
    assert set(Picture.objects.get().tags.names()) == {"Fest im Sommer", "Turnhalle"}


def test_among_many_a_picture_waits_without_its_place_until_all_is_answered(kita, media):  # noqa: F811
    assert add_among_many(kita, SimpleUploadedFile("bild.jpg", photo())) == ""
    waiting = UploadedFile.objects.get()
    assert Picture.objects.count() == 0
    assert [traces(path.read_bytes()) for path in files_in(media)] == [[]]
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=(waiting.pk,))
    answers = {"title": "Raum", "description": "Ein Raum", "collection": kita.collection.pk, "tags": ""}
    prefix = f"uploaded-image-{waiting.pk}-"
    refusal = kita.post(address, {prefix + name: value for name, value in answers.items()}).json()
    assert (refusal["success"], Picture.objects.count()) == (False, 0)
    assert "Ohne Einwilligung" in refusal["form"]
    answers["consent"] = "on"
    assert kita.post(address, {prefix + name: value for name, value in answers.items()}).json()["success"]
    assert (Picture.objects.get().width, UploadedFile.objects.count()) == (600, 0)
    assert [traces(path.read_bytes()) for path in files_in(media)] == [[]]


def test_another_file_for_a_picture_is_cleaned_too_and_the_former_one_is_gone(kita, media):  # noqa: F811
    add_one(kita, SimpleUploadedFile("bild.jpg", photo()))
    kept = Picture.objects.get()
    former = media / kept.file.name
    address = reverse("wagtailimages:edit", args=(kept.pk,))
    assert kita.post(address, fields(kita, SimpleUploadedFile("bild.svg", b"<svg onload=alert(1)>"))).status_code == 200
    assert former.exists()
    assert kita.post(address, fields(kita, SimpleUploadedFile("neu.png", photo("PNG")))).status_code == 302
    assert not former.exists()
    assert [traces(path.read_bytes()) for path in files_in(media / "original_images")] == [[]]


DOCUMENTS = [
    ("a page", "seite.html", b"<script>alert(1)</script>", ("Endung .html", "als PDF")),
    ("a program", "spiel.exe", b"MZ", ("Endung .exe", "als PDF")),
    ("a drawing", "logo.svg", b"<svg/>", ("Endung .svg", "als PDF")),
    ("a photo, which would keep its place", "foto.jpg", photo(), ("Endung .jpg", "„Bilder“")),
    ("a page that says it is a PDF", "plan.pdf", b"<html><script>alert(1)</script>", ("„plan.pdf“", "neu als PDF")),
    ("any archive that says it is a text", "plan.docx", archive(), ("„plan.docx“", "neu als PDF")),
    ("a program that says it is a text", "plan.txt", b"MZ\0\0", ("„plan.txt“", "neu als PDF")),
    ("a long one", "plan.pdf", b"%PDF-" + bytes(21 * MEGABYTE), ("zu groß", "20,0", "für das Web")),
]


def add_document(client, file):
    values = {"title": "Plan", "collection": client.collection.pk, "tags": "", "file": file}
    response = client.post(reverse("wagtaildocs:add"), values)
    return errors(response.context["form"]) if response.status_code == 200 else ""


def add_document_among_many(client, file):
    values = {"title": "Plan", "collection": client.collection.pk, "files[]": file}
    return client.post(reverse("wagtaildocs:add_multiple"), values).json().get("error_message", "")


@pytest.mark.parametrize("way", [add_document, add_document_among_many])
@pytest.mark.parametrize(("name", "content", "answer"), [case[1:] for case in DOCUMENTS], ids=[case[0] for case in DOCUMENTS])
def test_what_is_no_document_is_answered_and_not_stored(kita, media, way, name, content, answer):  # noqa: F811
    said = way(kita, SimpleUploadedFile(name, content))
    assert [part for part in answer if part not in said] == []
    assert nothing_is_stored(media)


@pytest.mark.parametrize("way", [add_document, add_document_among_many])
def test_a_pdf_is_taken(kita, media, way):  # noqa: F811
    assert way(kita, SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF")) == ""
    assert (Document.objects.count(), len(files_in(media))) == (1, 1)
