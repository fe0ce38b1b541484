"""Targets and the periods in which they are promised."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from slas.calculation.intervals import Interval
from slas.calculation.local_time import local, midnight, zone_of
from slas.calculation.periods import Period, PeriodKind
from slas.models import NOT_YET_AGREED, AgreementState, Attainment, CaseAttribution, ServiceLevelTarget, TargetKind
from slas.queries.failures import failed_periods

# A running month is looked at again after so long, because time itself uses up what is left of it.
FRESH = timedelta(hours=1)
SETTLING = timedelta(days=2)
OPENED_SETTLING = timedelta(days=28)
# What is agreed is judged by its days.
JUDGED = tuple(state for state in AgreementState if state not in NOT_YET_AGREED)


@dataclass(frozen=True)
class Slot:
    """One target in one of its periods, in UTC seconds: the whole period, and the part in which it is promised."""

    target: ServiceLevelTarget
    period: Period
    whole: Interval
    span: Interval

    @property
    def zone(self) -> ZoneInfo:
        """Where the days of the promise begin and end."""
        return zone_of(self.target.agreement.time_zone)

    @property
    def settled_at(self) -> datetime:
        """When every occasion of a period is settled, and time alone changes nothing more: two days after its end.

        Cases that may be due after it may become overdue long after it.
        """
        return datetime.fromtimestamp(self.span.end, UTC) + (OPENED_SETTLING if self.looks_beyond else SETTLING)

    @property
    def looks_beyond(self) -> bool:
        """Whether cases of it may be due after it: by opening, or because their version of the agreement gave way."""
        _since, until = version_bounds(self.target)
        is_by_opening = self.target.attribution == CaseAttribution.OPENED
        return self.target.kind == TargetKind.CASES and (is_by_opening or until == self.span.end)


def judged_targets() -> QuerySet[ServiceLevelTarget]:
    """All targets that are or were promised, with what is needed to judge them."""
    return (
        ServiceLevelTarget.objects.filter(agreement__state__in=JUDGED)
        .select_related("agreement", "measure", "service_hours__replaces")
        .order_by("pk")
    )


def list_targets(*, ids: Iterable[int]) -> list[ServiceLevelTarget]:
    """Those of the targets that are or were promised."""
    return list(judged_targets().filter(pk__in=set(ids)))


def period_of(target: ServiceLevelTarget, on: date) -> Period:
    """The target's own period (month, quarter or year) that holds the date."""
    return Period.containing(on, PeriodKind(target.period_kind), target.period_start_month)


def slots_of(targets: Iterable[ServiceLevelTarget], periods: Sequence[Period], now: datetime) -> Iterator[Slot]:
    """Each target in each of its own periods that shares a month with the given ones, once it has begun."""
    for target in targets:
        own = {period_of(target, month.first_on) for period in periods for month in period.months()}
        for period in sorted(own, key=lambda each: each.first_on):
            slot = slot_of(target, period, now)
            if slot is not None:
                yield slot


def slot_of(target: ServiceLevelTarget, period: Period, now: datetime) -> Slot | None:
    """The target in that period; None before the period begins, and where the target is not promised in it."""
    zone = zone_of(target.agreement.time_zone)
    whole = period.bounds(zone)
    starts_on, ends_on = promised_dates(target)
    start = max(whole.start, midnight(starts_on, zone))
    end = whole.end if ends_on is None else min(whole.end, midnight(ends_on, zone))
    if start >= end or int(now.timestamp()) <= start:
        return None
    return Slot(target, period, whole, Interval(start, end))


def periods_touched(target: ServiceLevelTarget, start: datetime, end: datetime) -> Iterator[Period]:
    """The target's periods that share time with [start, end), in order; a moment touches the period it falls into."""
    zone = zone_of(target.agreement.time_zone)
    first, until = int(start.timestamp()), max(int(end.timestamp()), int(start.timestamp()) + 1)
    period = period_of(target, local(first, zone).date())
    while period.bounds(zone).start < until:
        yield period
        period = period.next()


def promised_dates(target: ServiceLevelTarget) -> tuple[date, date | None]:
    """From which day a target is promised, and the day after its last; the agreement's days unless it has its own."""
    starts = [target.agreement.starts_on, *([target.starts_on] if target.starts_on else [])]
    ends = [on for on in (target.agreement.ends_on, target.ends_on) if on is not None]
    return max(starts), min(ends, default=None)


