"""Releases as an Atom feed."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from news.models import NewsroomPage, PressReleasePage


class NewsroomFeed(Feed):
    """The newest thirty releases with their leads."""

    feed_type = Atom1Feed
    title = _("Pressemitteilungen des Rhein-Lahn-Kreises")
    language = "de"

    def link(self) -> str:
        newsroom = NewsroomPage.objects.live().first()
        return newsroom.url if newsroom else "/"

    def items(self) -> list[PressReleasePage]:
        return list(PressReleasePage.objects.published()[:30])

    def item_title(self, item: PressReleasePage) -> str:
        return f"{item.label}: {item.title}"

    def item_description(self, item: PressReleasePage) -> str:
        return item.lead

    def item_link(self, item: PressReleasePage) -> str:
        return item.url

    def item_pubdate(self, item: PressReleasePage) -> datetime:
        return item.released_at

    def item_updateddate(self, item: PressReleasePage) -> datetime:
        return item.last_published_at or item.released_at
