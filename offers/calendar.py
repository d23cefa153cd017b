"""When an offer takes place: its rules, and the days on which it pauses, read from the database.

Three questions: `upcoming_of` and `occurrences_of` for many offers with a constant number of queries, `pauses_of` for one.
School and public holidays are the same for all offers and are kept in the process.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

import holidays
from django.conf import settings
from django.db.models import prefetch_related_objects

from offers.models.calendar import ClosurePeriod, SchoolHoliday
from offers.models.provider import ProviderPage
from offers.recurrence import LOCAL, Change, Occurrence, Rule, occurrences

if TYPE_CHECKING:
    from offers.models.offer import OfferPage
    from offers.models.schedule import ScheduleException

# Another process may change the holidays; this one then follows within so many seconds.
REFRESH_SECONDS = 5.0
# How far families look ahead, and how far the first look goes, which is enough for most series.
HORIZON = timedelta(days=400)
FIRST_LOOK = timedelta(days=92)


class DaySpans:
    """Days in spans; membership is all that the recurrence asks for."""

    def __init__(self, spans: Iterable[tuple[date, date]]) -> None:
        self.spans = tuple(spans)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and any(first <= day <= last for first, last in self.spans)


@dataclass(frozen=True, slots=True)
class Pauses:
    """The days on which one offer pauses."""

    parts: tuple[Container[date], ...]

    def __contains__(self, day: object) -> bool:
        return any(day in part for part in self.parts)


class _SharedDays:
    """School holidays as a set of days, read again when they are older than REFRESH_SECONDS or known to have changed."""

    def __init__(self) -> None:
        self.read_at = float("-inf")
        self.school: frozenset[date] = frozenset()
        self.public: dict[tuple[str, str], Container[date]] = {}

    def school_holidays(self) -> frozenset[date]:
        if monotonic() - self.read_at > REFRESH_SECONDS:
            spans = SchoolHoliday.objects.values_list("first_day", "last_day")
            self.school = frozenset(first + timedelta(days=number) for first, last in spans for number in range((last - first).days + 1))
            self.read_at = monotonic()
        return self.school

    def public_holidays(self) -> Container[date]:
        place = (settings.HOLIDAYS_COUNTRY, settings.HOLIDAYS_STATE)
        if place not in self.public:
            # The library's mapping works out a year when it is first asked for it.
            self.public[place] = holidays.country_holidays(place[0], subdiv=place[1])
        return self.public[place]


_shared = _SharedDays()


def forget(**_signal: Any) -> None:
    """Read the holidays again at the next question. Connected to changes of SchoolHoliday; tests call it too."""
    _shared.read_at = float("-inf")


def rules_of(offer: "OfferPage") -> list[Rule]:
    """The rules of the page as it is in memory. Drafts may have gaps: what has no time yet gives no rule."""
    return [
        Rule(
            frequency=each.frequency,  # type: ignore[arg-type]
            start_time=each.start_time,
            end_time=each.end_time,
            weekday=each.weekday,
            interval=each.interval,
            week_of_month=each.week_of_month,
            day=each.date,
        )
        for each in offer.schedules.all()
        if each.start_time and each.end_time
    ]


def change_of(exception: "ScheduleException") -> Change:
    return Change(
        day=exception.date,
        cancelled=exception.change == "cancelled",
        new_day=exception.new_date,
        new_start_time=exception.new_start_time,
        new_end_time=exception.new_end_time,
        note=exception.note,
    )


def pauses_of(offer: "OfferPage", closures: Iterable[ClosurePeriod] | None = None) -> Pauses:
    """The days on which this offer pauses. `closures` of its provider where the caller has them, else they are read."""
    parts: list[Container[date]] = []
    if offer.pauses_in_school_holidays:
        parts.append(_shared.school_holidays())
    if offer.pauses_on_public_holidays:
        parts.append(_shared.public_holidays())
    if offer.pauses_at_closures:
        known = offer.provider.closures.all() if closures is None else closures
        parts.append(DaySpans((each.first_day, each.last_day) for each in known))
    return Pauses(tuple(parts))


def occurrences_of(offers: Iterable["OfferPage"], first: date, last: date, *, with_cancelled: bool = False) -> dict[int, list[Occurrence]]:
    """Dates from `first` to `last` by page id. Five queries at most, whatever the number of offers."""
    return {offer.pk: _dates(offer, pauses, first, last, with_cancelled) for offer, pauses in _with_pauses(list(offers))}


def upcoming_of(offers: Iterable["OfferPage"], now: datetime, *, limit: int = 12) -> dict[int, list[Occurrence]]:
    """The next dates that have not ended, by page id, at most `limit` each, within HORIZON. Five queries at most."""
    return {offer.pk: _upcoming(offer, pauses, now, limit) for offer, pauses in _with_pauses(list(offers))}


def occurrences_of_one(offer: "OfferPage", first: date, last: date, *, with_cancelled: bool = False) -> list[Occurrence]:
    """As `occurrences_of`, for a page as it is in memory: a draft or a preview too."""
    return _dates(offer, pauses_of(offer), first, last, with_cancelled)


def upcoming_of_one(offer: "OfferPage", now: datetime, limit: int) -> list[Occurrence]:
    """As `upcoming_of`, for a page as it is in memory: a draft or a preview too."""
    return _upcoming(offer, pauses_of(offer), now, limit)


def prepare(offer: "OfferPage") -> None:
    """Fetch once what a page that is rendered asks for several times. What a preview holds in memory goes before it."""
    if offer.pk:
        prefetch_related_objects([offer], "schedules", "exceptions", "topics")
        prefetch_related_objects([offer.provider], "closures")


def closures_by_path(providers: Mapping[str, ProviderPage]) -> dict[str, list[ClosurePeriod]]:
    """Closures of many providers by the path of the provider's page. One query."""
    path_of = {provider.pk: path for path, provider in providers.items()}
    closures: dict[str, list[ClosurePeriod]] = defaultdict(list)
    for closure in ClosurePeriod.objects.filter(provider__in=path_of):
        closures[path_of[closure.provider_id]].append(closure)
    return closures


