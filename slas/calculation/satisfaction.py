"""Satisfaction: the share of good answers, and their mean (calculation, section 8)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction

from slas.calculation.errors import BadScore, BadShare
from slas.calculation.missing import DEFAULT_MINIMUM_COVERAGE, UnknownPolicy
from slas.calculation.shares import ShareFigure

FEWEST_SHOWN = 5
_Z_95 = Decimal("1.959963984540054")


@dataclass(frozen=True)
class SatisfactionFigure:
    """Answers on a five-point scale; 4 and 5 are good. `asked` is how many were invited, None where nobody counted.

    `total` is the sum of all scores, None where only the good ones were counted. Below five answers nothing is shown,
    so that nobody can be recognised. `unknown`, `minimum_coverage` and `known_time` are those of a share. Raises
    BadShare for more good answers than answers, or below zero.

    `beside` is how many of the answers lie in shorter periods that hide theirs: fewer than five would be told by this
    figure less those of the other shorter periods, so that it is hidden too.
    """

    good: int
    answers: int
    asked: int | None = None
    total: int | None = None
    unknown: UnknownPolicy = UnknownPolicy.EXCLUDE
    minimum_coverage: Fraction = DEFAULT_MINIMUM_COVERAGE
    known_time: Fraction = Fraction(1)
    beside: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.good <= self.answers:
            raise BadShare(self.good, self.answers)

    @property
    def is_few(self) -> bool:
        """Too few answers to show any figure."""
        return 0 < self.answers < FEWEST_SHOWN

    @property
    def is_hidden(self) -> bool:
        """Whether the figure, or what it leaves of others, would tell the answers of few."""
        return self.is_few or 0 < self.beside < FEWEST_SHOWN

    @property
    def share(self) -> ShareFigure:
        """Good answers of all answers, judged like any share; of hidden answers nothing is known, not even how many."""
        if self.is_hidden:
            return ShareFigure(0, 0, known_time=Fraction(0))
        return ShareFigure(
            self.good,
            self.answers,
            policy=self.unknown,
            minimum_coverage=self.minimum_coverage,
            known_time=self.known_time,
        )

    @property
    def seen(self) -> "SatisfactionFigure":
        """What may be known of it: hidden answers are not even counted."""
        return replace(self, good=0, answers=0, beside=0) if self.is_hidden else self

    @property
    def mean(self) -> Fraction | None:
        """Mean score; None without scores, or while they are hidden."""
        if self.total is None or not self.answers or self.is_hidden:
            return None
        return Fraction(self.total, self.answers)

    @property
    def response_rate(self) -> Fraction | None:
        """Answers of those who were asked; None where nobody counted them, or the answers are hidden."""
        return Fraction(self.answers, self.asked) if self.asked and not self.is_hidden else None

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Wilson interval (95 %) of the share of good answers, four decimals, widened outward."""
        return wilson(self.good, self.answers) if self.answers and not self.is_hidden else None


def measure_satisfaction(scores: Iterable[int], asked: int | None = None) -> SatisfactionFigure:
    """The figure of scores from 1 to 5. Raises BadScore."""
    given = tuple(on_scale(score, 1, 5) for score in scores)
    return SatisfactionFigure(sum(score >= 4 for score in given), len(given), asked, sum(given))


def wilson(good: int, answers: int, z: Decimal = _Z_95) -> tuple[Decimal, Decimal]:
    """Wilson score interval for good of answers (at least one), to four decimals, never narrower than exact.

    `z` is how many standard deviations it reaches to both sides: 95 % of all lie between, unless another is given.
    """
    with localcontext(prec=40):
        n, p, z2 = Decimal(answers), Decimal(good) / Decimal(answers), z * z
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = z * (p * (1 - p) / n + z2 / (4 * n * n)).sqrt() / (1 + z2 / n)
        low, high = max(Decimal(0), centre - half), min(Decimal(1), centre + half)
        step = Decimal("0.0001")
        return low.quantize(step, "ROUND_FLOOR"), high.quantize(step, "ROUND_CEILING")


def on_scale(score: int, lowest: int, highest: int) -> int:
    """The score. Raises BadScore if it is not on the scale."""
    if not lowest <= score <= highest:
        raise BadScore(score, lowest, highest)
    return score
