"""Pages of accounts that are ours, before allauth's of the same addresses."""

from django.urls import path

from people.accounts import views

urlpatterns = [
    path("zweiter-schritt/", views.second_factor, name="second_factor"),
    path("2fa/totp/deactivate/", views.DeactivateApp.as_view(), name="mfa_deactivate_totp"),
    path("2fa/webauthn/keys/<int:pk>/remove/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("sessions/", views.Sessions.as_view(), name="usersessions_list"),
]
