"""Takes place, time and device out of pictures that were stored before uploads were cleaned."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand
from PIL import ExifTags

from cms import picture_files
from cms.models import Picture
from cms.pictures import limits


def clean(picture: Picture) -> bool:
    """Write the picture's file anew, if need be, and delete the former one with its renditions. Whether there was need."""
    storage, former = picture.file.storage, picture.file.name
    with storage.open(former) as file:
        content = file.read()
    cleaned = picture_files.cleaned(content, former, limits())
    if cleaned == content:
        return False
    kind = picture_files.format_of(content)
    turned = picture_files.opened(content, kind, limits()).getexif().get(ExifTags.Base.Orientation, 1) != 1
    width = picture.width
    picture.file.save(former.rsplit("/", 1)[-1], ContentFile(cleaned), save=False)
    if turned:
        # The former point was set on a picture that lay on its side.
        picture.set_focal_point(None)
    else:
        for name in ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"):
            if (value := getattr(picture, name)) is not None:
                setattr(picture, name, round(value * picture.width / width))
    picture._set_image_file_metadata()
    picture.save()
    for rendition in picture.renditions.all():
        rendition.delete()
    storage.delete(former)
    return True


class Command(BaseCommand):
    help = "Writes stored pictures anew without place, time and device. Safe to run again: clean ones stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for picture in Picture.objects.order_by("pk"):
            try:
                done += clean(picture)
            except ValidationError as error:
                self.stderr.write(f"{picture.pk} {picture.title}: {' '.join(error.messages)}")
            except FileNotFoundError:
                self.stderr.write(
                    f"{picture.pk} {picture.title}: the file {picture.file.name} is missing; restore it or delete the picture."
                )
        self.stdout.write(f"{done} pictures cleaned.")
