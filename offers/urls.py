"""Addresses beside pages. Wagtail serves addresses that end in a slash; these do not."""

from django.urls import path

from offers import views

urlpatterns = [
    path("<path:page_path>/termine.ics", views.calendar_of_page, name="page_calendar"),
    path("<path:page_path>/qr.svg", views.qr_code_of_page, name="page_qr_code"),
]
