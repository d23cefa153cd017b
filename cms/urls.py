"""All addresses of the site: the public ones first, the editors' after them, pages last."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as document_urls

from cms import views

public = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("", include("places.urls")),
    path("", include("search.urls")),
    path("", include("news.urls")),
]

private = [
    path("konto/", include("allauth.urls")),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
]

# Pictures and documents that editors upload; a web server in front may serve the folder itself.
media = [path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})]

urlpatterns = [*public, *private, *media, path("", include(wagtail_urls))]