def former_targets(targets: Iterable[ServiceLevelTarget]) -> dict[int, list[ServiceLevelTarget]]:
    """By target: the same promise in the earlier versions of its agreement, the newest first, while it was counted from
    the same facts.
    """
    later = {target.pk: target for target in targets if target.agreement.version > 1}
    if not later:
        return {}
    known = judged_targets().filter(
        agreement__slug__in={target.agreement.slug for target in later.values()},
        slug__in={target.slug for target in later.values()},
    )
    found: dict[tuple[str, ...], list[ServiceLevelTarget]] = defaultdict(list)
    for target in known.order_by("-agreement__version"):
        found[_promise(target)].append(target)
    return {
        pk: [each for each in found[_promise(target)] if each.agreement.version < target.agreement.version]
        for pk, target in later.items()
    }


def _promise(target: ServiceLevelTarget) -> tuple[str, ...]:
    """What is one promise in all versions of an agreement."""
    return target.agreement.slug, target.slug, target.kind, str(target.measure_id), str(target.service_id)


def version_bounds(target: ServiceLevelTarget) -> tuple[int | None, int | None]:
    """From and until when cases were opened that this version of the agreement judges (calculation, section 4).

    None where no version came before it, or none followed.
    """
    agreement = target.agreement
    zone = zone_of(agreement.time_zone)
    starts_on, ends_on = promised_dates(target)
    gave_way = agreement.state == AgreementState.SUPERSEDED and ends_on is not None and ends_on == agreement.ends_on
    return (
        midnight(starts_on, zone) if agreement.version > 1 else None,
        midnight(ends_on, zone) if gave_way and ends_on is not None else None,
    )


def earlier_versions(targets: Iterable[ServiceLevelTarget]) -> dict[int, list[ServiceLevelTarget]]:
    """Each target of a later version of its agreement, by its key: what it was in the versions before, and itself."""
    later = [each for each in targets if each.agreement.version > 1]
    if not later:
        return {}
    agreements, own = {each.agreement.slug for each in later}, {each.slug for each in later}
    known: dict[tuple[str, str], list[ServiceLevelTarget]] = defaultdict(list)
    found = judged_targets().filter(agreement__slug__in=agreements, slug__in=own)
    for each in found.order_by("agreement__version"):
        known[each.agreement.slug, each.slug].append(each)
    return {
        last.pk: [
            each for each in known[last.agreement.slug, last.slug] if each.agreement.version <= last.agreement.version
        ]
        for last in later
    }


def stale_slots(*, now: datetime) -> Iterator[Slot]:
    """Periods whose figure is older than time allows: running ones after an hour, those that ended since it was made,
    and those that have none yet. A closed figure does not grow old; one that could not be made waits for its turn.
    """
    day = timedelta(days=1)
    targets = judged_targets().filter(Q(agreement__ends_on__isnull=True) | Q(agreement__ends_on__gt=now - 32 * day))
    slots = [slot for target in targets for slot in _current_and_last(target, now)]
    ids = {slot.target.pk for slot in slots}
    made = _made(ids, {slot.period.first_on for slot in slots})
    waiting = set(failed_periods().filter(target_id__in=ids).values_list("target_id", "period_start"))
    for slot in slots:
        if (slot.target.pk, slot.period.first_on) in waiting:
            continue
        computed_at, closed_at = made.get((slot.target.pk, slot.period.first_on), (None, None))
        if computed_at is None or (closed_at is None and _is_stale(slot, computed_at, now)):
            yield slot


def _current_and_last(target: ServiceLevelTarget, now: datetime) -> Iterator[Slot]:
    current = period_of(target, local(int(now.timestamp()), zone_of(target.agreement.time_zone)).date())
    for period in (current.previous(), current):
        slot = slot_of(target, period, now)
        if slot is not None:
            yield slot


def _made(target_ids: set[int], starts: set[date]) -> dict[tuple[int, date], tuple[datetime, datetime | None]]:
    """When the newest revision of each figure was computed, and when it was closed."""
    rows = Attainment.objects.filter(target_id__in=target_ids, period_start__in=starts).order_by("revision")
    found = rows.values_list("target_id", "period_start", "computed_at", "closed_at")
    return {(pk, on): (computed_at, closed_at) for pk, on, computed_at, closed_at in found}


def _is_stale(slot: Slot, computed_at: datetime, now: datetime) -> bool:
    if computed_at >= slot.settled_at:
        return False
    return now - computed_at >= FRESH if now < slot.settled_at else True
