"""Readings in service time, counted by a limit."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from slas.calculation.intervals import Interval, clip, union
from slas.calculation.outcomes.counts import VolumeRow
from slas.calculation.outcomes.readings import ReadingsInputs
from slas.calculation.readings import Limit, Stretch, stretches
from slas.calculation.service_hours import ServiceHours
from slas.models import PeriodKind
from slas.queries import evidence
from slas.queries.hours import HoursBook
from slas.queries.inputs.dated import Counted
from slas.queries.inputs.terms import frame_of, hours_for, reading_limit_of, seconds
from slas.queries.months_away import refuse_away
from slas.queries.readings import Wanted, count_readings, silences
from slas.queries.targets import Slot


class ReadingsSource(Counted):
    """Counted readings of many targets: two questions, however many targets there are."""

    by_hour: ClassVar = True

    def __init__(self, slots: Sequence[Slot], book: HoursBook, now: datetime) -> None:
        super().__init__(slots, book, now)
        refuse_away(evidence.bounds(slot.span for slot in slots))
        self._known: dict[tuple[ServiceHours, Interval, ZoneInfo], tuple[Stretch, ...]] = {}
        self._stretches = [
            (slot.target.pk, slot.span, limit, stretch)
            for slot in slots
            if (limit := reading_limit_of(slot.target)) is not None
            for stretch in self._service_time(slot)
        ]
        self._silences = self._read_silences(slots)
        measures = {slot.target.pk: slot.target.measure_id for slot in slots}
        found = count_readings(
            Wanted(place, measures[pk], limit, stretch.time, stretch.is_whole and self.by_hour)
            for place, (pk, _span, limit, stretch) in enumerate(self._stretches)
        )
        self._days: dict[tuple[int, Interval], dict[date, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        for place, counts in sorted(found.items()):
            pk, span, _limit, stretch = self._stretches[place]
            day = self._days[pk, span][stretch.on]
            day[:] = [sum(pair) for pair in zip(day, counts, strict=True)]

    def _service_time(self, slot: Slot) -> tuple[Stretch, ...]:
        """Targets with the same hours in the same time share their stretches."""
        asked = hours_for(slot.target, self._book, slot.span), self._so_far(slot), slot.zone
        if asked not in self._known:
            hours, time, zone = asked
            self._known[asked] = tuple(stretches(hours.working(time), zone))
        return self._known[asked]

    def _so_far(self, slot: Slot) -> Interval:
        return Interval(slot.span.start, min(slot.span.end, seconds(self._now)))

    def _read_silences(self, slots: Sequence[Slot]) -> dict[tuple[int, Interval], list[Interval]]:
        """When the source fell silent for longer than was agreed; nothing where no longest silence was."""
        asked = [(slot, longest) for slot in slots if (longest := slot.target.measure.max_gap_seconds) is not None]
        wanted = {
            place: (slot.target.measure_id, longest, self._so_far(slot)) for place, (slot, longest) in enumerate(asked)
        }
        found = silences(wanted)
        return {
            (slot.target.pk, slot.span): list(clip(found[place], slot.span)) for place, (slot, _) in enumerate(asked)
        }

    def inputs(self, slot: Slot) -> ReadingsInputs:
        """Readings of one target in one period, by local date."""
        days = self._days.get((slot.target.pk, slot.span), {})
        hours, reported = self.silent(slot)
        fallen = self._silences.get((slot.target.pk, slot.span), [])
        return ReadingsInputs(
            frame=frame_of(slot, self._now),
            rows=tuple(VolumeRow(on, total, met) for on, (total, met) in sorted(days.items())),
            by_month=slot.target.period_kind != PeriodKind.MONTH,
            hours=hours,
            silent=tuple(union([*reported, *fallen])) if fallen else reported,
            limit=_limit_of(slot),
        )


class SingleReadingsSource(ReadingsSource):
    """The same, each reading counted anew and no hour taken as it was counted before."""

    by_hour = False


def _limit_of(slot: Slot) -> Limit:
    limit = reading_limit_of(slot.target)
    assert limit is not None  # noqa: S101 - a rule of the table
    return limit
