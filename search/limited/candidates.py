"""The offers that may be meant, as far as the database can tell: not too many, and every condition is checked afterwards."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce
from itertools import islice
from operator import and_, or_
from time import monotonic

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Length, Substr
from django.utils import translation

from offers.choices import Form
from offers.models import OfferPage, ProviderPage
from search.analysis import LONGEST_QUESTION, clean, stop_words, word, written_words
from search.contract import Circle, OfferDocument, SearchRequest
from search.documents import build, public_offers
from search.geometry import box_around

# So many offers are read for one question: each takes a good millisecond.
MOST = 200
SMALLEST_KM, WIDE_KM = 1.0, 50.0
MOST_WORDS = 6
# Of a longer word its beginning is looked for, so that "Gruppen" finds "Gruppe".
WHOLE, ENDING = 5, 2
KEPT_SECONDS, MOST_KEPT = 60.0, 10_000
_kept: dict[int, tuple[float, OfferDocument]] = {}
EVERYWHERE = Q(form__in=(Form.ONLINE, Form.TELEPHONE))


def candidates(request: SearchRequest) -> list[OfferDocument]:
    """Offers with all plain words of the question, or with any of them where none has all. Where there are too many, those that the
    columns of the database allow, and of these the ones around the middle of the circle.
    """
    plain = plain_words(request.text)
    found = _few_enough(_offers(_with_words(plain, and_)), request)
    if not found and len(plain) > 1:
        found = _few_enough(_offers(_with_words(plain, or_)), request)
    return read(found, request.now)


def read(page_ids: Sequence[int], now: datetime) -> list[OfferDocument]:
    """The listings of these pages. What was read is shown for a minute: visitors ask for the same ones, and reading is most of the work."""
    moment = monotonic()
    kept = {page_id: entry for page_id in page_ids if (entry := _kept.get(page_id)) and moment - entry[0] < KEPT_SECONDS}
    with translation.override(settings.LANGUAGE_CODE):
        made = build(public_offers([page_id for page_id in page_ids if page_id not in kept]), now)
    if len(_kept) + len(made) > MOST_KEPT:
        _kept.clear()
    new = {each.card.page_id: (moment, each) for each in made}
    _kept.update(new)
    kept |= new
    return [kept[page_id][1] for page_id in page_ids if page_id in kept]


def forget() -> None:
    """For tests: pages of another database."""
    _kept.clear()


def plain_words(text: str) -> list[str]:
    """What is looked for as it was typed."""
    words = [found.group() for found in written_words(clean(text[:LONGEST_QUESTION]))]
    meant = dict.fromkeys(each.casefold() for each in words if word(each).exact not in stop_words())
    return [each[:-ENDING] if len(each) > WHOLE else each for each in islice(meant, MOST_WORDS)]


def titled(prefix: str, limit: int) -> list[int]:
    """Page ids of offers whose title has a word that begins so."""
    begins = Q(title__istartswith=prefix) | Q(title__icontains=f" {prefix}") | Q(title__icontains=f"-{prefix}")
    return list(_offers(begins).order_by("title", "pk").values_list("pk", flat=True)[:limit])


def _offers(condition: Q) -> QuerySet[OfferPage]:
    offers = OfferPage.objects.live().public().annotate(parent_path=Substr("path", 1, Length("path") - OfferPage.steplen))
    found: QuerySet[OfferPage] = offers.filter(condition)
    return found


def _provider(condition: Q) -> Q:
    """Offers whose provider is so: the page above, which no join of Django's reaches."""
    return Q(parent_path__in=ProviderPage.objects.live().filter(condition).values("path"))


def _with_words(plain: Iterable[str], together: Callable[[Q, Q], Q]) -> Q:
    return reduce(together, map(_with_word, plain), Q())


def _with_word(plain: str) -> Q:
    own = Q(title__icontains=plain) | Q(summary__icontains=plain) | Q(description__icontains=plain)
    topics = OfferPage.topics.through.objects.filter(topic__name__icontains=plain).values("offerpage_id")
    return own | Q(pk__in=topics) | _provider(Q(title__icontains=plain))


def _few_enough(offers: QuerySet[OfferPage], request: SearchRequest) -> list[int]:
    """All of these offers within the circle, or the MOST that are nearest; what reaches everywhere comes after what is near."""
    if request.provider:
        offers = offers.filter(_provider(Q(key=request.provider)))
    circle = request.circle
    inside = _inside(circle)
    if offers.filter(inside | EVERYWHERE)[: MOST + 1].count() > MOST:
        offers = offers.filter(_columns(request))
        radius = (circle.radius_km or WIDE_KM) if circle else 0.0
        while circle and radius > SMALLEST_KM and offers.filter(inside)[: MOST + 1].count() > MOST:
            radius /= 2
            inside = _inside(replace(circle, radius_km=radius))
    near = _ids(offers.filter(inside))
    return near + _ids(offers.filter(EVERYWHERE).exclude(pk__in=near))[: MOST - len(near)] if len(near) < MOST else near


def _ids(offers: QuerySet[OfferPage]) -> list[int]:
    return list(offers.order_by("-pk").values_list("pk", flat=True)[:MOST])


def _inside(circle: Circle | None) -> Q:
    """A box that holds the circle; a house without a point of its own is where its town is."""
    if circle is None or circle.radius_km is None:
        return Q()
    south, west, north, east = box_around(circle.latitude, circle.longitude, circle.radius_km)
    point = Q(latitude__range=(south, north), longitude__range=(west, east))
    town = Q(latitude=None, municipality__latitude__range=(south, north), municipality__longitude__range=(west, east))
    return point | town | _provider(point | town)


def _columns(request: SearchRequest) -> Q:
    """Languages and access are lists in the database, and dates follow from rules: these are only checked later."""
    found = Q()
    if request.municipality:
        here = Q(municipality__slug=request.municipality)
        found &= here | _provider(here)
    if request.kinds:
        found &= Q(kind__in=request.kinds)
    if request.form:
        found &= Q(form=request.form)
    if request.topics:
        found &= Q(pk__in=OfferPage.topics.through.objects.filter(topic__slug__in=request.topics).values("offerpage_id"))
    if request.free:
        found &= Q(cost="kostenfrei")
    if request.without_registration:
        found &= Q(registration="keine")
    if request.age_months is not None:
        found &= Q(min_age_months=None) | Q(min_age_months__lte=request.age_months)
        found &= Q(max_age_months=None) | Q(max_age_months__gte=request.age_months)
    return found
