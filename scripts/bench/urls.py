"""The site, and a page that does nothing: what server, middleware and connection cost by themselves."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hallo")


urlpatterns = [path("hallo", hello), path("", include("cms.urls"))]
