"""Service credits: a proposal for people to decide on, from bands that leave no hole (calculation, section 15)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from slas.calculation.errors import (
    BadBands,
    BelowScale,
    NegativeAmount,
    NegativeLimit,
    NothingToKeep,
    RepeatedMember,
)
from slas.calculation.proof import Line, Proof, Role, Unit, prove
from slas.calculation.rounding import Better


@dataclass(frozen=True)
class CreditBand:
    """Values between two bounds, and what they are worth: an amount, or a share of the fee.

    The bound on the side of the target belongs to the better band: [low, high) where more is better, (low, high] where
    less is. `high` None has no end.
    """

    low: Fraction
    high: Fraction | None
    credit: Fraction


@dataclass(frozen=True)
class CreditScale:
    """Bands from the worst value to the target, without a gap and without an overlap. Raises BadBands.

    Where more is better they run from the lowest value that there is up to the target (0; net promoters: -1); where
    less is better from the target up without end.
    """

    target: Fraction
    bands: tuple[CreditBand, ...]
    better: Better = Better.MORE
    lowest: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bands", tuple(sorted(self.bands, key=lambda band: band.low)))
        if not self.bands:
            raise BadBands("there is none")
        for band in self.bands:
            if band.credit < 0:
                raise NegativeAmount("A credit", band.credit)
            if band.high is not None and band.high <= band.low:
                raise BadBands(f"the band from {band.low} to {band.high} holds no value")
        for lower, upper in pairwise(self.bands):
            self._check_joint(lower, upper)
        self._check_ends(self.bands[0].low, self.bands[-1].high)

    @staticmethod
    def _check_joint(lower: CreditBand, upper: CreditBand) -> None:
        if lower.high is None or lower.high > upper.low:
            raise BadBands(f"two bands hold {upper.low}")
        if lower.high < upper.low:
            raise BadBands(f"no band holds what lies between {lower.high} and {upper.low}")

    def _check_ends(self, low: Fraction, high: Fraction | None) -> None:
        wanted = (self.lowest, self.target) if self.better is Better.MORE else (self.target, None)
        if (low, high) != wanted:
            end = "without end" if wanted[1] is None else f"to {wanted[1]}"
            raise BadBands(f"they must run from {wanted[0]} {end}, up to the target and no further")

    def band_of(self, value: Fraction) -> CreditBand | None:
        """The band in which an exact value lies; None where, and only where, the target is met."""
        if self.better is Better.MORE:
            return next((band for band in self.bands if band.high is None or value < band.high), None)
        return next((band for band in reversed(self.bands) if band.low < value), None)


class Several(Enum):
    """What one event costs that hits several targets; agreed. The value is what a proof says."""

    HIGHEST = "highest"
    SUM = "sum"


class CreditUnit(Enum):
    """What credits and their caps are written in; the value is what a proof says."""

    AMOUNT = "amount"
    SHARE_OF_FEE = "share_of_fee"

    @property
    def divisor(self) -> int:
        """By what a credit or a cap is divided as people write it: percent of the fee, or the amount itself."""
        return 100 if self is CreditUnit.SHARE_OF_FEE else 1


@dataclass(frozen=True)
class CreditTerms:
    """What is agreed beside the bands. None: no cap, no claim needed, nothing is earned back.

    Caps are in the unit of the credits. `claim_days` runs from the day after the period; `earn_back_periods` is in how
    many following periods the target must be kept for a credit to be given back.
    """

    unit: CreditUnit
    several: Several = Several.HIGHEST
    period_cap: Fraction | None = None
    year_cap: Fraction | None = None
    claim_days: int | None = None
    earn_back_periods: int | None = None

    def __post_init__(self) -> None:
        for what, cap in (("The cap of a period", self.period_cap), ("The cap of a year", self.year_cap)):
            if cap is not None and cap < 0:
                raise NegativeAmount(what, cap)
        days, periods = self.claim_days, self.earn_back_periods
        if days is not None and days < 0:
            raise NegativeLimit(days, "A time to claim")
        if periods is not None and periods < 1:
            raise NothingToKeep(periods)

    def money(self, value: Fraction, fee: Fraction) -> Fraction:
        """A credit or a cap in money."""
        return value if self.unit is CreditUnit.AMOUNT else value * fee

    def is_earned_back(self, kept_after: Sequence[bool]) -> bool:
        """Whether the target was kept in each of the agreed following periods; never where none is agreed."""
        wanted = self.earn_back_periods
        return wanted is not None and len(kept_after) >= wanted and all(kept_after[:wanted])


@dataclass(frozen=True)
class TargetResult:
    """How one target stood, with the events that it rests on and what the customer owed and did not do.

    Raises BelowScale for a value that this kind of figure cannot have.
    """

    target: str
    value: Fraction
    scale: CreditScale
    events: frozenset[str] = frozenset()
    unmet_obligations: tuple[str, ...] = ()
    claimed_on: date | None = None

    def __post_init__(self) -> None:
        if self.value < self.scale.lowest:
            raise BelowScale(self.target, self.value, self.scale.lowest)


@dataclass(frozen=True)
class Billing:
    """The period that is credited: its end (half-open), its fee, that of its year, and what this year had already."""

    end_on: date
    fee: Fraction
    year_fee: Fraction
    credited_this_year: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        for what, amount in (
            ("The fee", self.fee), ("The fee of the year", self.year_fee),
            ("What was credited", self.credited_this_year),
        ):  # fmt: skip
            if amount < 0:
                raise NegativeAmount(what, amount)


class CreditGround(Enum):
    """Why a target is credited, or why not."""

    CREDITED = "credited"
    KEPT = "kept"
    CUSTOMER_OBLIGATION = "customer_obligation"
    NOT_CLAIMED = "not_claimed"
    SAME_EVENT = "same_event"


@dataclass(frozen=True)
class CreditLine:
    """One target: the band it fell in, what that is worth, and what is proposed of it."""

    target: str
    value: Fraction
    band: CreditBand | None
    worth: Fraction
    credit: Fraction
    ground: CreditGround


@dataclass(frozen=True)
class CreditProposal:
    """What could be credited, before and after the caps. It binds nobody until people approve it."""

    lines_of_targets: tuple[CreditLine, ...]
    total: Fraction
    after_period_cap: Fraction
    amount: Fraction

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sum: each target, all together, what the caps leave."""
        targets = (Line("target", Role.PART, Unit.MONEY, each.credit, _details(each)) for each in self.lines_of_targets)
        return (
            *targets,
            Line("credits_together", Role.TOTAL, Unit.MONEY, self.total),
            Line("after_period_cap", Role.TOTAL, Unit.MONEY, self.after_period_cap),
            Line("after_year_cap", Role.TOTAL, Unit.MONEY, self.amount),
            Line("standing", Role.RESULT, Unit.STATUS, "proposal"),
        )


