"""Pushes through the API: counted at once, and answered once for each Idempotency-Key."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from portal.accounts.models import ApiToken
from slas.errors import KeyUsed
from slas.models import PushedRequest

KEPT = timedelta(hours=24)
Answer = tuple[int, Mapping[str, Any]]


@transaction.atomic
def answer_once(
    *, token: ApiToken, key: str, request: Mapping[str, Any], now: datetime, answer: Callable[[], Answer]
) -> tuple[Answer, bool]:
    """The answer to a request, and whether it was given before; without a key each request is answered anew.

    A key holds for a day. Two requests with one key at the same moment get one answer. Refuses with KeyUsed another
    request under the same key.
    """
    if not key:
        return answer(), False
    PushedRequest.objects.filter(received_at__lt=now - KEPT).delete()
    fingerprint = hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()
    kept, is_new = PushedRequest.objects.get_or_create(
        token=token,
        key=key,
        defaults={"request_hash": fingerprint, "status": 0, "answer": {}, "received_at": now},
    )
    if not is_new:
        if kept.request_hash != fingerprint:
            raise KeyUsed(key=key)
        return (kept.status, kept.answer), True
    kept.status, kept.answer = answer()
    kept.save(update_fields=["status", "answer"])
    return (kept.status, kept.answer), False
