"""The facts of many measures at once, each kind in one query, as plain rows by measure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from slas.calculation.checks import Check, State
from slas.calculation.intervals import Interval
from slas.models import (
    Case,
    CasePause,
    CasePriority,
    CaseReopening,
    CoveredTime,
    DataGap,
    Measurement,
    Occasion,
    Outage,
    PlannedWork,
    SurveyCount,
    Volume,
)
from slas.queries.merges import link_of, merged_with

Row = TypeVar("Row")
Part = TypeVar("Part", CasePause, CaseReopening, CasePriority)
PART_ORDER: Mapping[type[Any], tuple[str, ...]] = {
    CasePause: ("started_at", "reason"),
    CaseReopening: ("solved_at",),
    CasePriority: ("changed_at",),
}
STATES: dict[int | None, State] = {0: State.UP, 1: State.DEGRADED, 2: State.DOWN}
# Checks are many: so many measures are read at a time.
CHECKED_AT_ONCE = 20


def moment(second: int) -> datetime:
    """A UTC second as an instant."""
    return datetime.fromtimestamp(second, UTC)


def bounds(spans: Iterable[Interval]) -> Interval:
    """From the earliest start to the latest end."""
    known = list(spans)
    return Interval(min(span.start for span in known), max(span.end for span in known))


def outages(measure_ids: Iterable[int], start: int, end: int) -> dict[int, list[Outage]]:
    """Outages that touch the time, in order of their start."""
    return _by_measure(_touching(Outage.objects.filter(measure_id__in=measure_ids), start, end).order_by("started_at"))


def gaps(measure_ids: Iterable[int], start: int, end: int) -> dict[int, list[DataGap]]:
    """Times without data that touch the time."""
    return _by_measure(_touching(DataGap.objects.filter(measure_id__in=measure_ids), start, end).order_by("started_at"))


def covered(measure_ids: Iterable[int], start: int, end: int) -> dict[int, list[CoveredTime]]:
    """Times that touch the time, for which a log of outages is complete."""
    rows = CoveredTime.objects.filter(measure_id__in=measure_ids)
    return _by_measure(_touching(rows, start, end).order_by("started_at"))


def planned_work(service_ids: Iterable[int], start: int, end: int) -> dict[int, list[PlannedWork]]:
    """Planned work on the services that touches the time."""
    touching = Q(ends_at__gt=moment(start)) | Q(ended_at__gt=moment(start))
    rows = PlannedWork.objects.filter(touching, service_id__in=service_ids, starts_at__lt=moment(end))
    found: dict[int, list[PlannedWork]] = defaultdict(list)
    for row in rows.order_by("starts_at"):
        found[row.service_id].append(row)
    return found


def checks(longest_gaps: Mapping[int, int | None], start: int, end: int) -> Iterator[tuple[int, list[Check]]]:
    """Checks of each measure in the time, with the one before it that may still speak; a few measures at a time."""
    ids = sorted(longest_gaps)
    for at in range(0, len(ids), CHECKED_AT_ONCE):
        some = ids[at : at + CHECKED_AT_ONCE]
        earlier = _last_checks([pk for pk in some if longest_gaps[pk] is None], start)
        back = max((longest_gaps[pk] or 0 for pk in some), default=0)
        rows = (
            Measurement.objects.filter(measure_id__in=some, at__gte=moment(start - back), at__lt=moment(end))
            .order_by("measure_id", "at")
            .values_list("measure_id", "at", "state")
        )
        found = {pk: _each_second(group) for pk, group in groupby(rows, key=itemgetter(0))}
        for pk in some:
            yield pk, earlier.get(pk, []) + found.get(pk, [])


def _each_second(rows: Iterable[tuple[int, datetime, int | None]]) -> list[Check]:
    """Checks in order of time; of several within one second the last speaks."""
    found = (_check(at, state) for _pk, at, state in rows)
    return list({check.at: check for check in found}.values())


def _last_checks(measure_ids: Sequence[int], start: int) -> dict[int, list[Check]]:
    if not measure_ids:
        return {}
    rows = (
        Measurement.objects.filter(measure_id__in=measure_ids, at__lt=moment(start))
        .order_by("measure_id", "-at")
        .distinct("measure_id")
        .values_list("measure_id", "at", "state")
    )
    return {pk: [_check(at, state)] for pk, at, state in rows}


def _check(at: datetime, state: int | None) -> Check:
    return Check(int(at.timestamp()), STATES[state])


def cases(floors: Mapping[int, int], end: int, by_stop: Collection[int] = ()) -> dict[int, list[Case]]:
    """Cases opened from each measure's floor on, older ones with something in their ledger after it, and merged ones.

    Of the measures `by_stop` also older ones whose clock stopped after the floor. What is merged may give an earlier
    start to a case that was opened after the end, and counts itself where the other is not there: of what was merged
    with one of them all is found, whichever way.
    """
    if not floors:
        return {}
    floor, of_measures = moment(min(floors.values())), Case.objects.filter(measure_id__in=floors)
    own = {"measure_id": OuterRef("measure_id"), "case_key": OuterRef("key")}
    paused = CasePause.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=floor), **own)
    reopened = CaseReopening.objects.filter(reopened_at__gt=floor, **own)
    changed = CasePriority.objects.filter(changed_at__gt=floor, **own)
    stopped = Q(measure_id__in=by_stop) & (Q(resolved_at__gte=floor) | Q(responded_at__gte=floor))
    later = Q(opened_at__gte=floor) | Exists(paused) | Exists(reopened) | Exists(changed) | stopped
    in_time = Q(opened_at__lt=moment(end)) & later
    # What was merged into one of them gives it its start, however old it is.
    into_these = Q(merged_into__in=of_measures.filter(in_time).values("key"))
    earlier = of_measures.exclude(merged_into="").filter(into_these)
    found = {case.pk: case for case in (*of_measures.filter(in_time), *earlier)}
    found |= {case.pk: case for case in merged_with(link_of(case) for case in found.values() if case.merged_into)}
    return _by_measure(sorted(found.values(), key=lambda case: (case.opened_at, case.key)))


def case_parts(found: Mapping[int, Sequence[Case]], kind: type[Part]) -> dict[tuple[int, str], list[Part]]:
    """What is recorded of those cases: their pauses, reopenings or other priorities, by measure and key."""
    keys = [case.key for rows in found.values() for case in rows]
    rows = kind._default_manager.filter(measure_id__in=found, case_key__in=keys).order_by(*PART_ORDER[kind])
    parts: dict[tuple[int, str], list[Part]] = defaultdict(list)
    for row in rows if keys else ():
        parts[row.measure_id, row.case_key].append(row)
    return parts


def occasions(measure_ids: Iterable[int], first: date, last: date) -> dict[int, list[Occasion]]:
    """What is recorded of the dates."""
    return _by_measure(Occasion.objects.filter(measure_id__in=measure_ids, on__range=(first, last)).order_by("on"))


def volumes(measure_ids: Iterable[int], first: date, last: date) -> dict[int, list[Volume]]:
    """Counted volumes of the dates."""
    return _by_measure(Volume.objects.filter(measure_id__in=measure_ids, on__range=(first, last)).order_by("on"))


def surveys(measure_ids: Iterable[int], first: date, last: date) -> dict[int, list[SurveyCount]]:
    """Survey rounds of the dates."""
    return _by_measure(SurveyCount.objects.filter(measure_id__in=measure_ids, on__range=(first, last)).order_by("on"))


def day_before(second: int) -> date:
    """A date that lies before the instant in each zone of the earth."""
    return moment(second).date() - timedelta(days=1)


def day_after(second: int) -> date:
    """A date that lies after the instant in each zone of the earth."""
    return moment(second).date() + timedelta(days=1)


def _touching(rows: QuerySet[Any], start: int, end: int) -> QuerySet[Any]:
    return rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=moment(start)), started_at__lt=moment(end))


def _by_measure(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.measure_id].append(row)  # type: ignore[attr-defined]
    return found
