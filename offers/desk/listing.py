"""What the desk shows: own providers, and each of their offers with where it stands and when it is next. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Prefetch, Q
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import GroupPagePermission, Revision, WorkflowState

from cms.models import User
from offers import calendar, wording
from offers.freshness.cases import Case, cases_of
from offers.freshness.rules import State
from offers.models import OfferPage, ProviderPage
from offers.recurrence import Occurrence

# As far ahead as dates can be cancelled with one tap; the form knows all of them.
AHEAD = timedelta(days=42)
MOST_DATES = 4
WEEK = timedelta(days=7)


class Standing(StrEnum):
    """Where an offer stands, in the order in which it wants to be looked at."""

    RETURNED = "returned"
    OLD = "old"
    WAITS = "waits"
    DRAFT = "draft"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Day:
    """One date on the desk. `key` is the day that the rule had, which names it whatever has become of it."""

    key: date
    start: datetime
    end: datetime
    text: str
    cancelled: bool
    note: str = ""


@dataclass(slots=True)
class Row:
    """One offer. `publishes`: whether it goes online at once; else the district reads it first."""

    offer: OfferPage
    standing: Standing
    status: str
    comment: str = ""
    asks_confirmation: bool = False
    confirmed_today: bool = False
    locked: bool = False
    publishes: bool = True
    days: list[Day] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.offer.draft_title or self.offer.title

    @property
    def can_go_online(self) -> bool:
        return not self.locked and (not self.offer.live or self.offer.has_unpublished_changes)


def own_providers(user: User | AnonymousUser) -> list[ProviderPage]:
    """The providers in whose teams somebody is: those on whose own page the user's groups may add offers. One query a user object."""
    if not hasattr(user, "_own_providers"):
        granted = GroupPagePermission.objects.filter(group__user=user.pk, permission__codename="add_page").values("page")
        found = list(ProviderPage.objects.filter(pk__in=granted).order_by("title")) if user.is_active else []
        user._own_providers = found  # type: ignore[union-attr]
    return user._own_providers  # type: ignore[union-attr]


def offers_under(providers: Sequence[ProviderPage]) -> Q:
    """The condition for the offers of these providers; nothing where there are none."""
    under = Q(pk__in=[])
    for provider in providers:
        under |= Q(path__startswith=provider.path, depth=provider.depth + 1)
    return under


def counts(providers: Sequence[ProviderPage]) -> dict[int, tuple[int, int]]:
    """How many offers of each provider are online, and how many are not, by its id. One query."""
    steplen = ProviderPage.steplen
    found = {provider.path: [0, 0] for provider in providers}
    rows = OfferPage.objects.filter(offers_under(providers)).values_list("path", "live").annotate(Count("pk"))
    for path, live, number in rows:
        found[path[:-steplen]][0 if live else 1] += number
    return {provider.pk: (found[provider.path][0], found[provider.path][1]) for provider in providers}


def rows_of(providers: Sequence[ProviderPage], user: User, now: datetime | None = None) -> list[Row]:
    """All offers of these providers, what wants to be looked at first. A constant number of queries for the offers of a provider."""
    now = now or localtime()
    by_path = {provider.path: provider for provider in providers}
    found: list[OfferPage] = list(OfferPage.objects.filter(offers_under(providers)).prefetch_related(_workflow())) if providers else []
    for offer in found:
        offer.provider = by_path[offer.path[: -offer.steplen]]
    dates = calendar.occurrences_of(found, localdate(now), localdate(now) + AHEAD, with_cancelled=True)
    cases = cases_of(found, localdate(now))
    scheduled = _scheduled(found)
    rows = [_row(offer, cases[offer.pk], dates[offer.pk], scheduled.get(str(offer.pk)), user, now) for offer in found]
    order = list(Standing)
    return sorted(rows, key=lambda row: (order.index(row.standing), row.title.casefold()))


def this_week(rows: Sequence[Row], now: datetime | None = None) -> list[tuple[Row, Day]]:
    """The dates of the next seven days of what is online, in order."""
    last = localdate(now) + WEEK
    days = [(row, day) for row in rows if row.offer.live for day in row.days if day.start.date() < last]
    return sorted(days, key=lambda each: (each[1].start, each[0].title))


