"""What a level can be proposed on: how levels would have done, what is sure, and what there is to warn of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median_low

from portal.accounts.models import Membership
from portal.language.durations import lost_time, minutes
from portal.language.facts import CountFacts, read
from portal.language.numbers import NBSP, count, of
from slas.calculation.cases import CaseState
from slas.calculation.errors import TooFewValues
from slas.calculation.periods import Period, add_months
from slas.calculation.proposal import (
    FEWEST_MONTHS,
    Caution,
    MeasuredMonth,
    cautions,
    predict,
    propose_numbers,
    propose_safe,
    share_bound,
    time_bound,
    time_step,
)
from slas.calculation.rounding import Better, share_of, shown, shown_percent
from slas.calculation.shares import Observed
from slas.models import Attainment, ServiceLevelTarget, TargetKind, TargetProposal
from slas.queries.frames import interruption_words, is_counted, percent_words
from slas.queries.measured_months import YEAR, measured_months, measured_value

CONFIDENCES = (Fraction(95, 100), Fraction(90, 100), Fraction(80, 100))
# Of so many percent of all cases it is said how long they take.
PARTS = ("80", "90", "95")
PART_SURE = CONFIDENCES[0]
JUDGED = {CaseState.MET.value, CaseState.LATE.value, CaseState.OVERDUE.value}


@dataclass(frozen=True, slots=True)
class Level:
    """One level: in how many months it would have been kept, how sure the next month is to keep it, how many misses to
    expect in a year, and how long a month may be without the service."""

    words: str
    kept: str
    sure: str
    misses: str
    room: str
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class Pooled:
    """All cases together: what the true share is at least, and what a month to come keeps, with one confidence."""

    sure: str
    share: str
    level: str
    misses: str


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """So many of a hundred cases stay within a time; `limit` is what could be promised, or why nothing can be said."""

    part: str
    limit: str
    how: str


@dataclass(frozen=True, slots=True)
class ProposalGrounds:
    """Everything that speaks for or against a level. `counted` and `month` say what the pooled cases are."""

    figures: tuple[Attainment, ...]
    levels: tuple[Level, ...]
    cautions: tuple[Caution, ...]
    pooled: tuple[Pooled, ...]
    counted: str
    month: str
    limits: tuple[TimeLimit, ...]


def get_proposal_grounds(
    *, reader: Membership, target: ServiceLevelTarget, until: date, level: Fraction | None = None
) -> ProposalGrounds:
    """The grounds for a level of a trial from what the reader may see; the proposed level stands among the others."""
    rows = measured_months(reader=reader, target=target, until=until, months=2 * YEAR)
    first = add_months(until.replace(day=1), -YEAR)
    figures = [row for row in rows if row.period_start >= first]
    is_enough = len(figures) >= FEWEST_MONTHS
    facts = _counts(target, figures) if is_enough else []
    return ProposalGrounds(
        figures=tuple(figures),
        levels=tuple(_levels(target, figures, level)) if is_enough else (),
        cautions=cautions(_measured(target, rows)) if is_enough else (),
        pooled=tuple(_pooled(facts)),
        counted=of(sum(each.good for each in facts), sum(each.whole for each in facts)),
        month=count(_usual_number(facts)) if facts else "",
        limits=tuple(_limits(figures)) if is_enough and target.kind == TargetKind.CASES else (),
    )


def values_of(target: ServiceLevelTarget, figures: Sequence[Attainment]) -> list[Fraction]:
    """What is held against a level in each month: the exact share, or the number of interruptions."""
    values = (measured_value(row, target.kind) for row in figures)
    return [value for value in values if value is not None]


def _measured(target: ServiceLevelTarget, rows: Sequence[Attainment]) -> Iterator[MeasuredMonth]:
    """The months as warnings look at them: more is better there."""
    sign = -1 if is_counted(target) else 1
    for row, value in zip(rows, values_of(target, rows), strict=True):
        facts = read(target.kind, row.result)
        volume = facts.whole if isinstance(facts, CountFacts) else None
        yield MeasuredMonth(Period.containing(row.period_start), sign * value, volume)


def level_of(proposal: TargetProposal) -> Fraction | None:
    """The proposed level as figures are: a share, or a number of interruptions; None for a longer trial."""
    return promised_level(proposal.target, proposal.threshold, proposal.allowed_misses)


def promised_level(target: ServiceLevelTarget, threshold: Decimal | None, allowed: int | None) -> Fraction | None:
    """What is promised as figures are; None where it is not what such figures are held against."""
    if is_counted(target):
        return None if allowed is None else Fraction(allowed)
    return None if threshold is None else share_of(threshold)


def _levels(target: ServiceLevelTarget, figures: Sequence[Attainment], own: Fraction | None) -> Iterator[Level]:
    """From the strictest level that a month reached to the first that all of them did, the proposed one among them."""
    month = _usual_month(target, figures)
    values, also = values_of(target, figures), [] if own is None else [own]
    is_number = is_counted(target)
    tried_on = propose_numbers(map(int, values), map(int, also)) if is_number else propose_safe(values, also)
    for tried in tried_on:
        yield Level(
            words=_level_words(target, tried.level),
            kept=f"{tried.kept} of {tried.months} months",
            sure=f"{tried.confidence_percent}{NBSP}%",
            misses=_misses(tried.misses_a_year),
            room=minutes((1 - tried.level) * month) if month else "",
            is_proposed=tried.level == own,
        )


def _level_words(target: ServiceLevelTarget, level: Fraction) -> str:
    if is_counted(target):
        return f"At most {interruption_words(target, int(level))}"
    return percent_words(Decimal(level.numerator * 100) / level.denominator)


def _misses(number: Fraction) -> str:
    """To one decimal, rounded up: less is better."""
    return shown(number, 1, Better.LESS)


def _usual_month(target: ServiceLevelTarget, figures: Sequence[Attainment]) -> Fraction | None:
    """The time that counts in a usual month of 31 days, with no change of the clock; None where time is not counted."""
    if target.kind != TargetKind.AVAILABILITY:
        return None
    long = [row.result["counted_seconds"] for row in figures if (row.period_end - row.period_start).days == 31]
    return Fraction(median_low(long)) if long else None


def _counts(target: ServiceLevelTarget, figures: Sequence[Attainment]) -> list[CountFacts]:
    """What was counted in each month; nothing where time is counted, and where more was met than counted."""
    facts = [read(target.kind, row.result) for row in figures]
    return [each for each in facts if isinstance(each, CountFacts) and each.good <= each.whole]


def _usual_number(facts: Sequence[CountFacts]) -> int:
    return median_low(each.whole for each in facts)


def _pooled(facts: Sequence[CountFacts]) -> Iterator[Pooled]:
    good, whole = sum(each.good for each in facts), sum(each.whole for each in facts)
    if not whole:
        return
    for confidence in CONFIDENCES:
        bound, month = share_bound(good, whole, confidence), predict(good, whole, _usual_number(facts), confidence)
        yield Pooled(
            sure=f"{bound.confidence_percent}{NBSP}%",
            share=f"{shown_percent(bound.share, 1)}{NBSP}%",
            level=percent_words(Decimal(month.level.numerator * 100) / month.level.denominator),
            misses=_misses(month.misses_a_year),
        )


def _limits(figures: Sequence[Attainment]) -> Iterator[TimeLimit]:
    """From the cases that were judged; one whose clock still runs is at least so long."""
    kept = Attainment.objects.filter(pk__in=[row.pk for row in figures]).values_list("records", flat=True)
    took = [
        Observed(case["elapsed_seconds"], is_open=case["resolved_at"] is None)
        for records in kept
        for case in records
        if case["state"] in JUDGED
    ]
    for part in PARTS:
        yield _limit(part, took)


def _limit(part: str, took: Sequence[Observed]) -> TimeLimit:
    words = f"{part} of 100 cases"
    try:
        bound = time_bound(took, part, PART_SURE)
    except TooFewValues as error:
        return TimeLimit(words, "", str(error))
    if bound.seconds is None:
        return TimeLimit(words, "", f"Too many cases are still open: the one at place {bound.rank} is one of them.")
    how = f"The case at place {bound.rank} of {bound.counted}, the longest last, took {_time(bound.seconds)}."
    return TimeLimit(words, _time(time_step(bound.seconds)), how)


def _time(seconds: int) -> str:
    return lost_time(Fraction(seconds))
