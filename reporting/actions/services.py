"""Talk about a service."""

from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.models import Service
from portal.conversations.actions import start_conversation
from portal.conversations.models import Conversation
from reporting.models import ServiceThread


@transaction.atomic
def talk_about_service(*, service: Service, now: datetime, **start: Any) -> Conversation:
    """A conversation that is known to be about a service; otherwise like each conversation."""
    conversation = start_conversation(now=now, **start)
    ServiceThread.objects.create(conversation=conversation, service=service)
    return conversation