def _workflow() -> Prefetch:
    """As Wagtail's `prefetch_workflow_states`, which for offers asks by the type of all pages and finds nothing."""
    states = WorkflowState.objects.active().select_related("current_task_state__task")
    return Prefetch("_specific_workflow_states", queryset=states, to_attr="_current_workflow_states")


def _scheduled(offers: Sequence[OfferPage]) -> dict[str, datetime]:
    """When an offer goes online by itself, by page id as text. One query."""
    revisions = Revision.objects.filter(
        base_content_type=ContentType.objects.get_by_natural_key("wagtailcore", "page"),
        object_id__in=[str(offer.pk) for offer in offers],
        approved_go_live_at__isnull=False,
    )
    return dict(revisions.values_list("object_id", "approved_go_live_at"))


def _row(offer: OfferPage, case: Case, dates: list[Occurrence], goes_live: datetime | None, user: User, now: datetime) -> Row:
    workflow: WorkflowState | None = offer.current_workflow_state
    row = Row(
        offer=offer,
        standing=Standing.ONLINE if offer.live else Standing.DRAFT,
        status="",
        confirmed_today=offer.confirmed_at == localdate(now),
        locked=bool(workflow and workflow.status == WorkflowState.STATUS_IN_PROGRESS),
        publishes=offer.permissions_for_user(user).can_publish(),
        days=[_day(each, now) for each in dates if each.end > now][: MOST_DATES * 2],
    )
    if workflow and workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        row.standing, row.status = Standing.RETURNED, _("Vom Kreis zurückgegeben")
        row.comment = workflow.current_task_state.comment if workflow.current_task_state else ""
    elif row.locked:
        row.standing = Standing.WAITS
        row.status = _("Zu sehen, die Änderungen liegen beim Kreis") if offer.live else _("Liegt beim Kreis zur Freigabe")
    elif case.state == State.HIDDEN:
        row.standing, row.asks_confirmation = Standing.OLD, True
        row.status = _("Nicht online, weil es lange niemand bestätigt hat. „Stimmt noch“ stellt es wieder online")
    elif offer.live and case.state >= State.DUE:
        row.standing, row.asks_confirmation, row.status = Standing.OLD, True, _asked(case)
    elif goes_live:
        row.standing = Standing.WAITS
        row.status = _("Geht am %(date)s Uhr online") % {"date": f"{wording.long_day(localdate(goes_live))}, {_clock(goes_live)}"}
    elif not offer.live:
        row.status = _("Entwurf, noch nicht zu sehen") if offer.first_published_at is None else _("Nicht online")
    elif offer.has_unpublished_changes:
        row.standing, row.status = Standing.DRAFT, _("Zu sehen, Ihre Änderungen noch nicht")
    else:
        row.status = _("Zu sehen, zuletzt bestätigt am %(day)s") % {"day": wording.day_and_month(case.facts.confirmed_at)}
    return row


def _asked(case: Case) -> str:
    if case.state == State.DUE:
        return _("Stimmt noch alles? Zuletzt bestätigt am %(day)s") % {"day": _day_with_year(case.facts.confirmed_at)}
    text = ngettext("Seit einem Tag nicht mehr bestätigt", "Seit %(n)d Tagen nicht mehr bestätigt", case.days_lapsed + 1)
    said = text % {"n": case.days_lapsed + 1}
    return _("%(said)s, Familien finden es weiter hinten") % {"said": said} if case.setback else said


def _day(occurrence: Occurrence, now: datetime) -> Day:
    planned = occurrence.planned or occurrence.start
    return Day(
        key=planned.date(),
        start=occurrence.start,
        end=occurrence.end,
        text=wording.next_date(occurrence.start, now),
        cancelled=occurrence.cancelled,
        note=occurrence.note,
    )


def _clock(moment: datetime) -> str:
    return wording.clock(localtime(moment))


def _day_with_year(day: date) -> str:
    return f"{wording.day_and_month(day)} {day.year}"
