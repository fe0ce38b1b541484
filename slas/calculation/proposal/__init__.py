"""What could be promised, from what was measured, and how sure that is (calculation, section 14).

Two things are told apart by type. A `Proposal` or a `Prediction` speaks of the next month, so that it tells how many
misses a year to expect. A `Bound` or a `TimeBound` speaks of the true share or time behind the figures, and cannot.
"""

from slas.calculation.proposal.cautions import Caution, CautionKind, MeasuredMonth, cautions
from slas.calculation.proposal.months import (
    FEWEST_MONTHS,
    Proposal,
    propose,
    propose_each,
    propose_numbers,
    propose_safe,
)
from slas.calculation.proposal.shares import Bound, Prediction, predict, share_bound, wilson_bound
from slas.calculation.proposal.steps import share_step, time_step
from slas.calculation.proposal.times import TimeBound, fewest_values, time_bound

__all__ = [
    "FEWEST_MONTHS",
    "Bound",
    "Caution",
    "CautionKind",
    "MeasuredMonth",
    "Prediction",
    "Proposal",
    "TimeBound",
    "cautions",
    "fewest_values",
    "predict",
    "propose",
    "propose_each",
    "propose_numbers",
    "propose_safe",
    "share_bound",
    "share_step",
    "time_bound",
    "time_step",
    "wilson_bound",
]
