"""What one tap does to an offer. Each in one transaction, with its line in the history, and harmless when it comes twice.

A cancelled date waits for nobody: it goes to families at once, and into a draft that lies over what they see.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.log_actions import log
from wagtail.models import Page

from cms.models import User
from offers.forms import missing_for_families
from offers.models import OfferPage, ScheduleException

CANCELLED, RESTORED = "offers.date_cancelled", "offers.date_restored"
Change = ScheduleException.Change


@transaction.atomic
def cancel_date(offer: OfferPage, day: date, user: User) -> bool:
    """The date that the rules have on `day` does not take place. Returns whether that is new.

    A date that is moved keeps its new day, for the case that it is taken back.
    """

    def change(page: OfferPage) -> bool:
        known = next((each for each in page.exceptions.all() if each.date == day), None)
        if known is None:
            page.exceptions.add(ScheduleException(date=day, change=Change.CANCELLED, sort_order=page.exceptions.count()))
        elif known.change != Change.CANCELLED:
            known.change = Change.CANCELLED
            page.exceptions.add(known)
        else:
            return False
        return True

    return _write(offer, change, CANCELLED, day, user)


@transaction.atomic
def restore_date(offer: OfferPage, day: date, user: User) -> bool:
    """The date takes place after all, where it was moved to if it was. Returns whether that is new."""

    def change(page: OfferPage) -> bool:
        known = [each for each in page.exceptions.all() if each.date == day and each.change == Change.CANCELLED]
        for each in known:
            if each.new_date or each.new_start_time:
                each.change = Change.MOVED
                page.exceptions.add(each)
            else:
                page.exceptions.remove(each)
        return bool(known)

    return _write(offer, change, RESTORED, day, user)


def _write(offer: OfferPage, change: Any, action: str, day: date, user: User) -> bool:
    """Change what families see, and the draft over it where there is one, which may lie with the district just now."""
    draft = offer.get_latest_revision_as_object() if offer.has_unpublished_changes else None
    if not change(offer):
        return False
    if draft is None:
        # As a change in the form, so that the history can show and take back what was.
        revision = offer.save_revision(user=user, clean=False)
        log(instance=offer, action=action, user=user, data={"day": day.isoformat()}, revision=revision)
        if offer.live:
            revision.publish(user=user, skip_permission_checks=True)
        return True
    if offer.live:
        offer.save(clean=False)  # type: ignore[call-arg]  # of Wagtail
    if change(draft) and (latest := offer.latest_revision):
        # In its place: a draft that the district is reading stays the one that it approves.
        latest.content = draft.serializable_data()
        latest.save(update_fields=["content"])
    log(instance=offer, action=action, user=user, data={"day": day.isoformat()})
    return True


@transaction.atomic
def put_online(offer: OfferPage, user: User) -> None:
    """Publish what was written last. Raises ValidationError saying what families would stumble over."""
    page: OfferPage = offer.get_latest_revision_as_object()
    _check(page)
    revision = page.get_latest_revision() or page.save_revision(user=user, clean=False)
    revision.publish(user=user)


@transaction.atomic
def hand_in(offer: OfferPage, user: User) -> None:
    """Let the district read what was written last. Raises ValidationError as `put_online` does."""
    page: OfferPage = offer.get_latest_revision_as_object()
    _check(page)
    if not page.get_latest_revision():
        page.save_revision(user=user, clean=False)
    state = page.current_workflow_state
    if state and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user=user)
    else:
        page.get_workflow().start(page, user)


def _check(page: OfferPage) -> None:
    """What the form asks before it publishes."""
    page.full_clean()
    for schedule in page.schedules.all():
        schedule.full_clean(exclude=["offer"])
    if missing := missing_for_families(page):
        raise ValidationError(dict(missing))


@transaction.atomic
def copy(offer: OfferPage, user: User) -> OfferPage:
    """A draft with the same text and rules, beside it. One that nobody has touched yet is the copy: a second tap makes no second."""
    parent: Page = offer.get_parent()
    title = _("Kopie von %(title)s") % {"title": offer.draft_title or offer.title}
    title = title[:255]
    untouched = OfferPage.objects.child_of(parent).filter(draft_title=title, owner=user, live=False, first_published_at=None).last()
    if untouched:
        return untouched
    taken = set(parent.get_children().values_list("slug", flat=True))
    wish = slugify(title)[:240]
    slug = next(name for number in range(1, len(taken) + 3) if (name := wish if number == 1 else f"{wish}-{number}") not in taken)
    # Exceptions and confirmation belong to the dates and the day of the first.
    made: OfferPage = CopyPageAction(
        page=offer,
        to=parent,
        update_attrs={"title": title, "draft_title": title, "slug": slug, "confirmed_at": None},
        exclude_fields=["exceptions"],
        copy_revisions=True,
        keep_live=False,
        user=user,
    ).execute()
    return made
