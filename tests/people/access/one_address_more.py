"""The site's addresses and one that nobody has thought about."""

from django.http import HttpResponse
from django.urls import path

from cms.urls import urlpatterns as all_others

urlpatterns = [path("admin/eins-mehr/", lambda request: HttpResponse(), name="one_more"), *all_others]
