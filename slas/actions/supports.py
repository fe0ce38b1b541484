"""What stands under a promise is named, and taken out again."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import Membership
from portal.audit.actions import record
from slas.errors.chain import CannotStandUnder, PromiseTakenOut, StandsUnderAlready
from slas.models import NOT_YET_AGREED, ServiceLevelTarget, Support
from slas.queries.supports import UNDER


@transaction.atomic
def name_support(
    *, target: ServiceLevelTarget, under: ServiceLevelTarget, step: int, by: Membership, now: datetime
) -> Support:
    """A promise of an OLA or contract stands under this one, as that step of its path.

    It is how IT keeps the promise and no part of the agreed text: it may change while the agreement is in force.
    Refuses with CannotStandUnder, StandsUnderAlready and PromiseTakenOut.
    """
    names = {"under": under.name, "promise": target.name}
    is_agreed = under.agreement.kind in UNDER and under.agreement.state not in NOT_YET_AGREED
    if not is_agreed or under.kind != target.kind or under.agreement.slug == target.agreement.slug:
        raise CannotStandUnder(**names)
    held = ServiceLevelTarget.objects.select_for_update(of=("self",), no_key=True).filter(pk=target.pk)
    if not held:
        raise PromiseTakenOut(promise=target.name)
    if target.supports.filter(by__agreement__slug=under.agreement.slug, by__slug=under.slug).exists():
        raise StandsUnderAlready(**names)
    support = Support.objects.create(target=target, by=under, step=step)
    record(act="support.named", actor_id=by.user_id, at=now, subject=target.name, under=under.name, step=str(step))
    return support


@transaction.atomic
def remove_support(*, support: Support, by: Membership, now: datetime) -> None:
    """It stands under the promise no more."""
    record(act="support.removed", actor_id=by.user_id, at=now, subject=support.target.name, under=support.by.name)
    support.delete()
