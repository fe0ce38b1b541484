"""What a figure rests on, down to each event, case, date, count and round that was judged."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from portal.language import dates
from portal.language.durations import lost_time, minutes
from portal.language.numbers import counted, percent
from slas.calculation.cases import CaseState
from slas.calculation.occasions import OccasionState
from slas.calculation.outages import Fate
from slas.calculation.outcomes.events import FATES
from slas.calculation.outcomes.words import plain
from slas.calculation.reliability import FailureFate
from slas.models import Attainment, ClockStop, ServiceLevelTarget, TargetKind
from slas.queries.case_words import state_words, times_words

SHORT = 10
ENDS = {ClockStop.SOLVED: "Solved", ClockStop.ANSWERED: "First answered"}
DATE_STATES = {
    OccasionState.MET.value: "In time",
    OccasionState.LATE.value: "Late",
    OccasionState.UNKNOWN.value: "Could have been in time or late",
}
HIDDEN_ROUNDS = "Answers of single rounds are not shown, because one has fewer than five"


@dataclass(frozen=True, slots=True)
class Row:
    """An event, case, date, count or round behind the figure: when, what it was, what it cost, why.

    `stands_out` where it counts against the promise, or nobody knows.
    """

    when: str
    what: str
    cost: str
    why: str
    stands_out: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """All of a kind that the figure rests on, in order of time, under one heading; `key` names it in addresses.

    `when`, `what` and `cost` are the heads of its columns.
    """

    key: str
    title: str
    rows: tuple[Row, ...]
    what: str
    cost: str
    when: str = "When"

    @property
    def short(self) -> tuple[Row, ...]:
        """The first few, those that stand out before all others; in order of time."""
        first = sorted(range(len(self.rows)), key=lambda at: (not self.rows[at].stands_out, at))[:SHORT]
        return tuple(self.rows[at] for at in sorted(first))


def facts_of(*, attainment: Attainment, target: ServiceLevelTarget) -> tuple[Facts, ...]:
    """The lists behind a figure of the target, without the empty ones."""
    return tuple(each for each in _facts(target, attainment.result, attainment.records) if each.rows)


def _facts(
    target: ServiceLevelTarget, result: Mapping[str, Any], records: Iterable[Mapping[str, Any]]
) -> Iterator[Facts]:
    zone = target.agreement.time_zone
    if target.kind == TargetKind.AVAILABILITY:
        events = tuple(_event(each, zone) for each in result["events"])
        yield Facts("events", "What happened", events, "What happened", "Counts")
        planned = tuple(_planned(each, zone) for each in result["planned"])
        yield Facts("planned", "Planned work", planned, "What was done", "Taken out")
    elif target.kind == TargetKind.RELIABILITY:
        found = tuple(_interruption(each, zone) for each in records)
        yield Facts("interruptions", "Interruptions", found, "What happened", "Took")
    elif target.kind == TargetKind.CASES:
        ended = ENDS[ClockStop(target.clock_stop)]
        times = tuple(Row(part, how, took, "") for part, took, how in times_words(result))
        yield Facts("times", "How long they took", times, "How it was found", "Took at most", "Part")
        yield Facts("cases", "Cases", tuple(_case(each, zone, ended) for each in records), "Case", "Took")
    elif target.kind == TargetKind.OCCASIONS:
        yield Facts("dates", "Dates", tuple(_date(each, zone) for each in records), "What we know", "Due")
    elif target.kind in (TargetKind.VOLUME, TargetKind.READINGS):
        within = "Within the standard" if target.kind == TargetKind.VOLUME else "Within the limit"
        months = tuple(map(_month, result.get("months") or ()))
        yield Facts("months", "Month by month", months, within, "Share")
        yield Facts("counts", "What was counted", tuple(map(_count, records)), within, "Share")
    else:
        yield Facts("rounds", "Survey rounds", tuple(map(_round, records)), "Answers", "Asked")


def _at(text: str | None, zone: str) -> datetime | None:
    return dates.local(datetime.fromisoformat(text), zone) if text else None


def _span(start: str, end: str | None, zone: str) -> str:
    started, ended = _at(start, zone), _at(end, zone)
    assert started is not None  # noqa: S101 - every fact has a start
    return dates.when(started, ended) if ended else f"{dates.weekday_day_long(started)}, from {dates.clock(started)} on"


def _event(event: Mapping[str, Any], zone: str) -> Row:
    what = event["what"] or ("Degraded" if event["is_degraded"] else "Down")
    is_counted = event["why"] == FATES[Fate.COUNTED]
    affected = f"{plain(100 * Fraction(event['affected']))} % of users" if event.get("affected") else ""
    why = ". ".join(part for part in (event["cause"], affected, "" if is_counted else event["why"]) if part)
    cost = lost_time(Fraction(event["counted_seconds"]))
    return Row(_span(event["started_at"], event["ended_at"], zone), what, cost, why, stands_out=is_counted)


def _interruption(each: Mapping[str, Any], zone: str) -> Row:
    is_counted = each["state"] == FailureFate.COUNTED.value
    why = ". ".join(part for part in (each["cause"], "" if is_counted else each["why"]) if part)
    cost = lost_time(Fraction(each["seconds"]))
    what = each["what"] or "Down"
    return Row(_span(each["started_at"], each["ended_at"], zone), what, cost, why, stands_out=is_counted)


def _planned(work: Mapping[str, Any], zone: str) -> Row:
    days = work["notice_working_days"]
    notice = "" if days is None else f". Notice: {counted(days, 'working days') if days else 'less than a working day'}"
    why = f"{work['why']}{notice}"
    return Row(
        _span(work["starts_at"], work["ends_at"], zone), work["title"], minutes(Fraction(work["excluded_seconds"])), why
    )


def _case(case: Mapping[str, Any], zone: str, ended: str) -> Row:
    due, solved = _at(case["due_at"], zone), _at(case["resolved_at"], zone)
    assert due is not None  # noqa: S101 - every case that is judged is due
    what = " ".join(part for part in (case["key"], case["title"]) if part)
    end = f"{ended} {dates.moment(solved)}" if solved else ""
    return Row(
        when=f"Due {dates.moment(due)}",
        what=what,
        cost=lost_time(Fraction(case["elapsed_seconds"])),
        why=". ".join(part for part in (end, state_words(case, zone)) if part),
        stands_out=case["state"] != CaseState.MET.value or "ledger" in case,
    )


def _date(occasion: Mapping[str, Any], zone: str) -> Row:
    due, done, state = _at(occasion["due_at"], zone), _at(occasion["completed_at"], zone), occasion["state"]
    assert due is not None  # noqa: S101 - every occasion has a due time
    no_record = "No record" if state == OccasionState.UNKNOWN.value else "Not done"
    return Row(
        when=dates.weekday_day_long(date.fromisoformat(occasion["on"])),
        what=f"Done {dates.moment(done)}" if done else no_record,
        cost=dates.clock(due),
        why=DATE_STATES[state],
        stands_out=state != OccasionState.MET.value,
    )


def _month(month: Mapping[str, Any]) -> Row:
    share = "" if month["share"] is None else percent(Fraction(month["share"]), 2)
    when = dates.month_year(date.fromisoformat(month["month"]))
    return Row(when, f"{month['met']:,} of {month['total']:,}", share, "")


def _count(count: Mapping[str, Any]) -> Row:
    when, total, met = dates.weekday_day_long(date.fromisoformat(count["on"])), count["total"], count["met"]
    if met is None:
        return Row(when, f"{total:,} counted", "", "Nobody knows how many were within the standard")
    share = percent(Fraction(met, total), 2) if total else ""
    return Row(when, f"{met:,} of {total:,}", share, "", stands_out=met < total)


def _round(survey: Mapping[str, Any]) -> Row:
    when, asked = dates.weekday_day_long(date.fromisoformat(survey["on"])), f"{survey['asked']:,}"
    if survey["answers"] is None:
        return Row(when, "Not shown", asked, HIDDEN_ROUNDS)
    return Row(when, f"{survey['good']:,} of {survey['answers']:,} good", asked, "")
