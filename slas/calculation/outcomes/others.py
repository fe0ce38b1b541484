"""A figure as others would count it: one convention changed, and everything else as agreed.

It is made to be read beside Parley's own figure, and is never stored, judged or credited.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from slas.calculation.conventions import NAMED, Convention
from slas.calculation.deadlines import Months
from slas.calculation.outcomes import Inputs
from slas.calculation.outcomes.availability import AvailabilityInputs, availability_by
from slas.calculation.outcomes.counts import CasesInputs, cases_by
from slas.calculation.rounding import half_up_percent, shown_percent
from slas.calculation.status import Status

_BY_NAME = {convention.name: convention for convention in NAMED}
ROUNDING = _BY_NAME["ordinary rounding"]
PLANNED_WORK = _BY_NAME["planned work stays in the denominator"]
PAUSES = _BY_NAME["pauses in clock time"]
NEXT_OPENING = _BY_NAME["due at the next opening"]
WITHOUT_VALUE = (Status.DATA_GAP, Status.NO_CASES)


@dataclass(frozen=True)
class OwnFigure:
    """A figure as Parley told it: its value as printed and exactly (None: there is none), its decimals, its status."""

    words: str
    share: Fraction | None
    decimals: int
    status: Status

    @property
    def is_comparable(self) -> bool:
        """Whether there is a value to read others beside."""
        return self.share is not None and self.status not in WITHOUT_VALUE


@dataclass(frozen=True)
class OtherFigure:
    """The same figure by a convention of others."""

    convention: Convention
    words: str
    status: Status
    is_same: bool


def as_others(own: OwnFigure, inputs: Inputs | None = None) -> tuple[OtherFigure, ...]:
    """The figure by each convention that applies to its kind; none where it has no value.

    Without its inputs, by those alone that need nothing but the value itself.
    """
    if not own.is_comparable:
        return ()
    return tuple(
        OtherFigure(convention, words, status, (words, status) == (own.words, own.status))
        for convention, (words, status) in _counted(own, inputs)
    )


def _counted(own: OwnFigure, inputs: Inputs | None) -> Iterator[tuple[Convention, tuple[str, Status]]]:
    # Few are said as “9/9”, and nothing is rounded.
    if own.share is not None and own.words == shown_percent(own.share, own.decimals):
        yield ROUNDING, (half_up_percent(own.share, own.decimals), own.status)
    match inputs:
        case AvailabilityInputs():
            yield PLANNED_WORK, availability_by(inputs, PLANNED_WORK)
        case CasesInputs():
            yield PAUSES, cases_by(inputs, PAUSES)
            # A limit in months may end outside service hours, which is no closing.
            if not isinstance(inputs.terms.limit, Months):
                yield NEXT_OPENING, cases_by(inputs, NEXT_OPENING)
