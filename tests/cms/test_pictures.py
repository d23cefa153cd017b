"""What is stored of a picture: its pixels, upright, and nothing of where and by whom it was taken."""

import re
from io import BytesIO
from pathlib import PurePosixPath

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from wagtail.images.rect import Rect

from cms import picture_files
from cms.models import Picture, PictureRendition
from cms.picture_files import EDGE, Limits
from tests.cms.picture_samples import DEVICE, PLACE, exif, photo, picture, saved
from tests.offers.builders import offer, provider

LIMITS = Limits(15 * 1024 * 1024, 60_000_000)
KINDS = {"JPEG": "bild.jpg", "PNG": "bild.png", "WEBP": "bild.webp", "AVIF": "bild.avif"}


def opened(content):
    return Image.open(BytesIO(content))


def colour(content, x, y):
    """Which of the sample's two colours is at a place, given in tenths of width and height."""
    image = opened(content).convert("RGB")
    red, _green, blue = image.getpixel((image.width * x // 10, image.height * y // 10))
    return "red" if red > blue else "blue"


def traces(content):
    return [word for word in (PLACE, DEVICE.encode(), b"Exif", b"xmpmeta", b"ICC_PROFILE", b"Photoshop", b"GPS") if word in content]


@pytest.mark.parametrize(("kind", "name"), KINDS.items())
def test_nothing_is_left_of_place_device_and_words(kind, name):
    before = photo(kind)
    assert {PLACE, DEVICE.encode()} <= set(traces(before))
    after = picture_files.cleaned(before, name, LIMITS)
    assert traces(after) == []
    assert not opened(after).getexif()
    assert opened(after).format == kind


@pytest.mark.parametrize(("kind", "name"), KINDS.items())
def test_a_clean_picture_is_not_written_again(kind, name):
    once = picture_files.cleaned(photo(kind), name, LIMITS)
    assert picture_files.cleaned(once, name, LIMITS) is once


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_it_is_turned_as_the_camera_was_held(orientation, kind):
    after = picture_files.cleaned(photo(kind, orientation), KINDS[kind], LIMITS)
    lies = orientation < 5
    assert opened(after).size == ((600, 400) if lies else (400, 600))
    # Where the sample's left side comes to lie, after EXIF 2.3, 4.6.4.
    red = {1: (1, 5), 2: (9, 5), 3: (9, 5), 4: (1, 5), 5: (5, 1), 6: (5, 1), 7: (5, 9), 8: (5, 9)}[orientation]
    assert colour(after, *red) == "red"
    assert colour(after, 10 - red[0], 10 - red[1]) == "blue"


def test_a_large_photo_is_kept_no_longer_than_any_page_shows():
    after = picture_files.cleaned(saved(picture(6000, 3000)), "bild.jpg", LIMITS)
    assert opened(after).size == (EDGE, EDGE // 2)


def test_transparency_stays():
    image = Image.new("RGBA", (100, 50), (255, 0, 0, 0))
    after = picture_files.cleaned(saved(image, "PNG", exif=exif()), "logo.png", LIMITS)
    assert opened(after).getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "I;16", "CMYK"])
def test_every_way_to_write_colours_becomes_one_that_browsers_show(mode):
    kind, name = ("JPEG", "bild.jpg") if mode == "CMYK" else ("PNG", "bild.png")
    image = picture(60, 40).convert("RGBA").quantize(8) if mode == "PA" else Image.new(mode, (60, 40))
    after = picture_files.cleaned(saved(image, kind, exif=exif()), name, LIMITS)
    assert opened(after).mode in ("RGB", "RGBA")


@given(cut=st.integers(0, 3000), noise=st.binary(max_size=40))
@settings(max_examples=60)
def test_whatever_arrives_is_clean_or_refused_with_an_answer(cut, noise):
    content = photo(size=(60, 40))
    try:
        after = picture_files.cleaned(content[:cut] + noise + content[cut + len(noise) :], "bild.jpg", LIMITS)
    except ValidationError as error:
        answer = error.message
    else:
        answer = None
        assert traces(after) == []
    assert answer is None or answer in picture_files.MESSAGES.values()


@pytest.fixture
def media(settings, tmp_path):
    """A folder for this test's files."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    }
    return tmp_path


def files_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def stored(**fields):
    return Picture.objects.create(title="Raum", description="Ein Raum", consent=True, **fields)


@pytest.mark.django_db
def test_a_picture_that_no_form_has_seen_is_clean_too(media):
    kept = stored(file=ContentFile(photo(orientation=6), "raum.jpg"))
    assert [traces(path.read_bytes()) for path in files_in(media)] == [[]]
    assert (kept.width, kept.height) == (400, 600)
    assert list(Picture.objects.values_list("width", "height")) == [(400, 600)]
    kept.save()
    assert len(files_in(media)) == 1


@pytest.mark.django_db
def test_families_get_modern_formats_with_a_fallback_and_no_traces(media):
    kita = provider()
    page = offer(kita, picture=stored(file=ContentFile(photo(size=(1800, 1200)), "raum.jpg")))
    html = Client().get(page.get_url()).content.decode()
    start, end = html.index("<picture>"), html.index("</picture>")
    shown = html[start:end]
    assert [kind for kind in ("image/avif", "image/webp", "<img") if kind in shown] == ["image/avif", "image/webp", "<img"]
    assert 'alt="Ein Raum"' in shown
    assert 'width="900"' in shown
    served = files_in(media / "images")
    assert {path.suffix for path in served} == {".avif", ".webp", ".jpg"}
    assert [traces(path.read_bytes()) for path in served] == [[]] * len(served)


@pytest.mark.django_db
def test_an_offer_may_say_itself_what_its_picture_shows():
    kept = stored(file=ContentFile(photo(), "raum.jpg"))
    page = offer(provider(), picture=kept, picture_alt="Kinder am Tisch")
    assert 'alt="Kinder am Tisch"' in Client().get(page.get_url()).content.decode()


@pytest.mark.django_db
def test_nobody_guesses_the_address_of_a_size(media, settings, client):
    settings.MEDIA_ROOT = str(media)
    one, other = (stored(file=ContentFile(photo(), "raum.jpg")) for _each in range(2))
    made = [each.get_rendition(spec) for each in (one, other) for spec in ("width-100", "width-200|format-webp")]
    made += one.get_renditions("width-90", "width-80").values()
    names = [PurePosixPath(each.file.name) for each in made]
    assert {str(name.parent) for name in names} == {"images"}
    secrets = [name.name.partition(".")[0] for name in names]
    assert len(set(secrets)) == len(secrets)
    assert all(re.fullmatch("[0-9a-f]{24}", secret) for secret in secrets)
    assert client.get(made[0].url).status_code == 200
    assert client.get(made[0].url.replace(f"{secrets[0]}.", "")).status_code == 404
    # Whoever runs the same software with another key comes to another name.
    settings.SECRET_KEY = "another-key" * 5
    assert made[0].get_upload_to("raum.width-100.jpg") != made[0].file.name


@pytest.mark.django_db
def test_a_size_made_again_has_its_address_again_and_one_of_another_file_does_not(media, django_capture_on_commit_callbacks):
    kept = stored(file=ContentFile(photo(), "raum.jpg"))

    def address_made_anew():
        with django_capture_on_commit_callbacks(execute=True):
            kept.renditions.all().delete()
        return type(kept).objects.get(pk=kept.pk).get_rendition("width-100").url

    before = address_made_anew()
    assert address_made_anew() == before
    kept.file = ContentFile(photo(size=(300, 200)), "raum.jpg")
    kept.save()
    assert address_made_anew() != before


@pytest.mark.django_db
def test_sizes_from_before_keep_their_names(media):
    kept = stored(file=ContentFile(photo(), "raum.jpg"))
    rendition = kept.get_rendition("width-100")
    former = rendition.file.storage.save("images/raum.width-100.jpg", rendition.file)
    PictureRendition.objects.update(file=former)
    cache.clear()
    again = Picture.objects.get(pk=kept.pk).get_rendition("width-100")
    assert again.file.name == "images/raum.width-100.jpg"
    again.save()
    assert PictureRendition.objects.get().file.name == "images/raum.width-100.jpg"


@pytest.mark.django_db
def test_a_crop_keeps_the_focal_point(media):
    kept = stored(file=ContentFile(photo(), "raum.jpg"))
    kept.set_focal_point(Rect.from_point(550, 200, 60, 60))
    kept.save()
    with kept.get_rendition("fill-100x100-c100").file.open() as file:
        assert colour(file.read(), 5, 5) == "blue"


@pytest.mark.django_db
def test_pictures_from_before_are_cleaned_by_a_command(media, capsys, django_capture_on_commit_callbacks):
    kept = stored(file=ContentFile(saved(picture()), "raum.jpg"))
    former = media / kept.file.name
    # As if it had been stored by an earlier version: larger than today, and with its place.
    former.write_bytes(photo(size=(5120, 3413)))
    Picture.objects.filter(pk=kept.pk).update(width=5120, height=3413, focal_point_x=4000, focal_point_y=1000)
    Picture.objects.filter(pk=kept.pk).update(focal_point_width=200, focal_point_height=200)
    Picture.objects.get(pk=kept.pk).get_rendition("width-100")
    # Wagtail deletes a rendition's file once its row is gone for good.
    with django_capture_on_commit_callbacks(execute=True):
        call_command("clean_pictures")
    assert "1 pictures cleaned" in capsys.readouterr().out
    kept.refresh_from_db()
    assert not former.exists()
    assert (kept.width, kept.focal_point_x, kept.focal_point_width) == (EDGE, 2000, 100)
    assert [path.name for path in files_in(media)] == [kept.file.name.rsplit("/")[-1]]
    assert traces(files_in(media)[0].read_bytes()) == []
    call_command("clean_pictures")
    assert "0 pictures cleaned" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_pictures_of_wagtails_own_model_go_on_under_their_numbers(media):
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate([("offers", "0002_schedule_times_may_wait"), ("news", "0002_initial"), ("cms", "0001_initial")])
        former = executor.loader.project_state([("cms", "0001_initial"), ("wagtailimages", "0027_image_description")]).apps
        collection = former.get_model("wagtailcore", "Collection").objects.get(depth=1)
        fields = {
            "title": "Raum",
            "file": "original_images/raum.jpg",
            "width": 60,
            "height": 40,
            "description": "Ein Raum",
            "focal_point_x": 7,
        }
        image = former.get_model("wagtailimages", "Image").objects.create(id=41, collection=collection, **fields)
        executor = MigrationExecutor(connection)
        executor.migrate(latest)
        carried = Picture.objects.get(pk=41)
        assert (carried.title, carried.file.name, carried.description) == ("Raum", "original_images/raum.jpg", "Ein Raum")
        assert (carried.created_at, carried.focal_point_x, carried.consent) == (image.created_at, 7, False)
        assert stored(file=ContentFile(photo(), "neu.jpg")).pk > 41
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(latest)
        executor.loader.project_state(latest).apps.get_model("wagtailimages", "Image").objects.all().delete()
