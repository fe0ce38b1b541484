"""The time about which a measure knows nothing, whatever its facts are."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from slas.calculation.intervals import Interval, clip, subtract, union
from slas.calculation.local_time import midnight
from slas.models import CoveredTime, DataGap, FactKind, Measure
from slas.queries import evidence
from slas.queries.inputs.terms import seconds


class Silence:
    """Reported gaps, the time before a measure began, and what a log of outages says nothing about, of many measures.

    They are read for one stretch of time.
    """

    def __init__(self, measures: Iterable[Measure], time: Interval) -> None:
        kinds = {measure.pk: measure.fact_kind for measure in measures}
        logs = [pk for pk, kind in kinds.items() if kind == FactKind.OUTAGES]
        self._gaps = evidence.gaps(kinds, *time)
        self._covered = evidence.covered(logs, *time) if logs else {}

    def of(self, measure: Measure, time: Interval, zone: ZoneInfo) -> Iterator[Interval]:
        """Of one measure in that part of the stretch."""
        yield from silent_time(measure, time, self._gaps.get(measure.pk, []), zone)
        if measure.fact_kind == FactKind.OUTAGES:
            yield from uncovered_time(time, self._covered.get(measure.pk, []))


def uncovered_time(span: Interval, covered: Iterable[CoveredTime]) -> Iterator[Interval]:
    """What a log of outages says nothing about: the time that nobody called complete. An outage in it still counts."""
    known = union(Interval(seconds(row.started_at), seconds(row.ended_at)) for row in covered)
    return subtract([span], known)


def silent_time(measure: Measure, span: Interval, gaps: Iterable[DataGap], zone: ZoneInfo) -> Iterator[Interval]:
    """The gaps that were reported, and the time before the measure began, as far as they lie in the span."""
    found = [Interval(seconds(gap.started_at), seconds(gap.ended_at)) for gap in gaps]
    if measure.starts_on is not None:
        found.append(Interval(span.start, midnight(measure.starts_on, zone)))
    return clip(found, span)
