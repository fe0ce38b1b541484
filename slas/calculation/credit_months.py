"""A month of a scheme of credits as it is billed and judged, and what is earned back (calculation, section 15)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import takewhile

from slas.calculation.credits import (
    Billing,
    CreditProposal,
    CreditScale,
    CreditTerms,
    TargetResult,
    propose_credits,
)
from slas.calculation.periods import add_months

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Scheme:
    """What is agreed about credits: the terms, the monthly fee, and the bands of each promise by its address.

    Where credits are amounts the fee is not used; 0 will do.
    """

    terms: CreditTerms
    fee: Fraction
    scales: Mapping[str, CreditScale]


@dataclass(frozen=True)
class CreditMonth:
    """How a month went, by address of the promise: the exact value of each that was judged, the events behind it, and
    the duties of the customer that were overdue. A promise without a value earns nothing and gives nothing back.
    """

    first_on: date
    values: Mapping[str, Fraction]
    events: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unmet: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def end_on(self) -> date:
        """The first day of the next month."""
        return add_months(self.first_on, 1)


@dataclass(frozen=True)
class MonthCredit:
    """What could be credited for a month, and whether the months after it earned that back."""

    month: CreditMonth
    proposal: CreditProposal
    is_earned_back: bool


def credits_for(months: Iterable[CreditMonth], scheme: Scheme) -> tuple[MonthCredit, ...]:
    """The proposal for each month of several that are tried together, in order, with the cap of each calendar year.

    What was credited counts toward the cap of its year also when it is earned back later.
    """
    ordered = sorted(months, key=lambda month: month.first_on)
    kept = {name: kept_months(ordered, scheme, name) for name in scheme.scales}
    used: dict[int, Fraction] = defaultdict(Fraction)
    made = []
    for month in ordered:
        billing = billing_of(month, scheme, used[month.first_on.year])
        proposal = propose_credits(scheme.terms, billing, results_of(month, scheme))
        used[month.first_on.year] += proposal.amount
        made.append(MonthCredit(month, proposal, _is_earned_back(month, proposal, scheme, kept)))
    return tuple(made)


def billing_of(month: CreditMonth, scheme: Scheme, credited: Fraction) -> Billing:
    """The month as it is billed: its fee, that of a year, and what its calendar year had already."""
    return Billing(month.end_on, scheme.fee, scheme.fee * MONTHS_A_YEAR, credited)


def results_of(month: CreditMonth, scheme: Scheme) -> list[TargetResult]:
    """The promises that have bands and a value in that month."""
    return [
        TargetResult(
            name,
            month.values[name],
            scale,
            month.events.get(name, frozenset()),
            month.unmet.get(name, ()),
        )
        for name, scale in scheme.scales.items()
        if name in month.values
    ]


def kept_months(months: Iterable[CreditMonth], scheme: Scheme, name: str) -> dict[date, bool]:
    """Whether a promise was kept in each month that is over; one without a value was not."""
    values = {month.first_on: month.values.get(name) for month in months}
    scale = scheme.scales[name]
    return {on: value is not None and scale.band_of(value) is None for on, value in values.items()}


def kept_after(first_on: date, kept: Mapping[date, bool], periods: int) -> list[bool]:
    """Whether a promise was kept in each of so many months after that one, up to the first that is not over."""
    following = (add_months(first_on, later) for later in range(1, periods + 1))
    return [kept[month] for month in takewhile(kept.__contains__, following)]


def _is_earned_back(
    month: CreditMonth, proposal: CreditProposal, scheme: Scheme, kept: Mapping[str, Mapping[date, bool]]
) -> bool:
    """Given back is the whole month, when each promise that was credited was kept in all of the agreed months."""
    credited = [line.target for line in proposal.lines_of_targets if line.credit]
    periods = scheme.terms.earn_back_periods or 0
    return bool(credited) and all(
        scheme.terms.is_earned_back(kept_after(month.first_on, kept[name], periods)) for name in credited
    )
