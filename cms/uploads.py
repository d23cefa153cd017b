"""How much of an upload reaches the disk, and whether a document is what its name says. No database."""

import zipfile
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

# What a document begins with; Office files are ZIP archives with an entry that says of what.
ARCHIVES = {"docx": "word/", "xlsx": "xl/", "odt": "mimetype", "ods": "mimetype"}


class CutTooLong(FileUploadHandler):
    """Takes a little more than UPLOAD_MAX_BYTES of each file and lets the rest go by.

    What arrives is then still too long for every form that asks its size, so that the editor reads why, and fills neither memory nor disk.
    """

    taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.taken > settings.UPLOAD_MAX_BYTES:
            return None
        self.taken += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one hold the file."""


def check_document(upload: UploadedFile) -> None:
    """Raise ValidationError with a remedy unless the document is short enough and of the kind its suffix says."""
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(
            _("Die Datei ist zu groß, erlaubt sind %(limit)s. Speichern Sie sie als PDF „für das Web“ oder mit kleineren Bildern."),
            code="too_large",
            params={"limit": filesizeformat(settings.UPLOAD_MAX_BYTES)},
        )
    suffix = PurePath(upload.name or "").suffix.lower().removeprefix(".")
    if suffix not in settings.WAGTAILDOCS_EXTENSIONS:
        raise ValidationError(
            _("Dateien mit der Endung .%(suffix)s nehmen wir nicht an. Speichern Sie das Dokument als PDF; Bilder gehören unter „Bilder“."),
            code="wrong_suffix",
            params={"suffix": suffix},
        )
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if not holds(content, suffix):
        raise ValidationError(
            _("Die Datei heißt „%(name)s“, ist aber etwas anderes oder beschädigt. Öffnen Sie sie, und speichern Sie sie neu als PDF."),
            code="other_kind",
            params={"name": upload.name},
        )


def holds(content: bytes, suffix: str) -> bool:
    """Whether the content is of the kind that the suffix promises."""
    if suffix == "pdf":
        return content.startswith(b"%PDF-")
    if suffix == "txt":
        return b"\0" not in content
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return any(name.startswith(ARCHIVES[suffix]) for name in archive.namelist())
    except zipfile.BadZipFile:
        return False
