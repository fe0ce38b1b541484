"""Reliability and maintainability: how often it failed, how long it took to bring back (calculation, section 3)."""

from dataclasses import dataclass
from fractions import Fraction

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms, measure_availability
from slas.calculation.intervals import Interval, Ruler, subtract
from slas.calculation.outages import failures, hull
from slas.calculation.planned_work import split_work


@dataclass(frozen=True)
class ReliabilityFigure:
    """Failures of a service in a period; times are mean seconds, None while none began.

    `lost` may be above zero with no failure: minutes go where they fell, the count goes where it began.
    """

    failures: int
    counted_seconds: int
    lost: Fraction

    @property
    def restore_time(self) -> Fraction | None:
        """MTRS: mean time to restore service."""
        return self.lost / self.failures if self.failures else None

    @property
    def time_between_failures(self) -> Fraction | None:
        """MTBF: mean time from the end of one failure to the start of the next."""
        return (self.counted_seconds - self.lost) / self.failures if self.failures else None

    @property
    def time_between_incidents(self) -> Fraction | None:
        """MTBSI: mean time from start to start, MTBF + MTRS."""
        return Fraction(self.counted_seconds, self.failures) if self.failures else None


def measure_reliability(span: Interval, terms: AvailabilityTerms, facts: AvailabilityFacts) -> ReliabilityFigure:
    """Failures that began in the span: those whose first second in service hours, not excluded, lies in it.

    An outage that closing hours cut in two is one failure.
    """
    figure = measure_availability(span, terms, facts)
    ended = [outage.ended_by(span.end) for outage in facts.outages if outage.counts]
    hulls = [hull(failure) for failure in failures(ended, terms.flap_gap)]
    long_enough = [time for time in hulls if time.seconds >= terms.minimum_outage]
    earliest = min((time.start for time in long_enough), default=span.start)
    counted = _counted(Interval(min(earliest, span.start), span.end), terms, facts)
    began = [counted.first_within(time) for time in long_enough]
    return ReliabilityFigure(
        failures=sum(1 for second in began if second is not None and span.start <= second < span.end),
        counted_seconds=figure.counted_seconds,
        lost=figure.lost_to_events,
    )


def _counted(reach: Interval, terms: AvailabilityTerms, facts: AvailabilityFacts) -> Ruler:
    service = tuple(terms.hours.working(reach))
    return Ruler(subtract(service, split_work(facts.planned_works, terms.planned_work, service).excluded))
