"""Figures that cannot be calculated until somebody puts facts or terms right."""

from dataclasses import dataclass

from reporting.queries.workbench_desk import Desk
from slas.queries.failures import failed_periods
from slas.queries.targets import period_of


@dataclass(frozen=True, slots=True)
class Stuck:
    """One promise in one period: why there is no figure from its facts, and where they are."""

    promise: str
    period: str
    agreement: str
    why: str
    measure_name: str
    measure_slug: str


def list_stuck(*, desk: Desk) -> list[Stuck]:
    """By promise and period."""
    return [
        Stuck(
            promise=row.target.name,
            period=period_of(row.target, row.period_start).label,
            agreement=row.target.agreement.name,
            why=row.failure,
            measure_name=row.target.measure.name,
            measure_slug=row.target.measure.slug,
        )
        for row in failed_periods().filter(desk.own_targets())
    ]
