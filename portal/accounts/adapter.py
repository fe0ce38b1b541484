"""How django-allauth behaves here: nobody signs up, people are invited; failed sign-ins are logged."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

logger = logging.getLogger(__name__)


class ClosedSignup(DefaultAccountAdapter):
    """Accounts are made by accepting an invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Who watches the log sees attempts by address of origin; neither the mail address nor the password is kept."""
        logger.warning("sign-in failed from %s", self.get_client_ip(request))
