"""The months of a promise that were measured, in all versions of its agreement."""

from datetime import date
from fractions import Fraction

from portal.accounts.models import Membership
from portal.language.facts import read
from slas.calculation.periods import add_months
from slas.models import Attainment, PeriodKind, ServiceLevelTarget, TargetKind
from slas.queries.attainments import held_attainments

YEAR = 12


def measured_months(
    *, reader: Membership, target: ServiceLevelTarget, until: date, months: int = YEAR
) -> list[Attainment]:
    """The last ended months (twelve) of a promise in all versions of its agreement, oldest first.

    Left out are months without a value, and those of which less is known than was agreed to be enough.
    """
    month = until.replace(day=1)
    rows = held_attainments(reader=reader).filter(
        target__agreement__slug=target.agreement.slug,
        target__slug=target.slug,
        target__period_kind=PeriodKind.MONTH,
        period_end__lte=month,
        period_start__gte=add_months(month, -months),
    )
    ordered = rows.defer("proof").order_by("period_start", "target__agreement__version")
    return [row for row in ordered if is_measured(row, target.kind)]


def is_measured(attainment: Attainment, kind: str) -> bool:
    """Whether a month has a value, and enough is known of it."""
    return measured_value(attainment, kind) is not None and not read(kind, attainment.result).is_gap


def measured_share(attainment: Attainment) -> Fraction | None:
    """The exact share of a month, whatever the kind of promise."""
    result = attainment.result
    text = result.get("agreed", result.get("share"))
    return None if text is None else Fraction(text)


def measured_value(attainment: Attainment, kind: str) -> Fraction | None:
    """What is held against a level: the exact share of a month, or the number of its interruptions."""
    if kind != TargetKind.RELIABILITY:
        return measured_share(attainment)
    result = attainment.result
    return Fraction(result["late"]) if result.get("counted_seconds") else None
