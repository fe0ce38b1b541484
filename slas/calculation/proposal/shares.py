"""Shares of pooled cases: what the true share is at least, and what a future month will keep (calculation, section 14).

Cases are taken as independent, each as likely to be met as any other.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

from slas.calculation.errors import BadShare
from slas.calculation.proposal.confidence import DOWNWARD, UPWARD, misses_in_a_year, open_to_doubt, whole_percent
from slas.calculation.proposal.steps import share_step
from slas.calculation.satisfaction import wilson


@dataclass(frozen=True)
class Bound:
    """The true share is at least this, in so many of a hundred such claims; of one month it says nothing."""

    share: Fraction
    confidence: Fraction
    counted: int

    @property
    def confidence_percent(self) -> int:
        """Confidence in whole percent, rounded down."""
        return whole_percent(self.confidence)


@dataclass(frozen=True)
class Prediction:
    """A level that a future month of so many cases keeps with at least this confidence."""

    level: Fraction
    confidence: Fraction
    cases: int

    @property
    def confidence_percent(self) -> int:
        """Confidence in whole percent, rounded down."""
        return whole_percent(self.confidence)

    @property
    def misses_a_year(self) -> Fraction:
        """Expected misses in twelve such months."""
        return misses_in_a_year(self.confidence)


def share_bound(met: int, counted: int, confidence: Fraction, places: int = 1) -> Bound:
    """Clopper and Pearson's lower bound in percent with so many decimals, rounded down.

    It is the largest share under which so many met or more would be seen with at most 1 - confidence. Raises BadShare
    and BadConfidence.
    """
    doubt = open_to_doubt(confidence)
    _refuse_no_share(met, counted)
    steps = 100 * 10**places
    allowed = DOWNWARD.divide(Decimal(doubt.numerator), Decimal(doubt.denominator))
    below = bisect_right(range(steps), allowed, key=lambda step: _at_least(met, counted, Decimal(step) / steps))
    return Bound(Fraction(max(0, below - 1), steps), confidence, counted)


def wilson_bound(met: int, counted: int, confidence: Fraction) -> Fraction:
    """Wilson's lower bound: a quick view that may claim a little more than is sure; nothing is promised from it.

    Raises BadShare and BadConfidence.
    """
    open_to_doubt(confidence)
    _refuse_no_share(met, counted)
    low, _high = wilson(met, counted, Decimal(NormalDist().inv_cdf(float(confidence))))
    return Fraction(low)


def predict(met: int, counted: int, cases: int, confidence: Fraction) -> Prediction:
    """The strictest known level that a month of so many cases keeps with at least that confidence.

    Beta-binomial, begun so that the claim holds whatever the true share is (it counts one met case less than was seen):
    wider than the bound on the share, because a month has its own luck. Raises BadShare and BadConfidence.
    """
    open_to_doubt(confidence)
    _refuse_no_share(met, counted)
    _refuse_no_share(0, cases)
    chances = dict(_chances(met, counted, cases))
    sure = max(good for good, chance in chances.items() if chance >= confidence)
    level = share_step(Fraction(sure, cases))
    needed = -(-level.numerator * cases // level.denominator)
    return Prediction(level, Fraction(chances[needed]), cases)


def _refuse_no_share(met: int, counted: int) -> None:
    if counted <= 0 or not 0 <= met <= counted:
        raise BadShare(met, counted)


def _at_least(met: int, counted: int, share: Decimal) -> Decimal:
    """P(Bin(counted, share) >= met), never less than exact."""
    if not met:
        return Decimal(1)
    if not share:
        return Decimal(0)
    term = total = _power(share, counted)
    for failed in range(counted - met):
        over = UPWARD.multiply(term, (1 - share) * (counted - failed))
        term = UPWARD.divide(over, share * (failed + 1))
        total = UPWARD.add(total, term)
    return total


def _power(share: Decimal, exponent: int) -> Decimal:
    """Squared and multiplied, never less than exact."""
    result = Decimal(1)
    for bit in f"{exponent:b}":
        result = UPWARD.multiply(result, result)
        if bit == "1":
            result = UPWARD.multiply(result, share)
    return result


def _chances(met: int, counted: int, cases: int) -> Iterator[tuple[int, Decimal]]:
    """P(at least so many of the cases are met) from all of them down to none, never more than exact.

    P(y met) = C(met+y-1, y) C(counted-met+cases-y, cases-y) / C(counted+cases, cases).
    """
    term = Decimal(1)
    for case in range(1, cases + 1):
        term = DOWNWARD.divide(DOWNWARD.multiply(term, Decimal(met + case - 1)), Decimal(counted + case))
    total = term
    for good in range(cases, 0, -1):
        yield good, total
        over = good * (counted - met + cases - good + 1)
        under = (met + good - 1) * (cases - good + 1)
        term = DOWNWARD.divide(DOWNWARD.multiply(term, Decimal(over)), Decimal(under)) if under else term
        total = DOWNWARD.add(total, term)
    yield 0, Decimal(1)
