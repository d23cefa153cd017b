"""The forms behind every upload in the admin: one picture, many at once, in a chooser, and documents."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms import tags
from cms.pictures import PictureFormField
from cms.uploads import check_document


class PictureForm(BaseImageForm):
    """Asks what can be seen and whether it may be shown, and takes the file through our own field."""

    class Meta(BaseImageForm.Meta):
        widgets: ClassVar[dict[str, Any]] = {**BaseImageForm.Meta.widgets, "tags": tags.TagWidget}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "tags" in self.fields:
            self.fields["tags"].label = tags.LABEL
        if "file" in self.fields:
            wagtails = self.fields["file"]
            self.fields["file"] = PictureFormField(label=wagtails.label, required=wagtails.required, widget=wagtails.widget)
        if "description" in self.fields:
            described = self.fields["description"]
            described.required = True
            described.label = _("Was ist auf dem Bild zu sehen?")
            described.help_text = _("Das hören Menschen, die das Bild nicht sehen: „Spielteppich mit Holzbausteinen“.")
            described.error_messages["required"] = _("Beschreiben Sie in wenigen Worten, was zu sehen ist.")
        if "consent" in self.fields:
            consent = self.fields["consent"]
            consent.required = True
            consent.help_text = _(
                "Alle Menschen, die man erkennt, sind einverstanden, bei Kindern die Eltern. Wer das Bild gemacht hat, auch."
            )
            consent.error_messages["required"] = _(
                "Ohne Einwilligung zeigen wir das Bild nicht. Holen Sie sie ein, und setzen Sie dann das Häkchen, oder nehmen Sie ein Bild "
                "ohne Menschen."
            )


class DocumentForm(BaseDocumentForm):
    """Takes documents that are what their names say."""

    class Meta(BaseDocumentForm.Meta):
        widgets: ClassVar[dict[str, Any]] = {**BaseDocumentForm.Meta.widgets, "tags": tags.TagWidget}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "tags" in self.fields:
            self.fields["tags"].label = tags.LABEL
        if "file" in self.fields:
            self.fields["file"].help_text = _("%(kinds)s, höchstens %(size)s.") % {
                "kinds": ", ".join(settings.WAGTAILDOCS_EXTENSIONS).upper(),
                "size": filesizeformat(settings.UPLOAD_MAX_BYTES),
            }

    def clean_file(self) -> UploadedFile:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            check_document(upload)
        return upload
