"""The time about which a measure knows nothing, whatever its facts are."""

from collections.abc import Iterable, Iterator

from slas.calculation.intervals import Interval, clip, subtract, union
from slas.calculation.local_time import midnight, zone_of
from slas.models import CoveredTime, DataGap
from slas.queries.inputs.terms import seconds
from slas.queries.targets import Slot


def uncovered_time(slot: Slot, covered: Iterable[CoveredTime]) -> Iterator[Interval]:
    """What a log of outages says nothing about: the time that nobody called complete. An outage in it still counts."""
    known = union(Interval(seconds(row.started_at), seconds(row.ended_at)) for row in covered)
    return subtract([slot.span], known)


def silent_time(slot: Slot, gaps: Iterable[DataGap]) -> Iterator[Interval]:
    """The gaps that were reported, and the time before the measure began, as far as they lie in the slot."""
    found = [Interval(seconds(gap.started_at), seconds(gap.ended_at)) for gap in gaps]
    since = slot.target.measure.starts_on
    if since is not None:
        found.append(Interval(slot.span.start, midnight(since, zone_of(slot.target.agreement.time_zone))))
    return clip(found, slot.span)
