"""What is said of a promise and of what stands under it: limits, margins, and how both sides count differently."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from portal.language.dates import clock, day_long_year, local, place_of, weekday_day
from portal.language.durations import allowed_time, lost_time
from portal.language.numbers import and_list, counted
from slas.calculation.chain.path import Limit, PathCheck
from slas.calculation.deadlines import WorkingDays
from slas.calculation.rounding import Better, shown, shown_percent
from slas.models import ClockStop, ServiceLevelTarget, TargetKind, WorkKind
from slas.queries.frames import percent_words

NOTHING = "Nothing stands under it."
NOTHING_UNDER_PART = "Nothing stands under this part."
NO_PROMISE = "nothing promised"
_ONE_DAY = timedelta(days=1)


def limit_text(limit: Limit) -> str:
    """`2 h`, `3 working days`, `the same working day`; what is not whole is rounded up, as more is worse."""
    if isinstance(limit, WorkingDays):
        return counted(limit.days, "working days") if limit.days else "the same working day"
    return lost_time(Fraction(limit.seconds))


def time_margin(found: PathCheck) -> str:
    """`30 min to spare`, rounded down; `2 h too long`, rounded up."""
    if found.holds:
        return f"{allowed_time(Fraction(found.spare))} to spare" if found.spare else "nothing to spare"
    return f"{lost_time(Fraction(-found.spare))} too long" if found.spare else "done after closing"


def tighter_in_time(promised: Limit, supported: Limit) -> str:
    """By how much the promise is shorter than what its path supports: `2 h`, `1 working day`."""
    if isinstance(promised, WorkingDays) and isinstance(supported, WorkingDays):
        return counted(supported.days - promised.days, "working days")
    if isinstance(promised, WorkingDays) or isinstance(supported, WorkingDays):
        raise TypeError(f"{promised} and {supported} are limits of two kinds")
    return lost_time(Fraction(supported.seconds - promised.seconds))


def worst_start(found: PathCheck, zone: str) -> str:
    """When the path is at its worst: received then, done then, due then, on the clocks of the agreement."""
    received, done, due = (_moment(second, zone) for second in (found.received_at, found.done_at, found.due_at))
    return f"At the worst start: received {received}, done {done}, due {due} ({place_of(zone)} time)."


def _moment(second: int, zone: str) -> str:
    at = local(datetime.fromtimestamp(second, UTC), zone)
    return f"{weekday_day(at.date())} {at.year}, {clock(at)}"


def days_text(on: date | None, before: date | None) -> str:
    """`from 1 March 2027`, `until 28 February 2027`, `from 1 March 2027 to 31 May 2027`; nothing without days."""
    since = f"from {day_long_year(on)}" if on else ""
    last = day_long_year(before - _ONE_DAY) if before else ""
    if since and last:
        return f"{since} to {last}"
    return since or (f"until {last}" if last else "")


def points(share: Fraction, promised: Fraction, decimals: int) -> str:
    """`0.2 points to spare`, rounded down; `0.2 points too little`, rounded up."""
    if share < promised:
        return f"{points_tighter(share, promised, decimals)} too little"
    if share == promised:
        return "nothing to spare"
    places = max(decimals, 1)
    spare = shown((share - promised) * 100, places)
    if Fraction(spare):
        return f"{spare} points to spare"
    return f"less than {shown(Fraction(1, 10**places), places)} points to spare"


def points_tighter(share: Fraction, promised: Fraction, decimals: int) -> str:
    """By how much more is promised than is supported, rounded up: `0.2 points`."""
    return f"{shown((promised - share) * 100, max(decimals, 1), Better.LESS)} points"


def share_text(share: Fraction, decimals: int) -> str:
    """A share that is supported, rounded down: `99.6 %`."""
    return f"{shown_percent(share, max(decimals, 1))} %"


def percent(target: ServiceLevelTarget) -> str:
    """The share that is promised: `99.5 %`."""
    return percent_words(target.threshold or Decimal(0))


def besides(gaps: Sequence[str]) -> str:
    """What has to be said behind a figure that is supported, where single parts carry nothing: it leaves them out."""
    return f" {not_all(gaps)}" if gaps else ""


def not_all(broken: Sequence[str]) -> str:
    """What is wrong with single parts of the chain."""
    return f"What stands under it is not enough: {and_list(list(broken))}."


def differences(promise: ServiceLevelTarget, under: ServiceLevelTarget) -> list[str]:
    """Where what stands under a promise counts in another way, so that keeping it may not be enough."""
    found = _of_cases if promise.kind == TargetKind.CASES else _of_time
    return list(found(promise, under))


def _of_cases(promise: ServiceLevelTarget, under: ServiceLevelTarget) -> Iterator[str]:
    halts = [reason for reason in under.pause_reasons if reason not in promise.pause_reasons]
    if halts:
        yield f"Its clock also stands still for: {and_list(halts)}."
    if under.priorities and set(under.priorities).isdisjoint(promise.priorities):
        yield f"It counts other cases: {and_list(under.priorities)}."


def _of_time(promise: ServiceLevelTarget, under: ServiceLevelTarget) -> Iterator[str]:
    taken_out = [WorkKind(kind).label.lower() for kind in under.excluded_work if kind not in promise.excluded_work]
    if taken_out:
        yield f"Announced {and_list(taken_out)} is taken out of it, and counts here."
    elif under.excluded_work and _cap(under) > _cap(promise):
        yield "More announced work is taken out of it than here."
    if under.minimum_outage_seconds > promise.minimum_outage_seconds:
        yield f"Outages shorter than {lost_time(Fraction(under.minimum_outage_seconds))} do not count in it."
    if under.degraded_share > promise.degraded_share:
        yield "Slow or partly usable time costs less in it than here."


def _cap(target: ServiceLevelTarget) -> float:
    """The most announced work that is taken out, in seconds for each month."""
    months = {"month": 1, "quarter": 3, "year": 12}[target.period_kind]
    return float("inf") if target.planned_cap_seconds is None else target.planned_cap_seconds / months


def broken(promise: ServiceLevelTarget, under: ServiceLevelTarget) -> Iterator[str]:
    """Why something cannot carry a promise, whatever its margin: it is about another thing."""
    is_solved = promise.kind == TargetKind.CASES and promise.clock_stop == ClockStop.SOLVED
    if is_solved and under.clock_stop == ClockStop.ANSWERED:
        yield "It promises a first answer, and this promise is about the solution."
