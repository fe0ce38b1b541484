"""How django-allauth behaves here: nobody signs up, people are invited."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignup(DefaultAccountAdapter):
    """Accounts are made by accepting an invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
