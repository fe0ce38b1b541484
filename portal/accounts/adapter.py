"""How django-allauth behaves here: nobody signs up, people are invited; mail leaves when the request is committed."""

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

logger = logging.getLogger(__name__)


class ClosedSignup(DefaultAccountAdapter):
    """Accounts are made by accepting an invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Who watches the log sees attempts by address of origin; neither the mail address nor the password is kept."""
        logger.warning("sign-in failed from %s", self.get_client_ip(request))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail is that of the settings, whatever host the request was sent to."""
        return f"{settings.SITE_URL}{urlsplit(super().get_reset_password_from_key_url(key)).path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No transaction is open while the mail server is spoken to; what it refuses is logged."""
        message = self.render_mail(template_prefix, email, {"email": email, "request": self.request} | context)
        transaction.on_commit(message.send, robust=True)
