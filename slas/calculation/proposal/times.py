"""The time that a share of all cases keeps, bounded by order statistics (calculation, section 14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import log

from slas.calculation.errors import BadThreshold, TooFewValues
from slas.calculation.proposal.confidence import open_to_doubt, whole_percent
from slas.calculation.rounding import share_of
from slas.calculation.shares import Observed


@dataclass(frozen=True)
class TimeBound:
    """So many percent of all cases take at most this long, in so many of a hundred such claims.

    It is the value at that rank. `seconds` is None where the case at that rank is still open: nobody knows yet how long
    it will take. Of one month it says nothing.
    """

    percent: str
    seconds: int | None
    rank: int
    counted: int
    confidence: Fraction

    @property
    def confidence_percent(self) -> int:
        """Confidence in whole percent, rounded down."""
        return whole_percent(self.confidence)


def time_bound(values: Iterable[Observed], percent: str, confidence: Fraction) -> TimeBound:
    """Upper bound of the time within which that percentage of all cases stays; percent as agreed, such as `90`.

    The smallest rank r with P(Bin(n, q) < r) >= confidence. A case that is still open counts as longer than all others.
    Raises TooFewValues with how many are missing, BadThreshold and BadConfidence.
    """
    observed = tuple(values)
    q, doubt = _quantile(percent), open_to_doubt(confidence)
    found = len(observed)
    needed = fewest_values(percent, confidence)
    if found < needed:
        raise TooFewValues(needed, found)
    rank = _rank(found, q, doubt)
    known = sorted(value.seconds for value in observed if not value.is_open)
    return TimeBound(percent, known[rank - 1] if rank <= len(known) else None, rank, found, confidence)


def fewest_values(percent: str, confidence: Fraction) -> int:
    """How many values are needed: the fewest of which not all lie below the quantile with that confidence."""
    q, doubt = _quantile(percent), open_to_doubt(confidence)
    nearly = int(log(doubt) / log(q)) - 1
    return next(number for number in count(max(1, nearly)) if q**number <= doubt)


def _quantile(percent: str) -> Fraction:
    """As a share. Raises BadThreshold unless it leaves something on both sides."""
    q = share_of(percent)
    if not 0 < q < 1:
        raise BadThreshold(percent)
    return q


def _rank(number: int, q: Fraction, doubt: Fraction) -> int:
    """The smallest r with P(Bin(number, q) >= r) <= doubt, in whole numbers: nothing is rounded."""
    good, all_of = q.numerator, q.denominator
    allowed = doubt.numerator * all_of**number // doubt.denominator
    term = total = good**number
    for failed in range(number):
        term = term * (number - failed) * (all_of - good) // ((failed + 1) * good)
        total += term
        if total > allowed:
            return number - failed
    return 1
