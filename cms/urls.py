"""All addresses of the site: the public ones first, the editors' after them, pages last."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as document_urls

from cms import views
from people import media as people_media
from search.sitemaps import TopicSitemap, TownSitemap

SITEMAPS = {"pages": Sitemap, "topics": TopicSitemap(), "towns": TownSitemap()}

public = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("", include("places.urls")),
    # Before the offers, whose calendars lie beside any page.
    path("", include("search.urls")),
    path("", include("offers.urls")),
    path("", include("news.urls")),
]

private = [
    path("konto/", include("people.accounts.urls")),
    path("konto/", include("people.joining.urls")),
    path("konto/", include("allauth.urls")),
    # Wagtail's own sign-in knows no second factor, so there is only one door.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    re_path("^admin/password_reset/", RedirectView.as_view(url="/konto/password/reset/")),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
]

# What editors upload. A web server in front may serve the folder images/ itself, and nothing beside it.
media = [path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", people_media.media, name="media")]

urlpatterns = [*public, *private, *media, path("", include(wagtail_urls))]

handler429 = "people.accounts.views.too_many_requests"
