"""Throughput: units accepted per service hour or working day, promised up to a volume (calculation, section 6)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from fractions import Fraction

from slas.calculation.errors import BadShare, BadVolume, EmptyPeriod
from slas.calculation.intervals import Interval
from slas.calculation.local_time import local, zone_of
from slas.calculation.proof import Line, Proof, Role, Unit, prove
from slas.calculation.seen import seen_hours
from slas.calculation.service_hours import ServiceHours
from slas.calculation.status import CloseRule, Standing, Status, Verdict, judge, standing_status


class Per(Enum):
    """What throughput is counted against; the value is what a proof says."""

    SERVICE_HOUR = "service_hour"
    WORKING_DAY = "working_day"


@dataclass(frozen=True)
class AgreedVolume:
    """The volume up to which a promise holds: what was agreed, and the factor that is still borne (1.1 = 10 % more)."""

    volume: int
    factor: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if self.volume < 0 or self.factor < 1:
            raise BadVolume(self.volume, self.factor)

    @property
    def limit(self) -> Fraction:
        """The most that may come while the promise holds."""
        return self.volume * self.factor

    def holds(self, demand: int) -> bool:
        """Whether the promise holds for that demand; equality is within the volume."""
        return demand <= self.limit


def up_to_volume(verdict: Verdict, volume: AgreedVolume | None, demand: int) -> Verdict:
    """The verdict on any target that is promised up to a volume: above it there is nothing to judge.

    What was measured stays with it, so that the period is shown and labelled.
    """
    if volume is None or volume.holds(demand):
        return verdict
    return Verdict(Status.NO_CASES, met=None, certain=None, standing=verdict.standing)


@dataclass(frozen=True)
class ThroughputFigure:
    """Accepted units of a period against its service hours or working days; `demand` is what came in."""

    accepted: int
    demand: int
    per: Per
    units: Fraction
    volume: AgreedVolume | None = None

    def __post_init__(self) -> None:
        if min(self.accepted, self.demand) < 0:
            raise BadShare(self.accepted, self.demand)

    @property
    def rate(self) -> Fraction | None:
        """Units per service hour or working day; None where none fell in the period."""
        return self.accepted / self.units if self.units else None

    @property
    def is_over_volume(self) -> bool:
        """More came than was agreed: the period is labelled, and nothing is judged."""
        return self.volume is not None and not self.volume.holds(self.demand)

    def judge(self, least: Fraction, close: CloseRule) -> Verdict:
        """Against the least rate that is promised; what is missing to it is what was lost. Equality is met.

        There is no room below it, but there is time above it: less than the margin more than promised is close.
        """
        if not self.units:
            return judge(None, None, close)
        promised = least * self.units
        surplus = self.accepted - promised
        standing = Standing(max(-surplus, Fraction(0)), Fraction(0), promised)
        is_close = close.margin is not None and 0 <= surplus < close.margin * promised
        status = Status.CLOSE if is_close else standing_status(standing, close)
        verdict = Verdict(status, standing.met, standing.met, standing)
        return up_to_volume(verdict, self.volume, self.demand)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sum: what was accepted, in how much time, and the rate."""
        lines = [
            Line("accepted", Role.TOTAL, Unit.COUNT, Fraction(self.accepted)),
            Line(self.per.value, Role.PART, Unit.NUMBER, self.units),
        ]
        if self.rate is not None:
            lines.append(Line("rate", Role.TOTAL, Unit.NUMBER, self.rate))
        if self.volume is not None:
            details = (("demand", Fraction(self.demand)), ("over_volume", "yes" if self.is_over_volume else "no"))
            lines.append(Line("volume", Role.PART, Unit.NUMBER, self.volume.limit, details))
        return tuple(lines)


def measure_throughput(
    span: Interval,
    hours: ServiceHours,
    per: Per,
    accepted: int,
    demand: int,
    volume: AgreedVolume | None = None,
    zone: str = "",
) -> ThroughputFigure:
    """Units accepted in the span per service hour, or per date on which service hours open. Raises EmptyPeriod.

    `zone` is that of the agreement, in which its dates are said; without one, that of the hours.
    """
    if span.start >= span.end:
        raise EmptyPeriod(*span)
    if per is Per.SERVICE_HOUR:
        return ThroughputFigure(accepted, demand, per, Fraction(hours.elapsed(*span), 3600), volume)
    tz = zone_of(zone) if zone else hours.tz
    first, last = local(span.start, tz).date(), local(span.end - 1, tz).date()
    dates = (first + timedelta(days=day) for day in range((last - first).days + 1))
    return ThroughputFigure(accepted, demand, per, Fraction(sum(map(hours.is_working_day, dates))), volume)


def prove_throughput(span: Interval, hours: ServiceHours, figure: ThroughputFigure, evidence: tuple[str, ...]) -> Proof:
    """The proof of a throughput; `evidence` names the records that were added up."""
    records = tuple(sorted(evidence))
    inputs = {"span": span, "hours": seen_hours(hours, span), "figure": figure, "records": list(records)}
    return prove("throughput", inputs, figure.lines, records)
