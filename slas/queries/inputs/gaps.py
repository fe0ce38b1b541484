"""Time without data as what may be an interruption, back to where it began."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from slas.calculation import outages
from slas.calculation.checks import States
from slas.calculation.intervals import Interval, clip, union
from slas.calculation.local_time import midnight
from slas.calculation.reliability import gap_name
from slas.models import ServiceLevelTarget
from slas.queries.inputs.silence import Silence
from slas.queries.targets import Slot, promised_dates


class Gaps:
    """Of the measures of some slots, in which interruptions are counted; of all others there is none.

    Like an outage it is followed back to where it began, but not beyond the first day of a promise: before that nothing
    counts. What was read of the time before is kept, for all slots.
    """

    def __init__(
        self,
        slots: Iterable[Slot],
        former: Mapping[int, Sequence[ServiceLevelTarget]],
        silence: Silence,
        around: Interval,
    ) -> None:
        self._former, self._silence, self._time = former, silence, around
        self._slots: dict[int, list[Slot]] = defaultdict(list)
        for slot in slots:
            self._slots[slot.target.measure_id].append(slot)
        self._before: dict[int, tuple[Interval, ...]] = {}

    def floor(self, measure_id: int) -> int:
        """How far back a measure is looked at; the beginning of time where nothing of it is followed here."""
        return min((self._floor(slot) for slot in self._slots.get(measure_id, ())), default=0)

    def since(self, slot: Slot) -> int:
        """How far back one slot of it sees, whatever else is calculated in the same go."""
        return self._floor(slot) if slot.target.measure_id in self._slots else 0

    def around(self, measure_id: int, unknown: Iterable[Interval] = ()) -> list[outages.Outage]:
        """What a measure does not know of the slots and around them, with what its checks say nothing about."""
        return _as_outages(self._silent(measure_id, self._silence, self._time, unknown))

    def before(self, measure_id: int, since: int, unknown: Iterable[Interval] = ()) -> list[outages.Outage]:
        """The same of the time from that second to there, which is kept."""
        if measure_id not in self._slots:
            return []
        time = Interval(since, self._time.start)
        read = Silence([self._slots[measure_id][0].target.measure], time)
        self._before[measure_id] = self._silent(measure_id, read, time, unknown)
        return _as_outages(self._before[measure_id])

    def of(self, slot: Slot, states: States, reach: Interval) -> list[outages.Outage]:
        """All of a slot, to the end of its reach, cut at the edges of the reach and of the slot."""
        measure = slot.target.measure
        if measure.pk not in self._slots:
            return []
        near = Interval(self._time.start, reach.end)
        silent = self._silence.of(measure, near, slot.zone)
        found = union([*self._before.get(measure.pk, ()), *clip(states.unknown, near), *silent])
        since = clip(found, Interval(self._floor(slot), reach.end))
        return _as_outages(_cut(since, (reach.start, *slot.span)))

    def _floor(self, slot: Slot) -> int:
        versions = (slot.target, *self._former.get(slot.target.pk, ()))
        return midnight(min(promised_dates(each)[0] for each in versions), slot.zone)

    def _silent(
        self, measure_id: int, silence: Silence, time: Interval, unknown: Iterable[Interval]
    ) -> tuple[Interval, ...]:
        """In the zones of all agreements about the measure, in which it may have begun at another second."""
        slots = self._slots.get(measure_id, ())
        zones = {slot.zone: slot.target.measure for slot in slots}
        silent = (gap for zone, measure in zones.items() for gap in silence.of(measure, time, zone))
        return tuple(union([*silent, *(unknown if slots else ())]))


def _cut(gaps: Iterable[Interval], edges: Sequence[int]) -> Iterator[Interval]:
    for start, end in gaps:
        inside = sorted({edge for edge in edges if start < edge < end})
        yield from (Interval(*piece) for piece in pairwise([start, *inside, end]))


def _as_outages(gaps: Iterable[Interval]) -> list[outages.Outage]:
    return [outages.Outage(gap_name(start), start, end) for start, end in gaps]
