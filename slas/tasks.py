"""Figures are made by workers."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from portal import clock
from portal.accounts.models import Membership
from portal.jobs.actions import request_job
from portal.jobs.models import Job
from portal.jobs.queries import find_job
from portal.jobs.tasks import queue_job
from portal.tenancy.tasks import queue_on_commit, tenant_task
from slas.actions import agreement_reminders, agreement_states, attainments, cross_checks, forecasts, hourly_counts
from slas.actions.credits import compute_credits
from slas.actions.measured_months import make_measured_months
from slas.actions.proposals import tell_ended_trials as tell_trials
from slas.calculation.periods import Period
from slas.exports.agreement import paper_key
from slas.models import Agreement, Attainment
from slas.queries.agreement_paper import AgreementPaper
from slas.queries.targets import list_targets

TARGETS_AT_ONCE = 500
CHECKED_AT_ONCE = 500
# Each forecast reads a year of figures, and every case of it.
FORECASTS_AT_ONCE = 20


@tenant_task(queue="attainment")
def recompute_dirty_targets() -> None:
    """Recompute the periods whose facts changed, a portion at a time, until nothing is queued."""
    computed = attainments.recompute_dirty(limit=TARGETS_AT_ONCE, now=clock.now())
    if computed.taken:
        queue_on_commit(recompute_dirty_targets)


@tenant_task(queue="attainment")
def count_readings(*, after: int = 0) -> None:
    """Count readings that wait by the hour, a measure at a time, until none waits."""
    counted = hourly_counts.count_waiting_hours(after=after)
    if counted is not None:
        queue_on_commit(count_readings, after=counted)


@tenant_task()
def make_measurement_months() -> None:
    """Make the tables that checks and readings of this month and of the next one lie in, before the first arrive."""
    make_measured_months(now=clock.now())


@tenant_task(queue="attainment")
def mark_stale_targets() -> None:
    """Queue the figures that time alone has changed: running periods, and those that have just ended."""
    if attainments.mark_stale(now=clock.now()):
        queue_on_commit(recompute_dirty_targets)


@tenant_task(queue="attainment")
def begin_due_agreements() -> None:
    """Put agreed versions in force on their first day, and end those whose last day is over."""
    if agreement_states.begin_due_agreements(now=clock.now()):
        queue_on_commit(recompute_dirty_targets)


@tenant_task()
def remind_of_agreements() -> None:
    """Tell both sides, each once, of days for notice, ends, reviews together and duties that come near."""
    agreement_reminders.remind_of_agreements(now=clock.now())


@tenant_task(queue="attainment")
def propose_credits(*, after: int = 0) -> None:
    """Propose what closed months give by what is agreed about credits, a portion of the schemes at a time."""
    computed = compute_credits(after=after, now=clock.now())
    if computed.go_on_after is not None:
        queue_on_commit(propose_credits, after=computed.go_on_after)


@tenant_task()
def tell_ended_trials() -> None:
    """Tell the service level managers of trials whose agreed months are over, each once."""
    tell_trials(now=clock.now())


@tenant_task(queue="attainment")
def forecast_running_months(*, after: int = 0) -> None:
    """Say once a day how likely each running month is to be missed, a portion of the targets at a time."""
    said = forecasts.say_forecasts(after=after, limit=FORECASTS_AT_ONCE, now=clock.now())
    if said.go_on_after is not None:
        queue_on_commit(forecast_running_months, after=said.go_on_after)


@tenant_task(queue="attainment")
def cross_check_figures(*, after_period: str = "", after_target: int = 0) -> None:
    """Count stored availability a second time, a portion at a time, the newest periods first.

    Administrators are told of each figure that is contradicted.
    """
    after = (date.fromisoformat(after_period), after_target) if after_period else None
    checked = cross_checks.cross_check_figures(now=clock.now(), after=after, limit=CHECKED_AT_ONCE)
    if checked.go_on_after is not None:
        on, target_id = checked.go_on_after
        queue_on_commit(cross_check_figures, after_period=on.isoformat(), after_target=target_id)


@tenant_task(queue="attainment")
def compute_attainments(*, target_ids: list[int], periods: list[str]) -> None:
    """Whole periods (`2026-10`) are recomputed from the facts, so that running twice changes nothing."""
    attainments.compute_attainments(
        targets=list_targets(ids=target_ids), periods=[Period.parse(period) for period in periods], now=clock.now()
    )


def queue_attainments(*, target_ids: Iterable[int], periods: Sequence[Period]) -> int:
    """Have workers compute the targets in these periods once the transaction is committed; says in how many tasks."""
    ids = sorted(set(target_ids))
    portions = [ids[at : at + TARGETS_AT_ONCE] for at in range(0, len(ids), TARGETS_AT_ONCE)]
    for portion in portions:
        queue_on_commit(compute_attainments, target_ids=portion, periods=[str(period) for period in periods])
    return len(portions)


def queue_figure_evidence(*, attainment: Attainment, ending: str, by: Membership, now: datetime) -> Job:
    """Have a worker write the evidence of a figure as it is now; asking again finds the same file."""
    job = request_job(
        kind="figure_evidence",
        key=f"{attainment.pk}-{ending}-{attainment.changed_at.isoformat()}",
        title=f"Evidence of {attainment.target.name}, {attainment.period_start}",
        arguments={"attainment_id": attainment.pk, "ending": ending},
        requested_by=by,
        now=now,
    )
    queue_job(job)
    return job


def queue_agreement_pdf(*, agreement: Agreement, shown: AgreementPaper, by: Membership | None, now: datetime) -> Job:
    """Have a worker put a version on paper as it stands now; asking again finds the same file."""
    key = paper_key(agreement=agreement, shown=shown)
    job = request_job(
        kind="agreement_pdf",
        key=key,
        title=shown.title,
        arguments={"agreement_id": agreement.pk, "key": key, "as_of": now.isoformat()},
        requested_by=by,
        now=now,
    )
    queue_job(job)
    return job


def find_agreement_pdf(*, agreement: Agreement, shown: AgreementPaper) -> Job | None:
    """The PDF of a version as it stands now, if anybody asked for it."""
    return find_job(kind="agreement_pdf", key=paper_key(agreement=agreement, shown=shown))
