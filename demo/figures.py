"""Has the workers compute the figures of a demo tenant."""

from collections.abc import Iterable
from datetime import date, datetime

from demo.waiting import wait_for
from portal.tenancy.scope import Scope
from portal.tenancy.tasks import queue_on_commit
from slas.calculation.periods import Period
from slas.models import Attainment, ServiceLevelTarget
from slas.queries.targets import list_targets, slots_of
from slas.tasks import forecast_running_months, queue_attainments


def forecast_by_workers(scope: Scope) -> None:
    """Have the workers say how likely the running months are missed, as they do once a day."""
    with scope():
        queue_on_commit(forecast_running_months)


def compute_by_workers(scope: Scope, months: Iterable[date], now: datetime) -> int:
    """Queue each target's periods that share a month with these, wait until the workers made them; says how many."""
    periods = [Period.containing(month) for month in months]
    with scope():
        ids = list(ServiceLevelTarget.objects.values_list("pk", flat=True))
        expected = len(
            {(slot.target.pk, slot.period.first_on) for slot in slots_of(list_targets(ids=ids), periods, now)}
        )
        for period in periods:
            queue_attainments(target_ids=ids, periods=[period])
    wait_for(scope, lambda: expected - Attainment.objects.count(), "figures")
    return expected
