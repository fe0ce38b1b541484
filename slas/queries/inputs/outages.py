"""Outages of measures, recorded or found by checks, back to where the failures began that last into their periods."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import chain

from slas.calculation import outages
from slas.calculation.checks import States, states_of
from slas.calculation.intervals import Interval, subtract, union
from slas.calculation.local_time import DAY
from slas.calculation.outcomes.frame import instant
from slas.calculation.reliability import is_gap
from slas.models import FactKind, Measurement, Outage, ServiceLevelTarget
from slas.queries import evidence
from slas.queries.inputs.gaps import Gaps
from slas.queries.inputs.terms import maybe_seconds, seconds, share_of_percent
from slas.queries.months_away import refuse_away
from slas.queries.targets import Slot

NO_STATES = States((), (), ())
# What checks found slow, before a target says what that costs.
SLOW = Fraction(1, 2)
# How much further back is looked each time, until the beginning is found.
FURTHER = 8

Read = Callable[[int], Iterable[outages.Outage]]


@dataclass(frozen=True)
class SeenOutages:
    """Outages as one slot sees them: those that can change its figure, and those before with which these began.

    `rows` are the recorded ones of both. `gaps` is time without data around the slot that may be an interruption too.
    """

    known: tuple[outages.Outage, ...]
    before: tuple[outages.Outage, ...]
    rows: tuple[Outage, ...]
    gaps: tuple[Interval, ...] = ()

    @property
    def starts(self) -> list[int]:
        """When each began."""
        return [*(outage.start for outage in (*self.before, *self.known)), *(gap.start for gap in self.gaps)]


def reach_of(slot: Slot) -> Interval:
    """The time in which outages can change the figure of the slot."""
    return outages.reach(slot.span, slot.target.minimum_outage_seconds, slot.target.merge_gap_seconds)


def looked_at(slot: Slot, now: datetime) -> Interval:
    """The span and what lies around it, as far as something can be known."""
    start, end = reach_of(slot)
    return Interval(start, min(end, seconds(now)))


def recorded_outages(slots: Sequence[Slot], around: Interval, gaps: Gaps) -> dict[int, list[Outage]]:
    """The logs of outages of the slots' measures, in order of their start."""
    logs = [slot for slot in slots if slot.target.measure.fact_kind == FactKind.OUTAGES]
    found = evidence.outages({slot.target.measure_id for slot in logs}, *around)
    for pk, widest in _widest_gaps(logs).items():

        def read(since: int, pk: int = pk) -> Iterator[outages.Outage]:
            earlier = evidence.outages([pk], since, around.start).get(pk, [])
            yield from (_recorded(row) for row in earlier if not touches(row, around))
            yield from gaps.before(pk, since)

        known = [*map(_recorded, found.get(pk, ())), *gaps.around(pk)]
        if before := _begun_with(known, read, around, widest, gaps.floor(pk)):
            since = min(outage.start for outage in before)
            found[pk] = evidence.outages([pk], since, around.end).get(pk, [])
    return found


def checked_outages(slots: Sequence[Slot], around: Interval, now: datetime, gaps: Gaps) -> dict[int, States]:
    """What checks tell of the slots' measures. They become states at once, so that only few are held in memory."""
    checked = [slot for slot in slots if slot.target.measure.fact_kind == FactKind.CHECKS]
    if not checked:
        return {}
    refuse_away(around)
    widest, time = _widest_gaps(checked), Interval(around.start, max(around.start, min(around.end, seconds(now))))
    longest = {slot.target.measure_id: slot.target.measure.max_gap_seconds for slot in checked}
    return {
        pk: _followed(states_of(found, time, longest[pk]), (pk, longest[pk]), time, widest[pk], gaps)
        for pk, found in evidence.checks(longest, *around)
    }


def _widest_gaps(slots: Iterable[Slot]) -> dict[int, int]:
    """By measure: the longest gap over which its outages are merged."""
    gaps: dict[int, int] = defaultdict(int)
    for slot in slots:
        gaps[slot.target.measure_id] = max(gaps[slot.target.measure_id], slot.target.merge_gap_seconds)
    return gaps


def _followed(states: States, measure: tuple[int, int | None], around: Interval, widest: int, gaps: Gaps) -> States:
    """The states with the time before in which the failures began that they start with.

    Of the measure its longest silence is given.
    """
    pk, longest = measure

    def read(since: int) -> Iterator[outages.Outage]:
        time = Interval(since, around.start)
        refuse_away(time)
        earlier = states_of(next(evidence.checks({pk: longest}, *time))[1], time, longest)
        yield from _found(earlier, SLOW)
        yield from gaps.before(pk, since, earlier.unknown)

    known = [*_found(states, SLOW), *gaps.around(pk, states.unknown)]
    before = [each for each in _begun_with(known, read, around, widest, gaps.floor(pk)) if not is_gap(each.id)]
    down, degraded = (
        tuple(union([*(outage.interval for outage in before if outage.usable == usable), *known]))
        for usable, known in ((outages.DOWN, states.down), (SLOW, states.degraded))
    )
    return replace(states, down=down, degraded=degraded)


