"""Share of readings within a limit in one period (calculation, section 5)."""

from dataclasses import dataclass

from slas.calculation.outcomes.counts import VolumeInputs, judge_counted
from slas.calculation.outcomes.frame import Outcome
from slas.calculation.outcomes.shares import share_words
from slas.calculation.readings import Limit

RULE = "Only readings in service time count."


@dataclass(frozen=True, kw_only=True)
class ReadingsInputs(VolumeInputs):
    """Readings of each local date in service time, and how many of them are within the limit."""

    limit: Limit


def judge_readings(inputs: ReadingsInputs) -> Outcome:
    """Share of the readings in service time that are within the limit; pooled, each reading counts once."""
    words = share_words(inputs.frame, "readings", inputs.limit.good, inputs.limit.bad)
    return judge_counted(inputs, "readings", words, terms={"limit": inputs.limit}, rule=RULE)
