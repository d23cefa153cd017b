"""Addresses of this app."""

from django.urls import path

from places import views

urlpatterns = [
    path("karte/<slug:name>.geojson", views.map_layer, name="map_layer"),
    path("karte/ort", views.map_place, name="map_place"),
]