def _begun_with(
    known: Sequence[outages.Outage], read: Read, around: Interval, gap: int, floor: int
) -> tuple[outages.Outage, ...]:
    """The outages before that time with which the known ones began; `read` gives those that end after a second.

    Each time it is looked further back, until nothing more can be merged with the first of them, or to the floor.
    """
    before: tuple[outages.Outage, ...] = ()
    first, since, further = _first(known, around.end), around.start, DAY
    while since > floor and first - gap <= since:
        since, further = max(floor, min(first, since) - further), further * FURTHER
        before = outages.led_by(known, read(since), around, around, gap)
        first = _first((*before, *known), around.end)
    return before


def _first(found: Iterable[outages.Outage], otherwise: int) -> int:
    return min((outage.start for outage in found if outage.counts), default=otherwise)


def seen_outages(slot: Slot, now: datetime, rows: Sequence[Outage], states: States, gaps: Gaps) -> SeenOutages:
    """Of what is known of the slot's measure what the slot sees, as its target counts it."""
    target, reach = slot.target, reach_of(slot)
    inside, since = [row for row in rows if touches(row, reach)], min(gaps.since(slot), reach.start)
    checked = list(_checked(_seen_since(states, since), target, looked_at(slot, now)))
    known = [*(_outage(row, target) for row in inside), *(each for each in checked if each.interval.end > reach.start)]
    outside = (_outage(row, target) for row in rows if not touches(row, reach) and seconds(row.started_at) < reach.end)
    silent = gaps.of(slot, states, looked_at(slot, now))
    earlier = chain(
        (each for each in outside if each.interval.end > since),
        (each for each in (*checked, *silent) if each.interval.end <= reach.start),
    )
    near = [each for each in silent if each.interval.end > reach.start]
    before = outages.led_by([*known, *near], earlier, slot.span, reach, target.merge_gap_seconds)
    names = {outage.id for outage in before}
    led = (row for row in rows if names and key_of(row.started_at) in names)
    apart = (each.interval for each in (*before, *near) if is_gap(each.id))
    around = tuple(union(gap for gap in apart if not outages.touches(gap, slot.span)))
    began = tuple(outage for outage in before if not is_gap(outage.id))
    return SeenOutages(tuple(known), began, (*led, *inside), around)


def goes_on(*, target: ServiceLevelTarget, at: datetime) -> bool:
    """Whether a failure may go on at that instant: then what is known of the time before says when it began."""
    since, measure = at - timedelta(seconds=target.merge_gap_seconds + 1), target.measure
    if measure.fact_kind != FactKind.CHECKS:
        return bool(evidence.outages([measure.pk], seconds(since), seconds(at) + 1))
    before = Measurement.objects.filter(measure_id=measure.pk, at__lte=at)
    last = before.order_by("-at").values_list("state", flat=True).first()
    return bool(last) or before.filter(at__gte=since, state__gt=0).exists()


def key_of(at: datetime) -> str:
    """The name of a fact inside its measure, the same in each database: its own instant."""
    return instant(seconds(at)) or ""


def touches(row: Outage, span: Interval) -> bool:
    """Whether a recorded outage shares time with the span."""
    return seconds(row.started_at) < span.end and (row.ended_at is None or seconds(row.ended_at) > span.start)


def _outage(row: Outage, target: ServiceLevelTarget) -> outages.Outage:
    affected = outages.EVERYBODY if row.affected_percent is None else share_of_percent(row.affected_percent)
    usable = Fraction(target.degraded_share) if row.is_degraded else outages.DOWN
    return replace(_recorded(row), usable=usable, affected=affected)


def _recorded(row: Outage) -> outages.Outage:
    """A row of the log, before a target says what it costs."""
    start, end = seconds(row.started_at), maybe_seconds(row.ended_at)
    return outages.Outage(key_of(row.started_at), start, end, counts=not row.left_out_reason)


def _seen_since(states: States, since: int) -> States:
    """The states without what was before that second."""
    if since <= 0:
        return states
    before = [Interval(0, since)]
    return replace(states, down=tuple(subtract(states.down, before)), degraded=tuple(subtract(states.degraded, before)))


def _checked(states: States, target: ServiceLevelTarget, time: Interval) -> Iterator[outages.Outage]:
    """What checks found, as outages. One that goes on from before the time is named by the first second of that, as it
    is by figures that look at no more.
    """
    for outage in _found(states, Fraction(target.degraded_share)):
        start, end = outage.interval
        if start < time.end:
            since = time.start if start < time.start < end else None
            name = start if since is None else since
            yield replace(outage, id=f"checks {instant(name)}", end=min(end, time.end), known_since=since)


def _found(states: States, slow: Fraction) -> Iterator[outages.Outage]:
    for usable, found in ((outages.DOWN, states.down), (slow, states.degraded)):
        for start, end in found:
            yield outages.Outage(f"checks {instant(start)}", start, end, usable)
