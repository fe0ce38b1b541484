"""One figure with its proof and its events, as a reader opens it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from portal.accounts.models import Membership
from portal.language import dates
from portal.language.durations import lost_time, minutes
from portal.language.numbers import percent
from slas.calculation.outages import Fate
from slas.calculation.outcomes.availability import FATES
from slas.models import Attainment, ClockStop, ServiceLevelTarget, TargetKind
from slas.queries.attainments import get_attainment, visible_attainments
from slas.queries.failures import why_not_up_to_date
from slas.queries.phrases import Said, say

ENDS = {ClockStop.SOLVED: "Solved", ClockStop.ANSWERED: "First answered"}


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A line of the sum as the proof panel shows it."""

    label: str
    how: str
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class ProofPanel:
    """The sum read from top to bottom, and what it rests on."""

    lines: tuple[ProofLine, ...]
    status: str
    closing: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Half:
    """One of two figures that stand side by side."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """An event, case or date behind the figure: when, what it was, what it cost, why."""

    when: str
    what: str
    cost: str
    why: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A list of what the figure rests on, under one heading."""

    title: str
    rows: tuple[Row, ...]
    what: str
    cost: str


@dataclass(frozen=True, slots=True)
class AttainmentPage:
    """Everything that the page of a figure shows."""

    attainment: Attainment
    target: ServiceLevelTarget
    period: str
    said: Said
    halves: tuple[Half, ...]
    running: tuple[tuple[str, str], ...]
    proof: ProofPanel
    rules: tuple[str, ...]
    facts: tuple[Facts, ...]
    warnings: tuple[str, ...]
    out_of_date: str
    agreed: str
    revisions: tuple[Attainment, ...]


def get_attainment_page(*, reader: Membership, attainment_id: int) -> AttainmentPage:
    """The page of a figure that the reader may see. Raises Attainment.DoesNotExist."""
    attainment = get_attainment(reader=reader, attainment_id=attainment_id)
    target, result = attainment.target, attainment.result
    said = say(attainment=attainment, target=target)
    return AttainmentPage(
        attainment=attainment,
        target=target,
        period=dates.period_words(attainment.period_start, attainment.period_end),
        said=said,
        halves=tuple(_halves(target, result)),
        running=tuple(_running(target, result)),
        proof=panel_of(attainment, said.letter),
        rules=(attainment.proof["missing_policy"], attainment.proof["rounding"]),
        facts=tuple(each for each in _facts(target, result) if each.rows),
        warnings=tuple(result.get("warnings") or ()),
        out_of_date=why_not_up_to_date(reader=reader, attainment=attainment),
        agreed=_agreed(target),
        revisions=tuple(list_revisions(reader=reader, attainment=attainment)),
    )


def list_revisions(*, reader: Membership, attainment: Attainment) -> QuerySet[Attainment]:
    """All revisions of the same figure, oldest first; one where nothing came late."""
    same = visible_attainments(reader=reader).filter(
        target_id=attainment.target_id, period_start=attainment.period_start
    )
    return same.defer("proof", "result").order_by("revision")


def panel_of(attainment: Attainment, letter: str) -> ProofPanel:
    """The stored proof as the proof panel shows it."""
    proof = attainment.proof
    lines = (ProofLine(each["label"], each["detail"], each["value"], each["kind"]) for each in proof["lines"])
    return ProofPanel(tuple(lines), letter, proof["evidence"]["closing"])


def _halves(target: ServiceLevelTarget, result: Mapping[str, Any]) -> Iterator[Half]:
    felt = result.get("experienced") or {}
    if result.get("agreed") is None or felt.get("share") is None:
        return
    promised = f"Promised {target.threshold.normalize():f} %. " if target.threshold and not target.is_trial else ""
    yield Half("As agreed", percent(Fraction(result["agreed"]), target.decimals), f"{promised}{target.agreed_note}")
    lost = lost_time(Fraction(felt["lost_seconds"]))
    note = f"{lost} without it. {target.experienced_note or 'Nothing is taken out, slow time counts in full.'}"
    yield Half("As people felt it", percent(Fraction(felt["share"]), target.decimals), note)


