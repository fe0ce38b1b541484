"""Promises of the running month that will be missed unless somebody acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from portal.language import dates
from portal.language.durations import allowed_time
from portal.language.numbers import count, counted, down, exact, of, percent, singular, up
from portal.language.phrases import LETTERS
from reporting.queries.workbench_desk import Desk
from slas.calculation.status import Status
from slas.models import AgreementState, Attainment, ServiceLevelTarget, TargetKind
from slas.queries.attainments import newest_attainments
from slas.queries.frames import interruption_words

MINUTE = 60
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Risk:
    """One promise at risk: how much of its room is used and of its month gone, what is left, and how it would end."""

    attainment_id: int
    status: str
    name: str
    who: str
    used: float
    gone: float
    used_words: str
    bar_words: str
    left: str
    so_far: str
    at_end: str
    why: str


def list_risks(*, desk: Desk) -> list[Risk]:
    """At risk or missed already in the period that runs, the fullest room first."""
    rows = (
        newest_attainments()
        .filter(
            desk.own_targets(),
            target__agreement__state=AgreementState.IN_FORCE,
            period_start__lte=desk.today,
            period_end__gt=desk.today,
            status__in=[Status.AT_RISK.value, Status.MISSED.value],
        )
        .defer("proof")
        .select_related("target__agreement__customer")
        .order_by("-used", "pk")
    )
    return [_risk(row) for row in rows]


def _risk(row: Attainment) -> Risk:
    target, result = row.target, row.result
    used, gone = float(row.used or 0), float(exact(result.get("elapsed_share") or 0))
    time = _time(result) if target.kind == TargetKind.AVAILABILITY else _count(target, result)
    used_words, left = time
    so_far, at_end = _course(target, result)
    return Risk(
        attainment_id=row.pk,
        status=LETTERS[row.status],
        name=target.name,
        who=f"{target.agreement.customer.name}, {_promised(target)}",
        used=used,
        gone=gone,
        used_words=used_words,
        bar_words=f"{used:.0%} of the room used, {gone:.0%} of the period gone".replace("%", " %"),
        left=left,
        so_far=so_far,
        at_end=at_end,
        why=_why(row.status, used, gone, result),
    )


def _promised(target: ServiceLevelTarget) -> str:
    if target.allowed_misses is not None and target.threshold is None:
        units = _units(target)
        if target.kind == TargetKind.RELIABILITY:
            return f"at most {interruption_words(target)}"
        return f"at most {target.allowed_misses} late {singular(units) if target.allowed_misses == 1 else units}"
    return f"{target.threshold.normalize():f} %" if target.threshold is not None else "trial"


def _units(target: ServiceLevelTarget) -> str:
    usual = {TargetKind.CASES: "cases", TargetKind.RELIABILITY: "interruptions"}
    return target.unit_words or usual.get(TargetKind(target.kind), "dates")


def _time(result: Mapping[str, Any]) -> tuple[str, str]:
    """Minutes used of minutes allowed, and the time that is left."""
    lost, allowed = exact(result.get("lost_seconds") or 0), exact(result.get("allowed_seconds") or 0)
    left = allowed - lost
    used = f"{count(up(lost / MINUTE))} of {count(down(allowed / MINUTE))} min"
    return used, allowed_time(left) if left > 0 else "None"


def _count(target: ServiceLevelTarget, result: Mapping[str, Any]) -> tuple[str, str]:
    """Late ones of those allowed, and how many more may be late."""
    bad = {TargetKind.SATISFACTION: "bad"}.get(TargetKind(target.kind), "late")
    late = _late(target, result)
    allowed = int(exact(result.get(f"allowed_{bad}") or 0))
    left = allowed - late
    return f"{count(late)} of {counted(allowed, _units(target))}", count(left) if left > 0 else "None"


def _late(target: ServiceLevelTarget, result: Mapping[str, Any]) -> int:
    if target.kind in (TargetKind.VOLUME, TargetKind.READINGS):
        return int(exact(result.get("total") or 0)) - int(exact(result.get("met") or 0))
    return int(exact(result.get("late") or 0))


def _course(target: ServiceLevelTarget, result: Mapping[str, Any]) -> tuple[str, str]:
    """So far, and at the end if nothing else happens: a share, or occasions of occasions."""
    if target.kind == TargetKind.OCCASIONS:
        on_time, to_come = int(result.get("on_time") or 0), int(result.get("to_come") or 0)
        due = int(result.get("due") or 0)
        return of(on_time, int(result.get("known") or 0)), of(on_time + to_come, due + to_come)
    so_far = result.get("so_far") or result.get("share")
    return _share(so_far, target), _share(result.get("if_nothing_else"), target)


def _share(value: str | None, target: ServiceLevelTarget) -> str:
    return NOTHING if value is None else percent(exact(value), target.decimals)


def _why(status: str, used: float, gone: float, result: Mapping[str, Any]) -> str:
    late = result.get("late_dates") or []
    on = f"Late on {dates.day(date.fromisoformat(late[-1]['on']))}" if late else ""
    if status == Status.MISSED.value:
        return f"Missed already. {on}".strip()
    if on:
        return on
    if not gone or Fraction(used) <= Fraction(gone):
        return "Little room is left"
    return f"Room goes {used / gone:.1f} times too fast"
