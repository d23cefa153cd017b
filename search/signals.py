"""Which changes make which documents again. Thin: every handler only finds page ids and notes them in the outbox.

Page.save, the deletion and the rows here are one transaction, so neither is there without the other. What Wagtail signals after its
transaction (a move, a new slug, a publication) is noted too: it comes last, when the page and all below it are as they will stay.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from offers.models import ClosurePeriod, OfferPage, ProviderPage, Schedule, ScheduleException, SchoolHoliday, Topic
from places.models import Place
from search.outbox import enqueue

# What saving a draft writes; families see none of it.
DRAFT_FIELDS = frozenset(
    {
        "latest_revision_created_at",
        "draft_title",
        "latest_revision",
        "has_unpublished_changes",
        "content_type",
        "locked",
        "locked_at",
        "locked_by",
    }
)


def offers_under(path: str) -> Iterable[int]:
    """The page itself, where it is an offer, and all offers below it."""
    return OfferPage.objects.filter(path__startswith=path).values_list("pk", flat=True)


def page_saved(sender: type[Model], instance: Model, update_fields: Any = None, **_kwargs: Any) -> None:
    if not isinstance(instance, Page):
        return
    if update_fields is not None and frozenset(update_fields) <= DRAFT_FIELDS:
        return
    if isinstance(instance, OfferPage):
        enqueue([instance.pk])
    elif isinstance(instance, ProviderPage) or sender is Page:
        # A move saves the page as what all pages have in common.
        enqueue(offers_under(instance.path))


def page_deleted(sender: type[Model], instance: OfferPage, **_kwargs: Any) -> None:
    enqueue([instance.pk])


def page_changed(sender: type[Model], instance: Page, **_kwargs: Any) -> None:
    enqueue(offers_under(instance.path))


def part_changed(sender: type[Model], instance: Schedule | ScheduleException, **_kwargs: Any) -> None:
    enqueue([instance.offer_id] if instance.offer_id else [])


def closure_changed(sender: type[Model], instance: ClosurePeriod, **_kwargs: Any) -> None:
    paths = Page.objects.filter(pk=instance.provider_id).values_list("path", flat=True)
    for path in paths:
        enqueue(offers_under(path))


def topic_changed(sender: type[Model], instance: Topic, **_kwargs: Any) -> None:
    enqueue(OfferPage.objects.filter(topics=instance).values_list("pk", flat=True))


def topics_changed(sender: type[Model], instance: Model, action: str, pk_set: set[int] | None = None, **_kwargs: Any) -> None:
    if isinstance(instance, OfferPage) and action.startswith("post_"):
        enqueue([instance.pk])
    elif isinstance(instance, Topic) and action in ("post_add", "post_remove"):
        enqueue(pk_set or ())
    elif isinstance(instance, Topic) and action == "pre_clear":
        topic_changed(Topic, instance)


def place_changed(sender: type[Model], instance: Place, **_kwargs: Any) -> None:
    here = Q(municipality=instance)
    enqueue(OfferPage.objects.filter(here).values_list("pk", flat=True))
    for path in ProviderPage.objects.filter(here).values_list("path", flat=True):
        enqueue(offers_under(path))


def school_holidays_changed(sender: type[Model], **_kwargs: Any) -> None:
    enqueue(OfferPage.objects.filter(live=True, pauses_in_school_holidays=True).values_list("pk", flat=True))


def restriction_changed(sender: type[Model], instance: PageViewRestriction, **_kwargs: Any) -> None:
    enqueue(offers_under(instance.page.path))


def site_changed(sender: type[Model], **_kwargs: Any) -> None:
    enqueue(OfferPage.objects.filter(live=True).values_list("pk", flat=True))


def connect() -> None:
    """Called once the apps are loaded."""
    post_save.connect(page_saved, dispatch_uid="search.page_saved")
    post_delete.connect(page_deleted, sender=OfferPage, dispatch_uid="search.page_deleted")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(page_changed, dispatch_uid="search.page_changed")
    handlers = (
        (part_changed, (Schedule, ScheduleException)),
        (closure_changed, (ClosurePeriod,)),
        (school_holidays_changed, (SchoolHoliday,)),
        (restriction_changed, (PageViewRestriction,)),
        (site_changed, (Site,)),
    )
    for handler, models in handlers:
        for model in models:
            for name, signal in (("saved", post_save), ("deleted", post_delete)):
                signal.connect(handler, sender=model, dispatch_uid=f"search.{model.__name__}.{name}")
    # Before the deletion: afterwards nobody knows which offers had the topic or lay in the place.
    for model, handler in ((Topic, topic_changed), (Place, place_changed)):
        post_save.connect(handler, sender=model, dispatch_uid=f"search.{model.__name__}.saved")
        pre_delete.connect(handler, sender=model, dispatch_uid=f"search.{model.__name__}.deleted")
    m2m_changed.connect(topics_changed, sender=OfferPage.topics.through, dispatch_uid="search.topics_changed")