def _running(target: ServiceLevelTarget, result: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The three numbers of a period that still runs."""
    names = {"so_far": "So far", "if_nothing_else": "If nothing else happens", "worst_case": "If all the rest is lost"}
    for key, name in names.items():
        if result.get(key) is not None:
            yield name, percent(Fraction(result[key]), target.decimals)


def _facts(target: ServiceLevelTarget, result: Mapping[str, Any]) -> Iterator[Facts]:
    zone = target.agreement.time_zone
    if target.kind == TargetKind.AVAILABILITY:
        events = tuple(_event(each, zone) for each in result["events"])
        yield Facts("What happened", events, "What happened", "Counts")
        planned = tuple(_planned(each, zone) for each in result["planned"])
        yield Facts("Planned work", planned, "What was done", "Taken out")
    elif target.kind == TargetKind.CASES:
        late = tuple(_case(each, zone, ENDS[ClockStop(target.clock_stop)]) for each in result["late_cases"])
        yield Facts("Late cases", late, "Case", "Took")
    elif target.kind == TargetKind.OCCASIONS:
        missed = tuple(_late_date(each, zone) for each in result["late_dates"])
        unknown = tuple(_unknown_date(each) for each in result["unknown_dates"])
        yield Facts("Late or without a record", missed + unknown, "What we know", "Due")
    elif target.kind == TargetKind.VOLUME:
        yield Facts("Month by month", tuple(map(_month, result.get("months") or ())), "Within the standard", "Share")


def _at(text: str | None, zone: str) -> datetime | None:
    return dates.local(datetime.fromisoformat(text), zone) if text else None


def _span(start: str, end: str | None, zone: str) -> str:
    started, ended = _at(start, zone), _at(end, zone)
    assert started is not None  # noqa: S101 - every fact has a start
    return dates.when(started, ended) if ended else f"{dates.weekday_day_long(started)}, from {dates.clock(started)} on"


def _event(event: Mapping[str, Any], zone: str) -> Row:
    what = event["what"] or ("Degraded" if event["is_degraded"] else "Down")
    fate = "" if event["why"] == FATES[Fate.COUNTED] else event["why"]
    why = ". ".join(part for part in (event["cause"], fate) if part)
    cost = lost_time(Fraction(event["counted_seconds"]))
    return Row(_span(event["started_at"], event["ended_at"], zone), what, cost, why)


def _planned(work: Mapping[str, Any], zone: str) -> Row:
    days = work["notice_working_days"]
    notice = "" if days is None else f", {days} working day{'' if days == 1 else 's'} before"
    why = f"{work['why']}{notice}"
    return Row(
        _span(work["starts_at"], work["ends_at"], zone), work["title"], minutes(Fraction(work["excluded_seconds"])), why
    )


def _case(case: Mapping[str, Any], zone: str, ended: str) -> Row:
    due, solved = _at(case["due_at"], zone), _at(case["resolved_at"], zone)
    assert due is not None  # noqa: S101 - every case that is judged is due
    end = f"{ended} {dates.moment(solved)}" if solved else "Still open at the end"
    what = " ".join(part for part in (case["key"], case["title"]) if part)
    return Row(f"Due {dates.moment(due)}", what, lost_time(Fraction(case["elapsed_seconds"])), end)


def _late_date(occasion: Mapping[str, Any], zone: str) -> Row:
    due, done = _at(occasion["due_at"], zone), _at(occasion["completed_at"], zone)
    assert due is not None  # noqa: S101 - every occasion has a due time
    what = f"Done {dates.moment(done)}" if done else "Not done"
    return Row(dates.weekday_day_long(date.fromisoformat(occasion["on"])), what, dates.clock(due), "Late")


def _unknown_date(on: str) -> Row:
    return Row(dates.weekday_day_long(date.fromisoformat(on)), "No record", "", "Could have been in time or late")


def _month(month: Mapping[str, Any]) -> Row:
    share = "" if month["share"] is None else percent(Fraction(month["share"]), 2)
    return Row(
        dates.month_year(date.fromisoformat(month["month"])), f"{month['met']:,} of {month['total']:,}", share, ""
    )


def _agreed(target: ServiceLevelTarget) -> str:
    """Who agreed on the meaning, and when."""
    accepted = sorted(target.agreement.acceptances.all(), key=lambda each: each.accepted_at)
    if not accepted:
        return ""
    on = dates.day_year(dates.local(accepted[-1].accepted_at, target.agreement.time_zone))
    names = " and ".join(each.name for each in accepted)
    return f"Agreed {on} by {names}, agreement version {target.agreement.version}"
