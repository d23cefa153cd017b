"""Fields that let no picture into the site but a clean one: one for forms, one for the model behind them."""

from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField, FileInput, Widget
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.images import fields as form_fields
from wagtail.images import models as image_models

from cms import picture_files


def limits() -> picture_files.Limits:
    return picture_files.Limits(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)


def replace_content(upload: UploadedFile, content: bytes) -> None:
    """Put other bytes into a file that somebody has sent.

    In place: Wagtail keeps the file it was sent while fields are missing, and that copy must not know the place either.
    """
    file = upload.file
    assert file is not None, "an upload has a file until it is closed"
    file.seek(0)
    file.truncate()
    file.write(content)
    file.flush()
    file.seek(0)
    upload.size = len(content)


class PictureFormField(form_fields.WagtailImageField):
    """Takes photos, cleans them, and answers with a remedy where it cannot."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        size = filesizeformat(self.max_upload_size)
        self.help_text = _(
            "JPEG, PNG, WebP oder AVIF, höchstens %(size)s. Ort, Zeit und Gerät der Aufnahme löschen wir beim Hochladen."
        ) % {"size": size}
        # The page that takes many pictures at once says these before it sends anything.
        self.error_messages["invalid_image_extension"] = picture_files.MESSAGES["no_picture"]
        self.error_messages["file_too_large_unknown_size"] = _(
            "Die Datei ist zu groß, erlaubt sind %(limit)s. Verkleinern Sie das Bild, und laden Sie es dann hoch."
        ) % {"limit": size}

    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        # Says that a file is empty or its name too long.
        FileField.to_python(self, data)
        if not data:
            return None
        picture_files.check_size(data.size or 0, limits())
        data.seek(0)
        replace_content(data, picture_files.cleaned(data.read(), data.name or "", limits()))
        return data

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if isinstance(widget, FileInput):
            # Without HEIC in this list, an iPhone sends JPEG by itself.
            attrs["accept"] = "image/jpeg,image/png,image/webp,image/avif"
        return attrs


class PictureFieldFile(image_models.WagtailImageFieldFile):
    """The one way into the storage: forms, imports and commands all end here."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        content.seek(0)
        clean = ContentFile(picture_files.cleaned(content.read(), name, limits()), name)
        super().save(name, clean, save=False)
        # The library leaves the picture with the file as it was sent; width and height are those of what is stored.
        self.file = clean
        self.__dict__.pop("_dimensions_cache", None)
        setattr(self.instance, self.field.attname, self)
        if save:
            self.instance.save()


class PictureField(image_models.WagtailImageField):
    attr_class = PictureFieldFile
