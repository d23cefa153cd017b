"""Every offer with what is known about its confirmation, in a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from wagtail.models import Site

from offers.freshness import rules
from offers.freshness.recipients import addresses, opted_out
from offers.freshness.rules import Facts, Spans, State
from offers.models import ConfirmationMail, ListingRules, MailKind, OfferPage, ProviderPage, Setback, SetbackKind


@dataclass(slots=True)
class Case:
    """One offer today. `hidden_on`: since when nobody sees it because nobody confirmed it."""

    offer: OfferPage
    facts: Facts
    state: State
    days_lapsed: int
    mails: int
    setback: str
    hidden_on: date | None


@dataclass(slots=True)
class House:
    """A provider with its offers and whom to write to. `reminded`: those who have not declined."""

    provider: ProviderPage
    cases: list[Case] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    reminded: list[str] = field(default_factory=list)
    last_mail_on: date | None = None

    @property
    def shown(self) -> list[Case]:
        """Those that families see."""
        return [case for case in self.cases if case.offer.live]

    @property
    def most_overdue(self) -> int:
        return max((case.days_lapsed for case in self.shown), default=-10_000)


def district_rules() -> ListingRules:
    """What the district has chosen for its site."""
    return ListingRules.for_site(Site.objects.filter(is_default_site=True).first() or Site.objects.first())


def spans_of(chosen: ListingRules) -> Spans:
    return Spans(
        mail_before=chosen.mail_before,
        remind_every=chosen.remind_every,
        to_work_list_after=chosen.to_work_list_after,
        lower_after=chosen.lower_after,
        hide_after=chosen.hide_after,
        paused=chosen.paused,
    )


def houses(today: date, spans: Spans, providers: Sequence[ProviderPage] | None = None) -> list[House]:
    """All providers that families see, or these, with their offers: those online, and those that were hidden for want of an answer."""
    if providers is None:
        providers = list(ProviderPage.objects.live().order_by("title"))
    by_path = {provider.path: House(provider) for provider in providers}
    setbacks = {each.offer_id: each for each in Setback.objects.all()}
    wanted = OfferPage.objects.filter(live=True) | OfferPage.objects.filter(setback__kind=SetbackKind.HIDDEN)
    if len(providers) == 1:
        wanted = wanted.filter(path__startswith=providers[0].path)
    offers = [offer for offer in wanted.order_by("title") if offer.path[: -offer.steplen] in by_path]
    for case in _cases(offers, setbacks, today, spans):
        house = by_path[case.offer.path[: -case.offer.steplen]]
        case.offer.provider = house.provider
        house.cases.append(case)
    everybody, declined = addresses(providers), opted_out()
    last_mails = _last_mails([provider.pk for provider in providers])
    for house in by_path.values():
        house.addresses = everybody[house.provider.pk]
        house.reminded = [address for address in house.addresses if address not in declined]
        house.last_mail_on = last_mails.get(house.provider.pk)
    return list(by_path.values())


def _cases(offers: Sequence[OfferPage], setbacks: dict[int, Setback], today: date, spans: Spans) -> Iterable[Case]:
    mails = _mails([offer.pk for offer in offers])
    for offer in offers:
        confirmed = confirmed_on(offer)
        # On the day of a confirmation itself, mails belong to what it has ended.
        asked = sorted(day for day in mails.get(offer.pk, ()) if day > confirmed)
        facts = Facts(confirmed, offer.confirm_every_months, *((asked[0], asked[-1]) if asked else (None, None)))
        setback = setbacks.get(offer.pk)
        hidden = setback is not None and setback.kind == SetbackKind.HIDDEN
        yield Case(
            offer=offer,
            facts=facts,
            state=State.HIDDEN if hidden else rules.state(facts, spans, today),
            days_lapsed=(today - facts.lapses_on).days,
            mails=len(asked),
            setback=setback.kind if setback else "",
            hidden_on=setback.since if setback and hidden else None,
        )


def confirmed_on(offer: OfferPage) -> date:
    """When somebody last said that it is true; for an offer that never was confirmed, when it was published."""
    published = offer.last_published_at or offer.first_published_at
    return offer.confirmed_at or (timezone.localdate(published) if published else timezone.localdate())


def _mails(offer_ids: Sequence[int]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    # A join instead of a long list of ids, where it is of all offers.
    rows = ConfirmationMail.offers.through.objects.values_list("offerpage_id", "confirmationmail__sent_on")
    if len(offer_ids) < 100:
        rows = rows.filter(offerpage_id__in=offer_ids)
    for offer_id, day in rows:
        found.setdefault(offer_id, []).append(day)
    return found


def _last_mails(provider_ids: Sequence[int]) -> dict[int, date]:
    rows = ConfirmationMail.objects.filter(provider_id__in=provider_ids, kind__in=list(MailKind)).order_by("sent_on")
    return dict(rows.values_list("provider_id", "sent_on"))


def standing(offer: OfferPage, today: date) -> State:
    """Where one offer stands today by the district's rules. For many ask `cases_of`."""
    return cases_of([offer], today)[offer.pk].state


def cases_of(offers: Sequence[OfferPage], today: date) -> dict[int, Case]:
    """What is known of these offers by page id, without whom to write to. A constant number of queries."""
    setbacks = {each.offer_id: each for each in Setback.objects.filter(offer__in=offers)}
    return {case.offer.pk: case for case in _cases(offers, setbacks, today, spans_of(district_rules()))}
