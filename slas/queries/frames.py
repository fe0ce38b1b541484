"""The frame of a promise in words: what counts, over which time, and what does not count."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from portal.language.dates import day_year, month_year, place_of
from portal.language.durations import exact_time
from portal.language.numbers import and_list, counted, lower_first
from slas.calculation.shares import SMALL_NUMBER
from slas.models import (
    CaseAttribution,
    ClockStop,
    FactKind,
    MissingPolicy,
    PercentileChoice,
    PeriodKind,
    PriorityRule,
    Schedule,
    ServiceLevelTarget,
    TargetKind,
    WorkKind,
)
from slas.queries.hours import versions_between
from slas.queries.inputs.terms import ALWAYS, promise_of, reading_limit_of

HOUR, MINUTE = 3600, 60
TOLD_BY_NUMBER = (TargetKind.CASES, TargetKind.VOLUME, TargetKind.SATISFACTION, TargetKind.READINGS)
COUNTS_TIME = (TargetKind.AVAILABILITY, TargetKind.RELIABILITY, TargetKind.CASES, TargetKind.READINGS)


def frame_lines(target: ServiceLevelTarget) -> list[str]:
    """The frame, one sentence each."""
    lines = [*_trial(target), *_period(target), *_hours(target)]
    if target.kind == TargetKind.AVAILABILITY:
        lines += [_when_down(target), *_planned(target), *_degraded(target), *_outages(target)]
    elif target.kind == TargetKind.RELIABILITY:
        lines += [_when_down(target), *_interruptions(target), *_planned(target)]
    elif target.kind == TargetKind.CASES:
        lines += _cases(target)
    elif target.kind == TargetKind.OCCASIONS:
        lines += _occasions(target)
    elif target.kind == TargetKind.READINGS:
        lines += _readings(target)
    return [*lines, *_numbers(target), _missing(target), *_close(target)]


def percent_words(value: Decimal) -> str:
    """`99.5 %`, as it was agreed and without needless zeros."""
    text = f"{value:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"


def promised_words(target: ServiceLevelTarget) -> str:
    """What is promised, in short: a share, a number of late dates, or nothing yet."""
    if target.is_trial:
        return "Trial: measured, no target yet"
    if target.allowed_misses is not None:
        if is_counted(target):
            return f"At most {interruption_words(target)}" if target.allowed_misses else _none_longer(target)
        return f"At most {target.allowed_misses} late" if target.allowed_misses else "None may be late"
    return percent_words(target.threshold) if target.threshold is not None else ""


def promised_sentence(*, target: ServiceLevelTarget, threshold: Decimal | None, allowed: int | None = None) -> str:
    """A proposed level as a sentence: `99.5 % of 04:00 to 22:00, every day`, `98 % of orders`, `At most 2
    interruptions of more than 10 min a month`.
    """
    if threshold is None:
        words = f"At most {interruption_words(target, allowed)}" if allowed else _none_longer(target)
        return f"{words} a {target.period_kind}"
    if target.kind == TargetKind.AVAILABILITY:
        words = lower_first(target.service_hours.words) if target.service_hours else ALWAYS
        of = "all hours" if words.startswith(("always", "round the clock")) else words
    else:
        of = promise_of(target).unit_words or "cases"
    return f"{percent_words(threshold)} of {of}"


def _trial(target: ServiceLevelTarget) -> Iterator[str]:
    if target.is_trial:
        months = counted(target.trial_months, "months")
        yield f"Measured for {months} with nothing promised; then both sides agree on a level, or on more months."


def _period(target: ServiceLevelTarget) -> Iterator[str]:
    start = date(2000, target.period_start_month, 1)
    names = {PeriodKind.MONTH: "each month", PeriodKind.QUARTER: "each quarter", PeriodKind.YEAR: "each year"}
    since = "" if target.period_kind == PeriodKind.MONTH else f" from {month_year(start).rpartition(' ')[0]}"
    own = f", from {day_year(target.starts_on)} on" if target.starts_on else ""
    yield f"Judged for {names[PeriodKind(target.period_kind)]}{since}{own}."


def _hours(target: ServiceLevelTarget) -> Iterator[str]:
    if target.kind not in COUNTS_TIME and target.schedule != Schedule.WORKING_DAYS:
        return
    hours = target.service_hours
    if hours is None:
        yield f"Service hours: {ALWAYS}, {place_of(target.agreement.time_zone)} time."
        return
    held, *later = versions_between(hours=hours, first=target.agreement.starts_on, last=target.agreement.ends_on)
    changes = [f"; from {day_year(each.starts_on)} {lower_first(each.words)}" for each in later if each.starts_on]
    yield f"Service hours: {lower_first(held.words)}, {place_of(held.time_zone)} time{''.join(changes)}."


def _planned(target: ServiceLevelTarget) -> Iterator[str]:
    if not target.excluded_work:
        yield "Announced work counts as time without the service."
        return
    days = target.planned_notice_days
    notice = f" with {days} working day{'s' if days != 1 else ''} (Monday to Friday) of notice" if days else ""
    cap = target.planned_cap_seconds
    limit = f", up to {exact_time(cap)} a {target.period_kind}" if cap is not None else ""
    yield f"Announced and approved {work_words(target)} is taken out{notice}{limit}."
    rest = [kind for kind in WorkKind if kind not in target.excluded_work]
    if rest:
        yield f"{_kinds(rest)} count{'s' if len(rest) == 1 else ''} as time without the service."


def work_words(target: ServiceLevelTarget) -> str:
    """Which kinds of work are taken out: `planned work and work of a supplier`."""
    return lower_first(_kinds(target.excluded_work))


def _kinds(kinds: Iterable[str]) -> str:
    first, *others = (WorkKind(kind).label for kind in kinds)
    return and_list([first, *map(lower_first, others)])


def _degraded(target: ServiceLevelTarget) -> Iterator[str]:
    lost = 1 - target.degraded_share
    if lost == Decimal("0.5"):
        yield "Slow or partly usable time counts half."
    elif lost:
        yield f"Slow or partly usable time counts {percent_words(lost * 100)}."
    else:
        yield "Slow or partly usable time does not count."


def _when_down(target: ServiceLevelTarget) -> str:
    """From when to when an outage is: one rule for each source of facts (calculation, section 2)."""
    if target.measure.fact_kind == FactKind.CHECKS:
        return "An outage starts with the first check that finds it and ends with the first that does not."
    return (
        "An outage starts when it really began or, where nobody knows that, when it was first noticed; it ends when the"
        f" service can be used again. Who decides: {target.measure.decider}."
    )


def _outages(target: ServiceLevelTarget) -> Iterator[str]:
    if target.weighs_users:
        yield "An outage costs the share of the agreed users whom it met; together never more than all of them."
    if target.minimum_outage_seconds:
        yield f"Outages shorter than {exact_time(target.minimum_outage_seconds)} do not count."
    if target.merge_gap_seconds:
        yield f"Outages at most {exact_time(target.merge_gap_seconds)} apart are one."


def is_counted(target: ServiceLevelTarget) -> bool:
    """Whether a number of interruptions is promised."""
    return target.kind == TargetKind.RELIABILITY


def interruption_words(target: ServiceLevelTarget, allowed: int | None = None) -> str:
    """`2 interruptions of more than 10 min`: as many as are allowed, or as are proposed."""
    number = target.allowed_misses if allowed is None else allowed
    return f"{counted(number or 0, 'interruptions')}{_length(target)}"


def _none_longer(target: ServiceLevelTarget) -> str:
    return f"No interruption{_length(target)}"


def _length(target: ServiceLevelTarget) -> str:
    longer = exact_time(target.minimum_outage_seconds - 1)
    return f" of more than {longer}" if target.minimum_outage_seconds > 1 else ""


def _interruptions(target: ServiceLevelTarget) -> Iterator[str]:
    if target.minimum_outage_seconds > 1:
        longer = exact_time(target.minimum_outage_seconds - 1)
        yield f"An interruption counts when it took more than {longer} from its first second to its last."
    yield "It counts in the period in which it began to take service time. Slow or partly usable time is none."
    if target.merge_gap_seconds:
        yield f"Interruptions at most {exact_time(target.merge_gap_seconds)} apart are one."


def _cases(target: ServiceLevelTarget) -> Iterator[str]:
    done = "answered by a person" if target.clock_stop == ClockStop.ANSWERED else "solved"
    yield f"A case is in time when it is {done} {limit_words(target)}."
    if target.within_working_days is not None:
        yield "What comes after the end of hours counts as received on the next working day."
    if target.priorities:
        yield f"Cases that count: {and_list(target.priorities)}."
    if target.pause_reasons:
        yield f"The clock stands still for: {and_list(target.pause_reasons)}."
    else:
        yield "The clock stands still outside service hours only."
    if target.longest_pause_seconds:
        longest = exact_time(target.longest_pause_seconds)
        yield f"A pause of more than {longest} of service time needs a note."
    if target.reopen_days is not None:
        days = counted(target.reopen_days, "days")
        yield f"Opened again within {days} of its solution, a case goes on; later it is a new one."
    if target.priority_rule == PriorityRule.CHANGE:
        yield "A case that had another priority before is counted from the change on."
    yield attribution_words(target)
    if target.percentile_method != PercentileChoice.NEAREST_RANK:
        yield f"How long half of the cases took: {lower_first(target.get_percentile_method_display())}."


def period_rules(target: ServiceLevelTarget) -> tuple[str, ...]:
    """What belongs to the period of a figure, where that is not plain from the facts."""
    return (attribution_words(target),) if target.kind == TargetKind.CASES else ()


def attribution_words(target: ServiceLevelTarget) -> str:
    """In which period a case counts."""
    match target.attribution:
        case CaseAttribution.STOPPED:
            return "A case belongs to the period in which its clock stops; what is open is in none."
        case CaseAttribution.OPENED:
            return "A case belongs to the period in which it is opened; not final until each is solved or overdue."
    return "A case belongs to the period in which it is due; open and overdue is late."


def limit_words(target: ServiceLevelTarget) -> str:
    """`within 2 hours of service time`, `by the end of hours on the 10th working day after receipt`."""
    if target.within_working_days is not None:
        return f"by the end of hours on the {_nth(target.within_working_days)} working day after receipt"
    seconds = target.within_seconds or 0
    if seconds % HOUR == 0:
        return f"within {counted(seconds // HOUR, 'hours')} of service time"
    if seconds % MINUTE:
        return f"within {exact_time(seconds)} of service time"
    return f"within {counted(seconds // MINUTE, 'minutes')} of service time"


def _nth(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def clock_words(minute: int) -> str:
    """420 is 07:00; past midnight it says so."""
    days, rest = divmod(minute, 1440)
    return f"{rest // 60:02}:{rest % 60:02}{' on the next day' if days else ''}"


def _occasions(target: ServiceLevelTarget) -> Iterator[str]:
    due = clock_words(target.due_minute or 0)
    if target.schedule == Schedule.MONTHLY:
        yield f"Due once a month, on day {target.due_day or 1}, by {due}; in a shorter month on its last day."
    else:
        days = "every day" if target.schedule == Schedule.DAILY else "each day with service hours"
        yield f"Due {days} by {due}, {place_of(target.agreement.time_zone)} time."


def _readings(target: ServiceLevelTarget) -> Iterator[str]:
    limit = reading_limit_of(target)
    if limit is not None:
        yield f"A reading of {limit.good} is within the limit. Only readings in service time count."


def _numbers(target: ServiceLevelTarget) -> Iterator[str]:
    """How a number is promised and told."""
    if target.allowed_misses is not None:
        yield f"The number is that of a whole {target.period_kind}; for a part of one it is not reduced."
    elif target.kind in TOLD_BY_NUMBER:
        yield f"Fewer than {SMALL_NUMBER} are told as so many of all, such as 9/9, and not as a percentage."


def _missing(target: ServiceLevelTarget) -> str:
    thing = "Time" if target.kind == TargetKind.AVAILABILITY else "What is"
    counts = {
        MissingPolicy.EXCLUDE: "is left out",
        MissingPolicy.DOWN: "counts as lost",
        MissingPolicy.UP: "counts as good",
    }
    if target.kind == TargetKind.RELIABILITY:
        counts = {
            MissingPolicy.EXCLUDE: "hides nothing that is counted",
            MissingPolicy.DOWN: "counts as an interruption",
            MissingPolicy.UP: "counts as good",
        }
        thing = "Time"
    rule = f"{thing} without data {counts[MissingPolicy(target.missing_policy)]}"
    if target.kind == TargetKind.OCCASIONS and target.allowed_misses is not None:
        return "A date without a record is not late; we judge when such dates cannot change the result."
    return f"{rule}; below {percent_words(target.minimum_coverage)} of data we do not judge."


def _close(target: ServiceLevelTarget) -> Iterator[str]:
    if target.is_trial:
        return
    margin = ""
    if target.close_margin is not None:
        points = percent_words(target.close_margin).removesuffix(" %")
        margin = f", or within {points} point{'' if points == '1' else 's'} of the promise"
    yield f"Kept, but close: more than {percent_words(target.close_room * 100)} of the room used{margin}."
