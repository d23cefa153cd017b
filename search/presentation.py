"""A hit in the words that a family reads: called what, when next, where and how far, for whom, at what cost."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from offers import wording
from offers.choices import Cost, Form, OfferKind, Registration
from search.contract import Hit, OfferCard


@dataclass(frozen=True)
class CardView:
    """What the list's card and the map's card show; empty strings are not shown."""

    card: OfferCard
    title: SafeString
    summary: SafeString
    kind_class: str
    kind_icon: str
    kind_label: str
    when: str
    rhythm: str
    note: str
    where: str
    distance: str
    age: str
    cost: str
    registration: str


def present(hit: Hit, now: datetime) -> CardView:
    """The marked texts are escaped by whoever marked them (`search.analysis.mark`)."""
    card = hit.card
    upcoming = card.next_occurrence(now)
    return CardView(
        card=card,
        title=mark_safe(hit.title_marked),
        summary=mark_safe(hit.summary_marked),
        kind_class="sensitive" if card.sensitive else card.kind,
        kind_icon=f"kind-{card.kind}",
        kind_label=str(OfferKind(card.kind).label),
        when=wording.next_date(upcoming.start, now) if upcoming else _when_without_date(card),
        rhythm=card.rhythm if upcoming else "",
        note=upcoming.note if upcoming else "",
        where=_where(card),
        distance=wording.distance(hit.distance_km),
        age=wording.age_range(card.min_age_months, card.max_age_months),
        cost=_cost(card),
        registration=str(Registration.REQUIRED.label) if card.registration == Registration.REQUIRED else "",
    )


def _when_without_date(card: OfferCard) -> str:
    if card.kind == OfferKind.COUNSELLING or not card.occurrences:
        return _("nach Absprache")
    return ""


def _where(card: OfferCard) -> str:
    if card.form == Form.ON_SITE:
        return card.town
    return str(Form(card.form).label)


def _cost(card: OfferCard) -> str:
    """Costs are said where there are some; most offers are free and need no word."""
    if card.cost == Cost.FREE:
        return ""
    return card.cost_note or str(Cost(card.cost).label)
