"""From agreed terms and facts to what is kept of a period: status, figures and the proof in words.

An outcome is a function of its inputs alone: the same inputs give the same bytes.
"""

from slas.calculation.outcomes.availability import AvailabilityInputs, judge_availability
from slas.calculation.outcomes.counts import (
    CasesInputs,
    SatisfactionInputs,
    SurveySums,
    VolumeInputs,
    judge_cases,
    judge_satisfaction,
    judge_volume,
)
from slas.calculation.outcomes.frame import Outcome
from slas.calculation.outcomes.interruptions import InterruptionsInputs, judge_interruptions
from slas.calculation.outcomes.occasions import OccasionsInputs, judge_occasions
from slas.calculation.outcomes.readings import ReadingsInputs, judge_readings

__all__ = [
    "AvailabilityInputs",
    "CasesInputs",
    "Inputs",
    "InterruptionsInputs",
    "OccasionsInputs",
    "Outcome",
    "ReadingsInputs",
    "SatisfactionInputs",
    "SurveySums",
    "VolumeInputs",
    "attain",
]

Inputs = (
    AvailabilityInputs
    | InterruptionsInputs
    | CasesInputs
    | VolumeInputs
    | OccasionsInputs
    | SatisfactionInputs
    | SurveySums
    | ReadingsInputs
)


def attain(inputs: Inputs) -> Outcome:
    """The outcome of one target in one period."""
    match inputs:
        case AvailabilityInputs():
            return judge_availability(inputs)
        case InterruptionsInputs():
            return judge_interruptions(inputs)
        case CasesInputs():
            return judge_cases(inputs)
        case ReadingsInputs():
            return judge_readings(inputs)
        case VolumeInputs():
            return judge_volume(inputs)
        case OccasionsInputs():
            return judge_occasions(inputs)
        case SatisfactionInputs() | SurveySums():
            return judge_satisfaction(inputs)
