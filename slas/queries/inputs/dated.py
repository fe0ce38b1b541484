"""Facts that are written down by local date: occasions, counted volumes, survey rounds."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar

from slas.calculation.intervals import Interval
from slas.calculation.local_time import local, zone_of
from slas.calculation.occasions import Completion, OccasionSchedule, Rhythm
from slas.calculation.outcomes.counts import SatisfactionInputs, SurveyRound, VolumeInputs, VolumeRow
from slas.calculation.outcomes.occasions import SETTLING, OccasionsInputs
from slas.calculation.service_hours import ServiceHours
from slas.models import Occasion, PeriodKind, SurveyCount, Volume
from slas.queries import evidence
from slas.queries.few_answers import lengths_of
from slas.queries.hours import HoursBook
from slas.queries.inputs.silence import silent_time
from slas.queries.inputs.terms import frame_of, hours_for, maybe_seconds
from slas.queries.targets import Slot

Dated = TypeVar("Dated", Occasion, Volume, SurveyCount)


class _Dates:
    """What the three have in common: the slots' measures and dates."""

    def __init__(self, slots: Sequence[Slot], book: HoursBook, now: datetime) -> None:
        self._book, self._now = book, now
        self._measures = {slot.target.measure_id for slot in slots}
        bounds = evidence.bounds(slot.span for slot in slots)
        self._first, self._last = evidence.day_before(bounds.start), evidence.day_after(bounds.end)


class Counted(_Dates):
    """Counts of dates: where the source did not speak, nobody knows how many are missing."""

    def __init__(self, slots: Sequence[Slot], book: HoursBook, now: datetime) -> None:
        super().__init__(slots, book, now)
        bounds = evidence.bounds(slot.span for slot in slots)
        self._gaps = evidence.gaps(self._measures, bounds.start, bounds.end)

    def silent(self, slot: Slot) -> tuple[ServiceHours, tuple[Interval, ...]]:
        """The service hours, and the time of the slot about which its measure knows nothing."""
        measure = slot.target.measure
        silent = silent_time(measure, slot.span, self._gaps.get(measure.pk, []), slot.zone)
        return hours_for(slot.target, self._book, slot.span), tuple(silent)


class OccasionsSource(_Dates):
    """Recorded occasions of many targets."""

    def __init__(self, slots: Sequence[Slot], book: HoursBook, now: datetime) -> None:
        super().__init__(slots, book, now)
        self._rows = evidence.occasions(self._measures, self._first, self._last)

    def inputs(self, slot: Slot) -> OccasionsInputs:
        """Agreed dates and records of one target in one period."""
        target, span = slot.target, slot.span
        hours = hours_for(slot.target, self._book, [*span, span.end + SETTLING])
        return OccasionsInputs(
            frame=frame_of(slot, self._now),
            schedule=OccasionSchedule(
                hours,
                Rhythm(target.schedule),
                (target.due_minute or 0) * 60,
                target.due_day or 1,
                target.agreement.time_zone,
            ),
            records=tuple(
                Completion(row.on.isoformat(), row.on, maybe_seconds(row.completed_at))
                for row in _inside(slot, self._rows.get(target.measure_id, []))
            ),
        )


class VolumeSource(Counted):
    """Counted volumes of many targets."""

    def __init__(self, slots: Sequence[Slot], book: HoursBook, now: datetime) -> None:
        super().__init__(slots, book, now)
        self._rows = evidence.volumes(self._measures, self._first, self._last)

    def inputs(self, slot: Slot) -> VolumeInputs:
        """Counted volumes of one target in one period."""
        rows = _inside(slot, self._rows.get(slot.target.measure_id, []))
        hours, silent = self.silent(slot)
        return VolumeInputs(
            frame=frame_of(slot, self._now),
            rows=tuple(VolumeRow(row.on, row.total, row.met) for row in rows),
            by_month=slot.target.period_kind != PeriodKind.MONTH,
            hours=hours,
            silent=silent,
        )


class SatisfactionSource(Counted):
    """Survey rounds of many targets."""

    def __init__(self, slots: Sequence[Slot], book: HoursBook, now: datetime) -> None:
        super().__init__(slots, book, now)
        self._rows = evidence.surveys(self._measures, self._first, self._last)
        self._lengths = lengths_of(self._measures)

    def inputs(self, slot: Slot) -> SatisfactionInputs:
        """Survey rounds of one target in one period."""
        rows = _inside(slot, self._rows.get(slot.target.measure_id, []))
        hours, silent = self.silent(slot)
        return SatisfactionInputs(
            frame=frame_of(slot, self._now),
            rounds=tuple(SurveyRound(row.on, row.asked, row.answers, row.good) for row in rows),
            hours=hours,
            silent=silent,
            shorter=frozenset(
                (kind, month)
                for kind, month in self._lengths.get(slot.target.measure_id, ())
                if kind.months < slot.period.kind.months
            ),
        )


def _inside(slot: Slot, rows: Iterable[Dated]) -> list[Dated]:
    zone = zone_of(slot.target.agreement.time_zone)
    span: Interval = slot.span
    first: date = local(span.start, zone).date()
    last: date = local(span.end - 1, zone).date()
    return [row for row in rows if first <= row.on <= last]
