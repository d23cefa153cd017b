"""Addresses beside pages. Wagtail serves addresses that end in a slash; these do not."""

from django.urls import path

from offers import views
from offers.freshness import views as freshness
from offers.reports import views as reports

urlpatterns = [
    path("bestaetigen/<str:token>/", freshness.confirm_offers, name="confirm_offers"),
    path("bestaetigen/<str:token>/endet/<int:offer_id>/", freshness.end_offer, name="end_offer"),
    path("erinnerungen/<str:token>/", freshness.stop_reminders, name="stop_reminders"),
    path("hinweis/<slug:key>/", reports.report_offer, name="report_offer"),
    path("hinweis/<slug:key>/danke/", reports.report_thanks, name="report_thanks"),
    path("<path:page_path>/termine.ics", views.calendar_of_page, name="page_calendar"),
    path("<path:page_path>/qr.svg", views.qr_code_of_page, name="page_qr_code"),
]
