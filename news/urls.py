"""Addresses of the newsroom beside its pages."""

from django.urls import path

from news.feeds import NewsroomFeed

urlpatterns = [path("presse/feed.atom", NewsroomFeed(), name="newsroom_feed")]
