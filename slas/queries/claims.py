"""What a figure would be if a claim were right."""

from datetime import datetime
from typing import Any

from slas.calculation.errors import CalculationError
from slas.calculation.intervals import Interval
from slas.calculation.outcomes import AvailabilityInputs, attain
from slas.calculation.outcomes.availability import with_claim
from slas.errors import ClaimNeedsOutages, FigureNotCalculated, ReversedClaim
from slas.models import Attainment
from slas.queries.inputs import gather_inputs
from slas.queries.targets import judged_targets, period_of, slot_of


def recompute_with_claim(
    *, attainment: Attainment, claimed_from: datetime, claimed_until: datetime, now: datetime
) -> dict[str, Any]:
    """The exact figures if the claimed time had been down as well; nothing is stored.

    Refuses with ClaimNeedsOutages for promises that do not count time, with ReversedClaim, and with FigureNotCalculated
    where the facts allow no figure.
    """
    if claimed_until <= claimed_from:
        raise ReversedClaim
    target = judged_targets().get(pk=attainment.target_id)
    slot = slot_of(target, period_of(target, attainment.period_start), now)
    claimed = Interval(int(claimed_from.timestamp()), int(claimed_until.timestamp()))
    try:
        inputs = gather_inputs(slots=[slot], now=now)[0][1] if slot else None
        if not isinstance(inputs, AvailabilityInputs):
            raise ClaimNeedsOutages(promise=target.name)
        return attain(with_claim(inputs, claimed)).result
    except CalculationError as error:
        period = period_of(target, attainment.period_start).label
        raise FigureNotCalculated(promise=target.name, period=period, why=str(error)) from error
