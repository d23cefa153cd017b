"""What somebody of one team may see of what others write, in the places where Wagtail shows all of it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from taggit.models import Tag
from wagtail.admin import filters as admin_filters
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.documents import get_document_model
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views import chooser as picture_chooser
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.models import User
from people.roles import is_district

FILE_ACTIONS = ("add", "change", "choose")


def visible_pages(user: User, pages: QuerySet[Page]) -> QuerySet[Page]:
    """Of these pages those that families see too, and all under the pages that somebody keeps.

    A page that has another title since it went online is left out where others write it: choosers would show the new one.
    Only conditions that Wagtail's search takes as well. One query for the rights, one for the titles.
    """
    if user.is_superuser:
        return pages
    own = Q(pk__in=[])
    for given in policy_registry.get_by_type(Page).get_cached_permissions_for_user(user):
        own |= Q(path__startswith=given.page.path)
    retitled = Page.objects.filter(live=True).exclude(own).exclude(draft_title=F("title")).values_list("pk", flat=True)
    return pages.filter(own | Q(live=True)).exclude(pk__in=list(retitled))


def explores(user: User, key: int) -> bool:
    """Whether the page with this key is one that somebody keeps, or lies below or above one."""
    if user.is_superuser:
        return True
    path = Page.objects.filter(pk=key).values_list("path", flat=True).first()
    kept = {given.page.path for given in policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)}
    return path is not None and any(path.startswith(each) or each.startswith(path) for each in kept)


def visible_files(user: User, model: type) -> QuerySet[Any]:
    """Pictures or documents in the folders that somebody may use."""
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, FILE_ACTIONS)


def colleagues(user: User) -> QuerySet[User]:
    """Everybody for the district; else oneself and who is in a team with one."""
    if is_district(user):
        return User.objects.all()
    return User.objects.filter(Q(pk=user.pk) | Q(groups__in=user.groups.filter(team__isnull=False))).distinct()


def sees_all(user: User, model: type, keys: Iterable[str]) -> bool:
    """Whether all these pages, pictures or documents are among what somebody may see, or things of another kind theirs to keep.

    Users are for administrators alone.
    """
    if user.is_superuser:
        return True
    wanted = {int(key) for key in keys if key.isdigit()}
    if issubclass(model, Page):
        found: QuerySet[Any] = visible_pages(user, Page.objects.filter(pk__in=wanted))
    elif issubclass(model, (get_image_model(), get_document_model())):
        found = visible_files(user, model).filter(pk__in=wanted)
    else:
        policy = policy_registry.get_by_type(model, fallback=False)
        return not issubclass(model, User) and policy is not None and policy.user_has_any_permission(user, ("change", "delete"))
    return found.values_list("pk", flat=True).distinct().count() == len(wanted)


class PicturesOfOnesOwn(ImagesAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return visible_files(self.request.user, self.model).order_by("id")


class DocumentsOfOnesOwn(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return visible_files(self.request.user, self.model).order_by("id")


def filter_by_colleagues_only() -> None:
    """The explorer's filters "owner" and "edited by" offer everybody who ever wrote a page; here only whom one works with.

    Wagtail offers no other way in: the filters are made with the class.
    """
    known: list[Any] = [PageFilterSet]
    for filterset in known:
        known += filterset.__subclasses__()
        for name in ("owner", "edited_by"):
            if name in filterset.base_filters:
                filterset.base_filters[name].queryset = _colleagues_of_request


def suggest_no_tags() -> None:
    """Filters and choosers suggest the ten tags that all teams together use most; one's own are found by the search.

    Both take the function by its name from where they stand.
    """
    for module in (admin_filters, picture_chooser):
        module.popular_tags_for_model = _no_tags


def _no_tags(model: type, count: int = 10) -> QuerySet[Tag]:
    return Tag.objects.none()


def _colleagues_of_request(request: HttpRequest) -> QuerySet[User]:
    return colleagues(request.user).order_by("last_name", "email")  # type: ignore[arg-type]
