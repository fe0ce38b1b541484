"""Tokens let programs in: as one member, within scopes, until they expire or are revoked."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from portal.accounts.models import ApiToken, Membership
from portal.accounts.queries import hash_secret, key_of
from portal.audit.actions import record


@transaction.atomic
def create_token(
    *,
    membership: Membership,
    name: str,
    scopes: Collection[str],
    days: int,
    by: Membership,
    now: datetime,
) -> tuple[ApiToken, str]:
    """A token for a program that acts as `membership`, and its key, which is shown once and never kept."""
    key_id, secret = secrets.token_hex(8), secrets.token_hex(32)
    token = ApiToken.objects.create(
        membership=membership,
        name=name,
        key_id=key_id,
        secret_hash=hash_secret(secret),
        scopes=sorted(scopes),
        expires_at=now + timedelta(days=days),
    )
    record(act="token.created", actor_id=by.user_id, at=now, subject=name, key_id=key_id, scopes=token.scopes)
    return token, key_of(tenant_slug=token.tenant.slug, key_id=key_id, secret=secret)


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Membership, now: datetime) -> ApiToken:
    """The token lets nobody in from the next request on; revoking again changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        record(act="token.revoked", actor_id=by.user_id, at=now, subject=token.name, key_id=token.key_id)
    return token


def note_use(*, token: ApiToken, on: date) -> None:
    """Keep the date on which a token was last used; written once a day."""
    if token.last_used_on != on:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=on)
