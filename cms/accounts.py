"""How people get accounts: by invitation, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; the district invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