def _with_pauses(offers: Sequence["OfferPage"]) -> list[tuple["OfferPage", Pauses]]:
    """Fetch what the dates of all these offers need, at once: rules, exceptions, providers, closures."""
    prefetch_related_objects(offers, "schedules", "exceptions")
    providers = attach_providers(offers)
    closures = closures_by_path(providers)
    return [(offer, pauses_of(offer, closures.get(offer.provider.path, ()))) for offer in offers]


def attach_providers(offers: Sequence["OfferPage"]) -> dict[str, ProviderPage]:
    """Give every offer its provider (one query for those that have none yet); providers by path."""
    known = {offer._provider.path: offer._provider for offer in offers if hasattr(offer, "_provider")}
    wanted = {offer.path[: -offer.steplen] for offer in offers} - known.keys()
    if wanted:
        found = ProviderPage.objects.select_related("municipality").filter(path__in=wanted)
        known.update((provider.path, provider) for provider in found)
    for offer in offers:
        if not hasattr(offer, "_provider"):
            offer.provider = known[offer.path[: -offer.steplen]]
    return known


def _dates(offer: "OfferPage", pauses: Pauses, first: date, last: date, with_cancelled: bool = False) -> list[Occurrence]:
    return occurrences(
        rules_of(offer),
        first=first,
        last=last,
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
        pauses=pauses,
        changes=[change_of(each) for each in offer.exceptions.all() if each.date],
        with_cancelled=with_cancelled,
    )


def _upcoming(offer: "OfferPage", pauses: Pauses, now: datetime, limit: int) -> list[Occurrence]:
    """A short look first; the long one only where the short one does not find enough."""
    today = now.astimezone(LOCAL).date()
    found: list[Occurrence] = []
    for reach in (FIRST_LOOK, HORIZON):
        # From yesterday, since what began before midnight may still go on.
        dates = _dates(offer, pauses, today - timedelta(days=1), today + reach)
        found = [each for each in dates if each.end > now][:limit]
        if len(found) == limit:
            break
    return found
