"""Telling people something."""

from collections.abc import Iterable
from datetime import datetime

from portal.accounts.models import Membership
from portal.conversations.models import Notification


def notify(
    *, members: Iterable[Membership], text: str, url: str, key: str, now: datetime, by_mail: bool = True
) -> None:
    """Tell members something, in the portal and by mail; the same key is told to each member once.

    `url` is an address inside the portal, `text` one sentence in the reader's words.
    """
    Notification.objects.bulk_create(
        (Notification(member=member, key=key, at=now, text=text[:300], url=url) for member in members),
        ignore_conflicts=True,
    )
