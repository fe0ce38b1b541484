"""What several promises stand on in the year from a day on, read once, in the terms of the core."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from portal.language.dates import day_long_year, place_of
from portal.language.numbers import lower_first
from slas.calculation.chain.path import Leg, PathCheck, Step, check_path
from slas.calculation.chain.structure import Alternatives, PartPromise, Supportable, supportable
from slas.calculation.intervals import Interval
from slas.calculation.local_time import midnight, zone_of
from slas.calculation.periods import Period, add_months
from slas.calculation.service_hours import ServiceHours
from slas.models import ServiceLevelTarget, TargetKind
from slas.queries.hours import HoursBook
from slas.queries.inputs.terms import ALWAYS, limit_of, share_of_percent
from slas.queries.supports import Grounds, Stands, list_owners
from slas.queries.targets import period_of, promised_dates

YEAR = 12
DAY = timedelta(days=1)
Factor = PartPromise | Alternatives


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which the same stands under a promise: from the first to before another."""

    on: date
    before: date


class Terms:
    """The year from a day on: hours, spans and owners of promises, and what is promised about parts."""

    def __init__(self, targets: Sequence[ServiceLevelTarget], grounds: Grounds, on: date) -> None:
        self.until = add_months(on, YEAR)
        self._on, self._grounds = on, grounds
        # Promises of one agreement often have the same hours, limits and parts.
        self._paths: dict[tuple[Leg, tuple[Step, ...], Interval], PathCheck] = {}
        self._shares: dict[tuple[ServiceHours, tuple[Interval, ...], tuple[Factor, ...]], Supportable] = {}
        self._book = HoursBook(
            ids={each.service_hours_id for each in (*targets, *grounds.under) if each.service_hours_id}
        )
        ids = {each.service.it_owner_id for each in targets if each.service and each.service.it_owner_id}
        self._owners = list_owners(ids=ids) if ids else {}

    def stretches(self, target: ServiceLevelTarget) -> list[Stretch]:
        """The year, parted where another thing begins to stand under a promise while it holds."""
        _starts_on, ends_on = promised_dates(target)
        before = self.until if target.kind == TargetKind.CASES else self._periods_of_year(target)[-1].next().first_on
        days = [self._on, *self._grounds.changes(target, self._on, min(ends_on or before, before))]
        return [Stretch(day, end) for day, end in zip(days, [*days[1:], before], strict=True)]

    def stands(self, target: ServiceLevelTarget, on: date) -> Stands:
        """The steps that were named under a promise, as they hold on the day, and the parts of its service."""
        return self._grounds.stands(target, on)

    def about(self, component_id: int, on: date) -> tuple[ServiceLevelTarget, ...]:
        """What teams and suppliers promise about a part on the day."""
        return self._grounds.about(component_id, on)

    def begins_on(self, under: ServiceLevelTarget, after: date) -> date | None:
        """From when something is promised again that nobody promises on a day."""
        return self._grounds.begins_on(under, after)

    def coming(self, under: ServiceLevelTarget) -> str:
        """What comes after something that ends within the year, in words."""
        _starts_on, ends_on = promised_dates(under)
        if ends_on is None or ends_on >= self.until:
            return ""
        if self._grounds.named(under, ends_on):
            return f"Its next version holds from {day_long_year(ends_on)}; this is the one before."
        return f"It ends on {day_long_year(ends_on - DAY)}, and nothing follows it."

    def check(
        self, target: ServiceLevelTarget, steps: Sequence[Sequence[ServiceLevelTarget]], stretch: Stretch
    ) -> PathCheck:
        """A promise about cases against a path, for all that is received in a stretch."""
        path = tuple(tuple(map(self.leg, step)) for step in steps)
        asked = self.promise(target), path, self._span(target, stretch)
        if asked not in self._paths:
            self._paths[asked] = check_path(*asked)
        return self._paths[asked]

    def supportable(self, hours: ServiceHours, periods: Sequence[Interval], stands_on: Sequence[Factor]) -> Supportable:
        """What parts give together in those hours and periods."""
        asked = hours, tuple(periods), tuple(stands_on)
        if asked not in self._shares:
            self._shares[asked] = supportable(*asked)
        return self._shares[asked]

    def owner(self, target: ServiceLevelTarget, under: ServiceLevelTarget | None = None) -> str:
        """Who keeps it in IT: the owner of the service that stands under, else of the promise's own."""
        if under is not None and under.service and under.service.it_owner:
            return under.service.it_owner.user.name
        return self._owners.get(target.service.it_owner_id or 0, "") if target.service else ""

    def promise(self, target: ServiceLevelTarget) -> Leg:
        """A promise about cases: in which hours and within which time."""
        return Leg("This promise", self.hours(target), limit_of(target))

    def leg(self, under: ServiceLevelTarget) -> Leg:
        """The same of what stands under it, by the name of whoever promises it."""
        return Leg(under.agreement.provider.name, self.hours(under), limit_of(under))

    def part(self, target: ServiceLevelTarget, around: Interval) -> PartPromise:
        """A promised share in each of its periods that share time with the span."""
        name = target.component.name if target.component else target.name
        zone = zone_of(target.agreement.time_zone)
        periods = (period.bounds(zone) for period in self._periods(target, around))
        return PartPromise(name, promised_share(target), self.hours(target), tuple(periods))

    def hours(self, target: ServiceLevelTarget) -> ServiceHours:
        """Its hours with the holidays of the year that is looked at, and of the one after: a path may end in it."""
        years = (self._on.year - 1, self.until.year + 1)
        return self._book.hours(target.service_hours_id, target.agreement.time_zone, *years)

    def periods(self, target: ServiceLevelTarget, stretch: Stretch) -> list[Interval]:
        """The periods by which a promise is judged in a stretch: those that lie in it whole, else the stretch."""
        zone = zone_of(target.agreement.time_zone)
        whole = [
            period.bounds(zone)
            for period in self._periods_of_year(target)
            if stretch.on <= period.first_on and period.next().first_on <= stretch.before
        ]
        return whole or [self._span(target, stretch)]

    def _span(self, target: ServiceLevelTarget, stretch: Stretch) -> Interval:
        """By the clocks of the agreement."""
        zone = zone_of(target.agreement.time_zone)
        return Interval(midnight(stretch.on, zone), midnight(stretch.before, zone))

    def _periods_of_year(self, target: ServiceLevelTarget) -> list[Period]:
        """The periods of a year that begin on the day or after it."""
        first = period_of(target, self._on)
        if first.first_on < self._on:
            first = first.next()
        return [first.shifted(number) for number in range(YEAR // first.kind.months)]

    def _periods(self, target: ServiceLevelTarget, around: Interval) -> Iterator[Period]:
        zone = zone_of(target.agreement.time_zone)
        period = period_of(target, self._on).previous()
        while period.bounds(zone).start < around.end:
            if period.bounds(zone).end > around.start:
                yield period
            period = period.next()


def promised_share(target: ServiceLevelTarget) -> Fraction:
    """The share that is promised; nothing, where none is."""
    return Fraction(0) if target.threshold is None else share_of_percent(target.threshold)


def hours_text(target: ServiceLevelTarget) -> str:
    """`04:00 to 22:00, every day, London time`."""
    hours, zone = target.service_hours, target.agreement.time_zone
    if hours is None:
        return f"{ALWAYS}, {place_of(zone)} time"
    return f"{lower_first(hours.words)}, {place_of(hours.time_zone)} time"
