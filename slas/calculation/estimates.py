"""How good estimates were, and what lies behind it: changed requirements and rework (calculation, section 7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from slas.calculation.errors import BadEstimate, BadShare, RepeatedMember
from slas.calculation.proof import Line, Proof, Role, Unit, prove
from slas.calculation.shares import ShareFigure

NEAR = Fraction(1, 5)


@dataclass(frozen=True)
class Estimate:
    """What was estimated for one piece of work and what it really took, in one unit of effort. Raises BadEstimate."""

    id: str
    estimated: Fraction
    actual: Fraction

    def __post_init__(self) -> None:
        if self.estimated <= 0 or self.actual <= 0:
            raise BadEstimate(self.id, self.estimated, self.actual)

    @property
    def ratio(self) -> Fraction:
        """Actual effort over estimate: 1 is exact, 2 is twice as much."""
        return self.actual / self.estimated


@dataclass(frozen=True)
class EstimatesFigure:
    """Ratios of finished work, the lowest first."""

    ratios: tuple[tuple[str, Fraction], ...]

    @property
    def median(self) -> Fraction | None:
        """The ratio in the middle, by nearest rank; None without any."""
        return self.ratios[(len(self.ratios) - 1) // 2][1] if self.ratios else None

    def near(self, margin: Fraction = NEAR) -> ShareFigure:
        """How many of the estimates were within the margin, on either side; its edges are within."""
        return ShareFigure(sum(abs(ratio - 1) <= margin for _, ratio in self.ratios), len(self.ratios))

    @property
    def typical(self) -> Decimal | None:
        """Their mean on a log scale, where half and twice cancel out, to four decimals; None without any."""
        if not self.ratios:
            return None
        with localcontext(prec=40):
            logs = [Decimal(ratio.numerator).ln() - Decimal(ratio.denominator).ln() for _, ratio in self.ratios]
            return (sum(logs, Decimal(0)) / len(logs)).exp().quantize(Decimal("0.0001"), ROUND_HALF_EVEN)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sum: each piece of work, how many were near, the middle and the mean."""
        if self.median is None or self.typical is None:
            return (Line("finished", Role.TOTAL, Unit.COUNT, Fraction(0)),)
        near = self.near()
        return (
            Line("finished", Role.TOTAL, Unit.COUNT, Fraction(near.eligible), self.ratios),
            Line("near", Role.PART, Unit.COUNT, Fraction(near.met), (("margin", NEAR),)),
            Line("median_ratio", Role.TOTAL, Unit.NUMBER, self.median),
            Line("typical_ratio", Role.PART, Unit.NUMBER, Fraction(self.typical)),
        )


def measure_estimates(estimates: Iterable[Estimate]) -> EstimatesFigure:
    """The figure of finished pieces of work. Raises RepeatedMember."""
    ordered = sorted((each.ratio, each.id) for each in estimates)
    RepeatedMember.check(name for _, name in ordered)
    return EstimatesFigure(tuple((name, ratio) for ratio, name in ordered))


@dataclass(frozen=True)
class Causes:
    """What lies behind slips and estimates. It can be shown and not be judged: no side causes it alone.

    Requirements as they stood in the baseline, how many were added, changed or dropped since, and hours of effort with
    those of rework among them. Raises BadShare.
    """

    requirements: int
    changed: int
    effort_hours: Fraction
    rework_hours: Fraction

    def __post_init__(self) -> None:
        if min(self.requirements, self.changed) < 0:
            raise BadShare(self.changed, self.requirements)
        if not 0 <= self.rework_hours <= self.effort_hours:
            raise BadShare(self.rework_hours, self.effort_hours)

    @property
    def stability(self) -> Fraction | None:
        """Part of the requirements that stayed as they were; nothing when as many changed as there were."""
        return max(Fraction(0), 1 - Fraction(self.changed, self.requirements)) if self.requirements else None

    @property
    def rework_share(self) -> Fraction | None:
        """Part of the effort that went into rework."""
        return self.rework_hours / self.effort_hours if self.effort_hours else None

    @property
    def lines(self) -> tuple[Line, ...]:
        """Both shares, with what they are taken of."""
        changed = (("changed", Fraction(self.changed)), ("of", Fraction(self.requirements)))
        hours = (("rework", self.rework_hours), ("of", self.effort_hours))
        shares = (("stability", self.stability, changed), ("rework", self.rework_share, hours))
        return tuple(
            Line(key, Role.PART, Unit.SHARE, share, details) for key, share, details in shares if share is not None
        )


def prove_estimates(estimates: Iterable[Estimate], figure: EstimatesFigure, causes: Causes | None = None) -> Proof:
    """The proof of the accuracy of estimates, with what lies behind it; its evidence is the pieces of work."""
    ordered = sorted(estimates, key=lambda each: each.id)
    lines = figure.lines if causes is None else (*figure.lines, *causes.lines)
    inputs = {"estimates": ordered, "causes": causes}
    return prove("estimates", inputs, lines, tuple(each.id for each in ordered))
