"""Writing of audit entries, always in the transaction of the act itself."""

from datetime import datetime
from typing import Any

from portal.audit.models import AuditEntry


def record(*, act: str, actor_id: int | None, at: datetime, subject: str = "", **detail: Any) -> AuditEntry:
    """Keep that somebody did something: act as "noun.verb", subject in words, detail as plain values."""
    return AuditEntry.objects.create(act=act, actor_id=actor_id, at=at, subject=subject[:200], detail=detail)
