"""Pages that are not in the page tree, for search engines."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from offers.models import Topic
from places.models import Place


class TopicSitemap(Sitemap):
    """Topics, and their list."""

    changefreq = "daily"

    def items(self) -> list[str]:
        return [reverse("topics"), *(reverse("topic", args=[slug]) for slug in Topic.objects.values_list("slug", flat=True))]

    def location(self, item: str) -> str:
        return item


class TownSitemap(Sitemap):
    """Towns and villages, and their list."""

    changefreq = "daily"

    def items(self) -> list[str]:
        slugs = Place.objects.municipalities().values_list("slug", flat=True)
        return [reverse("towns"), *(reverse("town", args=[slug]) for slug in slugs)]

    def location(self, item: str) -> str:
        return item
