"""The sentence of a promise, written from its frame: subject, counted thing, good condition, share, period, hours and
what is left out, so that two honest people count the same.
"""

from collections.abc import Iterator
from fractions import Fraction

from portal.language.dates import place_of
from portal.language.durations import lost_time
from portal.language.numbers import and_list, counted, lower_first
from slas.models import ClockStop, MissingPolicy, Schedule, ServiceLevelTarget, TargetKind
from slas.queries.frames import clock_words, interruption_words, limit_words, percent_words, work_words
from slas.queries.inputs.terms import ALWAYS, promise_of, reading_limit_of

# What the counted things are called where nobody said it.
UNITS = {
    TargetKind.CASES: "cases",
    TargetKind.VOLUME: "units of work",
    TargetKind.OCCASIONS: "dates",
    TargetKind.SATISFACTION: "answers",
    TargetKind.READINGS: "readings",
}
ENDS = {ClockStop.SOLVED: "solved", ClockStop.ANSWERED: "answered by a person"}
IN_TIME = " in time"
RHYTHMS = {Schedule.DAILY: "every day", Schedule.WORKING_DAYS: "on each working day"}


def sentence_of(target: ServiceLevelTarget) -> str:
    """`Ordering: at least 98 % of orders are confirmed within 15 minutes of being saved, in each month.`"""
    subject = target.service or target.component
    name = f"{subject}: " if subject else ""
    return f"{name}{'; '.join(_parts(target))}."


def hours_words(target: ServiceLevelTarget) -> str:
    """`Monday to Friday, 08:00 to 18:00, London time`."""
    if target.service_hours is None:
        return f"{ALWAYS}, {place_of(target.agreement.time_zone)} time"
    return f"{target.service_hours.words}, {place_of(target.service_hours.time_zone)} time"


def units_of(target: ServiceLevelTarget) -> str:
    """What is counted, plural: orders."""
    return promise_of(target).unit_words or UNITS[TargetKind(target.kind)]


def _parts(target: ServiceLevelTarget) -> Iterator[str]:
    each = f"in each {target.period_kind}"
    match target.kind:
        case TargetKind.AVAILABILITY:
            yield f"it can be used for {_share(target, 'its service hours')} ({hours_words(target)}), {each}"
            yield from _left_out(target)
        case TargetKind.RELIABILITY:
            yield f"{_interruptions(target)}, {each}, in its service hours ({hours_words(target)})"
            yield from _left_out(target)
        case TargetKind.CASES:
            yield f"{_share(target, _cases(target))} are {_solved(target)}, {each}"
            yield f"service hours are {hours_words(target)}"
            yield from _clock(target)
        case TargetKind.OCCASIONS:
            yield f"{_ready(target)}, {place_of(target.agreement.time_zone)} time"
            yield f"{_late(target)}, {each}"
        case TargetKind.READINGS:
            limit = reading_limit_of(target)
            good = limit.good if limit else ""
            share = _share(target, units_of(target))
            yield f"{share} are {good} in service hours ({hours_words(target)}), {each}"
        case _:
            yield f"{_share(target, units_of(target))} are {target.good_words}, {each}"
    if target.missing_policy != MissingPolicy.EXCLUDE:
        yield f"what has no data counts as {'lost' if target.missing_policy == MissingPolicy.DOWN else 'good'}"


def _share(target: ServiceLevelTarget, whole: str) -> str:
    """`at least 99.5 % of orders`, `all orders`; a trial has no share yet."""
    if target.is_trial or target.threshold is None:
        return f"a share (trial, not agreed yet) of {whole}"
    return f"all {whole}" if target.threshold == 100 else f"at least {percent_words(target.threshold)} of {whole}"


def _interruptions(target: ServiceLevelTarget) -> str:
    longer = f" of more than {lost_time(Fraction(target.minimum_outage_seconds - 1))}"
    length = longer if target.minimum_outage_seconds > 1 else ""
    if target.is_trial or target.allowed_misses is None:
        return f"it is counted how many interruptions{length} it has (trial, no number is agreed yet)"
    if not target.allowed_misses:
        return f"it has no interruption{length}"
    return f"it has at most {interruption_words(target)}"


def _left_out(target: ServiceLevelTarget) -> Iterator[str]:
    """Which announced work is taken out, with how much notice; none is said too."""
    if not target.excluded_work:
        yield "announced work is not left out"
        return
    days = target.planned_notice_days
    notice = f" at least {counted(days, 'working days')} before" if days else ""
    cap = target.planned_cap_seconds
    limit = f", at most {lost_time(Fraction(cap))} of it in each {target.period_kind}" if cap is not None else ""
    yield f"{lower_first(work_words(target))} announced{notice} is left out{limit}"


def _cases(target: ServiceLevelTarget) -> str:
    """`Urgent problems`; of several priorities all are named."""
    if not target.priorities:
        return units_of(target)
    return f"{units_of(target)} with priority {and_list(target.priorities)}"


def _solved(target: ServiceLevelTarget) -> str:
    """`decided within 4 hours of service time after receipt`; how a good one is called says what is done with it."""
    end = ENDS[ClockStop(target.clock_stop)]
    if target.clock_stop == ClockStop.SOLVED and target.good_words.endswith(IN_TIME):
        end = target.good_words.removesuffix(IN_TIME)
    after = "" if target.within_working_days is not None else " after receipt"
    return f"{end} {limit_words(target)}{after}"


def _clock(target: ServiceLevelTarget) -> Iterator[str]:
    if target.pause_reasons:
        yield f"the clock stands still for {and_list(target.pause_reasons)}"


def _ready(target: ServiceLevelTarget) -> str:
    good, due = target.good_words or "done", clock_words(target.due_minute or 0)
    if target.schedule == Schedule.MONTHLY:
        return f"{units_of(target)} are {good} by {due} on day {target.due_day or 1} of each month"
    return f"{units_of(target)} are {good} by {due} {RHYTHMS[Schedule(target.schedule)]}"


def _late(target: ServiceLevelTarget) -> str:
    if target.is_trial:
        return "how many dates are late is counted (trial, no number is agreed yet)"
    if target.allowed_misses is None:
        return f"this holds on {_share(target, 'the dates')}"
    if not target.allowed_misses:
        return "no date is late"
    return f"at most {counted(target.allowed_misses, 'dates')} {'is' if target.allowed_misses == 1 else 'are'} late"
