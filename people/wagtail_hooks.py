"""What roles change in the admin."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from people import isolation
from people.media import may_read_document


@hooks.register("construct_page_chooser_queryset")
def choose_among_what_one_may_see(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return isolation.visible_pages(request.user, pages)  # type: ignore[arg-type]


@hooks.register("construct_admin_api", order=1000)
def own_files_in_the_api(router: WagtailAPIRouter) -> None:
    """After Wagtail's own, which know no folders."""
    router.register_endpoint("images", isolation.PicturesOfOnesOwn)
    router.register_endpoint("documents", isolation.DocumentsOfOnesOwn)


@hooks.register("before_serve_document")
def documents_of_drafts_stay_in_the_team(document: Any, request: HttpRequest) -> None:
    if not may_read_document(request.user, document):
        raise Http404


isolation.filter_by_colleagues_only()
