"""Uploaded files: what families see is public, what waits in a team's folder is the team's.

Pictures reach families in the sizes made of them. The picture as it was uploaded is for those who may use it, and a document for
everybody as soon as a page that is online uses it.
"""

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.static import serve
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from cms.models import User
from news.models import PressReleasePage
from people.isolation import visible_files

# Where Wagtail lays the sizes made of pictures, and the pictures themselves.
PUBLIC_FOLDER, ORIGINALS = "images", "original_images"


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of MEDIA_ROOT. 404 for everything that this visitor may not have, as for what does not exist."""
    folder = PurePosixPath(path).parts[:1]
    if ".." in PurePosixPath(path).parts or folder not in ((PUBLIC_FOLDER,), (ORIGINALS,)):
        raise Http404
    if folder == (ORIGINALS,):
        return _private(_original(request, path))
    return serve(request, path, document_root=settings.MEDIA_ROOT)


def may_read_document(user: User | AnonymousUser, document: Any) -> bool:
    """Whether a page that is online uses the document, or it lies in a folder that this person may use. Up to four queries."""
    if isinstance(user, User) and user.is_active and visible_files(user, type(document)).filter(pk=document.pk).exists():
        return True
    pages = ReferenceIndex.get_references_to(document).filter(base_content_type__app_label="wagtailcore", base_content_type__model="page")
    keys = {int(key) for key in pages.values_list("object_id", flat=True)}
    waiting = PressReleasePage.objects.filter(embargo_until__gt=timezone.now()).values("pk")
    return Page.objects.filter(pk__in=keys).live().public().exclude(pk__in=waiting).exists()


def _original(request: HttpRequest, path: str) -> HttpResponseBase:
    user = request.user
    if not isinstance(user, User) or not visible_files(user, get_image_model()).filter(file=path).exists():
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "private, no-store"
    return response
