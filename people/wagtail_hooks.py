"""What roles change in the admin."""

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from people import isolation


@hooks.register("construct_page_chooser_queryset")
def choose_among_what_one_may_see(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return isolation.visible_pages(request.user, pages)  # type: ignore[arg-type]


@hooks.register("construct_admin_api", order=1000)
def own_files_in_the_api(router: WagtailAPIRouter) -> None:
    """After Wagtail's own, which know no folders."""
    router.register_endpoint("images", isolation.PicturesOfOnesOwn)
    router.register_endpoint("documents", isolation.DocumentsOfOnesOwn)


isolation.filter_by_colleagues_only()
