"""What happens once a day: asking, lowering, hiding. Every provider is a transaction of its own, and what was done is on record:
to run it twice, to interrupt it or to miss days does no harm. After a gap there is one mail, not the missed ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from offers.freshness import actions, rules
from offers.freshness.cases import Case, House, district_rules, houses, spans_of
from offers.freshness.mails import ask
from offers.freshness.rules import Kind, Spans, State
from offers.models import ConfirmationMail, OfferPage, ProviderPage, SetbackKind

Say = Callable[[str], None]


@dataclass(slots=True)
class Totals:
    """`waiting`: providers whose mail did not fit into the day's number."""

    mails: int = 0
    hidden: int = 0
    lowered: int = 0
    lifted: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do for one provider: which mail, to whom, and which offers to hide."""

    kind: Kind
    to: list[str]
    hide: list[Case]


def plan(house: House, spans: Spans, today: date) -> Plan | None:
    """None where nothing is to do, or nobody can be written to: nothing is hidden without its notice."""
    kind = rules.mail_of_provider([case.facts for case in house.shown], spans, today, house.last_mail_on)
    # A notice is no reminder: who wants no reminders gets it all the same.
    to = house.addresses if kind == "hidden" else house.reminded
    if kind is None or not to:
        return None
    return Plan(kind, to, [case for case in house.shown if case.state == State.HIDDEN])


def keep_fresh(today: date, say: Say, *, dry_run: bool = False) -> Totals:
    """Do what is due today, the most overdue first, and say each step. With `dry_run` say it only."""
    chosen = district_rules()
    spans, totals = spans_of(chosen), Totals()
    everything = houses(today, spans)
    _settle_ranks(everything, today, say, totals, dry_run)
    _forget_mails(today, say, dry_run)
    if spans.paused:
        say("Paused by the district: no mails, nothing is lowered or hidden.")
        return totals
    written = sum(len(to) for to in ConfirmationMail.objects.filter(sent_on=today).values_list("recipients", flat=True))
    for house in sorted(everything, key=lambda house: (-house.most_overdue, house.provider.pk)):
        planned = plan(house, spans, today)
        if planned is None:
            continue
        room = chosen.mails_a_day - written
        # A team with more people than mails a day would never be written to.
        if room <= 0 or (len(planned.to) > room and written):
            totals.waiting += 1
            continue
        done = planned if dry_run else _do(house.provider.pk, spans, today, room)
        if done:
            to = done.to[:room]
            written += len(to)
            totals.mails += len(to)
            totals.hidden += len(done.hide)
            say(f"{house.provider.title}: {done.kind} to {', '.join(to)}" + "".join(f"; hides “{case.offer.title}”" for case in done.hide))
    return totals


def _settle_ranks(everything: list[House], today: date, say: Say, totals: Totals, dry_run: bool) -> None:
    for case in (case for house in everything for case in house.shown):
        stands_back, should = case.setback == SetbackKind.LOWERED, case.state >= State.LOWERED
        if should and not stands_back:
            totals.lowered += 1
            say(f"{case.offer.provider.title}: lowers “{case.offer.title}”")
            if not dry_run:
                actions.lower(case.offer, today)
        elif stands_back and not should:
            totals.lifted += 1
            say(f"{case.offer.provider.title}: lifts “{case.offer.title}”")
            if not dry_run:
                actions.lift(case.offer)


def _forget_mails(today: date, say: Say, dry_run: bool) -> None:
    """Delete what is on record of mails after CONFIRMATION_MAIL_KEEP_DAYS.

    A mail that an offer has not answered yet stays, since its clock runs from there, but nobody needs to know any more to whom it went.
    """
    unanswered = OfferPage.objects.filter(Q(live=True) | Q(setback__kind=SetbackKind.HIDDEN), confirmation_mails=OuterRef("pk"))
    unanswered = unanswered.filter(Q(confirmed_at=None) | Q(confirmed_at__lt=OuterRef("sent_on")))
    old = ConfirmationMail.objects.filter(sent_on__lt=today - timedelta(days=settings.CONFIRMATION_MAIL_KEEP_DAYS))
    answered, waiting = old.exclude(Exists(unanswered)), old.filter(Exists(unanswered)).exclude(recipients=[])
    if not dry_run:
        waiting.update(recipients=[])
    if number := answered.count() if dry_run else answered.delete()[1].get(ConfirmationMail._meta.label, 0):
        say(f"{number} old records of mails deleted")


def _do(provider_id: int, spans: Spans, today: date, room: int) -> Plan | None:
    """Plan again with the provider's row held, since somebody may have confirmed meanwhile or another process be at work; then do it."""
    with transaction.atomic():
        provider = ProviderPage.objects.select_for_update().filter(pk=provider_id, live=True).first()
        if provider is None:
            return None
        (house,) = houses(today, spans, [provider])
        planned = plan(house, spans, today)
        if planned is None:
            return None
        for case in planned.hide:
            actions.hide(case.offer, today)
        if planned.hide:
            (house,) = houses(today, spans, [provider])
        ask(house, planned.kind, planned.to[:room], spans, today)
        return planned
