"""The one page of joining that is open without signing in. Those of the admin are in people/wagtail_hooks.py."""

from django.urls import path

from people.joining.join import join

urlpatterns = [path("einladung/<str:token>/", join, name="join")]
