"""A search to take along: its dates as a calendar, its offers as a feed."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from cms.templatetags.ui import absolute
from offers.dates_to_take_along import entries_of
from offers.ical import CONTENT_TYPE, calendar_file
from offers.models import OfferPage, Topic
from search.addresses import search_url
from search.contract import IndexUnavailable, OfferCard
from search.engines import get_engine
from search.question import Question, understand

MOST_OFFERS = 100


def _ask(request: HttpRequest) -> tuple[Question, list[OfferCard]]:
    """The question of this address and its first hundred offers. Raises IndexUnavailable."""
    question = understand(request.GET, list(Topic.objects.all()), page_size=MOST_OFFERS)
    return question, [hit.card for hit in get_engine().search(question.request).hits]


def _title(question: Question) -> str:
    return ", ".join(filter(None, [question.request.text or _("Angebote für Familien"), question.place_label]))


@require_safe
@conditional_page
@cache_control(public=True, max_age=3600)
def search_calendar(request: HttpRequest) -> HttpResponse:
    """`/suche/termine.ics`: the dates of the next year of what a search finds, to subscribe to. A constant number of queries."""
    try:
        question, cards = _ask(request)
    except IndexUnavailable:
        return HttpResponse(_("Die Suche ist gerade nicht erreichbar."), status=503, content_type="text/plain; charset=utf-8")
    offers = OfferPage.objects.live().public().filter(pk__in=[card.page_id for card in cards])
    body = calendar_file(_title(question), entries_of(list(offers), timezone.localdate(), request))
    return HttpResponse(body, content_type=CONTENT_TYPE, headers={"Content-Disposition": 'inline; filename="termine.ics"'})


class SearchFeed(Feed):
    """`/suche/feed.atom`: the offers that a search finds."""

    feed_type = Atom1Feed
    language = "de"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().__call__(request, *args, **kwargs)
        except IndexUnavailable:
            return HttpResponse(_("Die Suche ist gerade nicht erreichbar."), status=503, content_type="text/plain; charset=utf-8")

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> tuple[Question, list[OfferCard]]:
        return _ask(request)

    def title(self, found: tuple[Question, list[OfferCard]]) -> str:
        return _title(found[0])

    def link(self, found: tuple[Question, list[OfferCard]]) -> str:
        return search_url(found[0].data)

    def feed_url(self, found: tuple[Question, list[OfferCard]]) -> str:
        return absolute(search_url(found[0].data).replace("/suche/", "/suche/feed.atom", 1))

    def items(self, found: tuple[Question, list[OfferCard]]) -> list[OfferCard]:
        return found[1]

    def item_title(self, item: OfferCard) -> str:
        return item.title

    def item_description(self, item: OfferCard) -> str:
        return item.summary

    def item_link(self, item: OfferCard) -> str:
        return item.url

    def item_guid(self, item: OfferCard) -> str:
        return absolute(item.url)

    def item_author_name(self, item: OfferCard) -> str:
        return item.provider_name
