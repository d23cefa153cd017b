"""Public addresses of the search; they stay as they are."""

from django.urls import path

from search import views
from search.api import api
from search.subscriptions import SearchFeed, search_calendar

urlpatterns = [
    path("readyz", views.readyz, name="readyz"),
    path("suche/", views.search, name="search"),
    path("suche/karte.geojson", views.search_map, name="search_map"),
    path("suche/termine.ics", search_calendar, name="search_calendar"),
    path("suche/feed.atom", SearchFeed(), name="search_feed"),
    path("api/", views.api_guide, name="api_guide"),
    path("api/v1/", api.urls),
    path("themen/", views.topics, name="topics"),
    path("themen/<slug:slug>/", views.topic, name="topic"),
    path("orte/", views.towns, name="towns"),
    path("orte/<slug:slug>/", views.town, name="town"),
]
