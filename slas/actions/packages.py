"""Packages of promises are kept and dropped; an agreement that was made with one does not change with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from portal.accounts.models import Membership
from portal.audit.actions import record
from slas.errors.packages import PackageEmpty
from slas.models import TargetPackage


@transaction.atomic
def create_package(
    *, name: str, purpose: str, rows: Sequence[Mapping[str, str]], by: Membership, now: datetime
) -> TargetPackage:
    """Keep promises under a name. Refuses with PackageEmpty."""
    if not rows:
        raise PackageEmpty
    package = TargetPackage.objects.create(name=name, purpose=purpose, rows=[dict(row) for row in rows])
    record(act="package.created", actor_id=by.user_id, at=now, subject=name, promises=len(rows))
    return package


@transaction.atomic
def remove_package(*, package: TargetPackage, by: Membership, now: datetime) -> None:
    """Drop a package; promises that were made with it stay."""
    record(act="package.removed", actor_id=by.user_id, at=now, subject=package.name)
    package.delete()