def _details(line: CreditLine) -> tuple[tuple[str, Fraction | str], ...]:
    return (("name", line.target), ("value", line.value), ("worth", line.worth), ("ground", line.ground.value))


def propose_credits(terms: CreditTerms, billing: Billing, results: Iterable[TargetResult]) -> CreditProposal:
    """The proposal for one period, its targets in order of name. Raises RepeatedMember."""
    ordered = sorted(results, key=lambda result: result.target)
    RepeatedMember.check(result.target for result in ordered)
    lines = [_line(result, terms, billing) for result in ordered]
    if terms.several is Several.HIGHEST:
        lines = _highest_of_each_event(lines, [result.events for result in ordered])
    total = sum((line.credit for line in lines), Fraction(0))
    capped = total if terms.period_cap is None else min(total, terms.money(terms.period_cap, billing.fee))
    amount = capped
    if terms.year_cap is not None:
        left = terms.money(terms.year_cap, billing.year_fee) - billing.credited_this_year
        amount = min(capped, max(left, Fraction(0)))
    return CreditProposal(tuple(lines), total, capped, amount)


def _line(result: TargetResult, terms: CreditTerms, billing: Billing) -> CreditLine:
    band = result.scale.band_of(result.value)
    worth = terms.money(band.credit, billing.fee) if band is not None else Fraction(0)
    ground = _ground(result, band, terms, billing)
    credit = worth if ground is CreditGround.CREDITED else Fraction(0)
    return CreditLine(result.target, result.value, band, worth, credit, ground)


def _ground(result: TargetResult, band: CreditBand | None, terms: CreditTerms, billing: Billing) -> CreditGround:
    if band is None:
        return CreditGround.KEPT
    if result.unmet_obligations:
        return CreditGround.CUSTOMER_OBLIGATION
    if terms.claim_days is not None:
        last_on = billing.end_on + timedelta(days=terms.claim_days - 1)
        if result.claimed_on is None or result.claimed_on > last_on:
            return CreditGround.NOT_CLAIMED
    return CreditGround.CREDITED


def _highest_of_each_event(lines: Sequence[CreditLine], events: Sequence[frozenset[str]]) -> list[CreditLine]:
    """Of the targets that one event hit only the highest credit stays: a target that is the highest of none has none.

    Of equal credits that of more events is the highest; among those the events decide, and the name only where these
    are the same as well: no sum depends on how a promise is called.
    """
    settled: set[str] = set()
    staying: set[str] = set()
    order = sorted(
        zip(lines, events, strict=True),
        key=lambda each: (-each[0].credit, -len(each[1]), sorted(each[1]), each[0].target),
    )
    for line, hit_by in order:
        if not hit_by or not hit_by <= settled:
            staying.add(line.target)
            settled |= hit_by
    return [
        line
        if not line.credit or line.target in staying
        else replace(line, credit=Fraction(0), ground=CreditGround.SAME_EVENT)
        for line in lines
    ]


def prove_credits(
    terms: CreditTerms, billing: Billing, results: Iterable[TargetResult], proposal: CreditProposal
) -> Proof:
    """The proof of a proposal. Its evidence is the events behind the targets that were missed."""
    ordered = sorted(results, key=lambda result: result.target)
    obligations = [replace(each, unmet_obligations=tuple(sorted(each.unmet_obligations))) for each in ordered]
    inputs = {"terms": terms, "billing": billing, "results": obligations}
    events = sorted({event for result in ordered for event in result.events})
    return prove("credits", inputs, proposal.lines, tuple(events))
