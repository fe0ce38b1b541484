"""The free texts of an agreement as the ambiguity check reads them: where each stands, what is settled beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from slas.models import (
    AgreementScope,
    Obligation,
    PeriodKind,
    Schedule,
    ServiceHours,
    ServiceLevelTarget,
    TargetKind,
)
from slas.queries.clause_changes import ClauseRow, Coverage
from slas.queries.clauses import SCOPE, duty_key, target_key
from slas.wording.frame import About, Frame, Limit, Size, Slot, Week

ABOUT = {
    TargetKind.AVAILABILITY: About.ACCESS,
    TargetKind.RELIABILITY: About.ACCESS,
    TargetKind.SATISFACTION: About.OTHER,
    TargetKind.READINGS: About.ACCURACY,
}
ALWAYS = ("always", "round the clock")
EACH_DAY: Week = (((0, 1440),),) * 7
PERIODS = {PeriodKind.MONTH: "month", PeriodKind.QUARTER: "quarter", PeriodKind.YEAR: "year"}
# What a promise says in free words beside its sentence.
BESIDE = (
    ("meaning", "What it means"),
    ("agreed_note", "Under the agreed figure"),
    ("experienced_note", "Under the experienced figure"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A free text: the clause in which it stands, and the field of the row that holds it.

    `label` says which text of its clause it is, where it is not the sentence of the clause itself.
    """

    frame: Frame
    clause_key: str = ""
    title: str = ""
    row: Any = None
    field: str = ""
    label: str = ""

    @property
    def is_own(self) -> bool:
        """Whether it is the agreement's own; hours are written down for all who count by them."""
        return isinstance(self.row, ServiceLevelTarget | Obligation | AgreementScope)

    @property
    def is_negotiated(self) -> bool:
        """Whether other words for it can be proposed while the version is on offer."""
        return isinstance(self.row, ServiceLevelTarget | Obligation)


def list_parts(
    *, targets: Iterable[ServiceLevelTarget], duties: Iterable[Obligation], scope: Iterable[AgreementScope]
) -> Iterator[Part]:
    """Every free text of a version in the order of its clauses; hours that several promises share at the first one."""
    seen: set[tuple[str, Any, str]] = set()
    yield from scope_parts(scope)
    for target in targets:
        for part in target_parts(target):
            which = (type(part.row).__name__, part.row.pk, part.field)
            if which not in seen:
                seen.add(which)
                yield part
    for duty in duties:
        yield duty_part(duty)


def target_parts(target: ServiceLevelTarget) -> Iterator[Part]:
    """The sentence of a promise and what else it says in free words; also of one that is not written yet.

    Its hours are read with it. A measure is read on its own page, and here only if it is written with the promise.
    """
    key, title, zone = target_key(target.slug), target.short_name or target.name, target.agreement.time_zone
    yield Part(frame_of_target(target), key, title, target, "sentence")
    for field, label in BESIDE:
        if words := getattr(target, field):
            yield Part(frame_of_words(words, zone), key, title, target, field, label)
    hours, measure = target.service_hours, target.measure
    if hours is not None:
        yield hours_part(hours, key, title)
    if measure._state.adding:
        yield Part(frame_of_words(measure.what, zone), key, title, measure, "what", "What is counted")


def hours_part(hours: ServiceHours, key: str = "", title: str = "") -> Part:
    """The words of hours, which must not contradict their days."""
    frame = replace(frame_of_words(hours.words, hours.time_zone), week=_week(hours))
    return Part(frame, key, title, hours, "words", "Service hours")


def scope_parts(lines: Iterable[AgreementScope]) -> Iterator[Part]:
    """Who is covered, where that is said in words; also of lines that are not written yet."""
    for line in lines:
        if line.covered_words:
            frame = frame_of_words(line.covered_words, line.agreement.time_zone)
            yield Part(frame, SCOPE, line.service.name, line, "covered_words")


def duty_part(duty: Obligation) -> Part:
    """What the customer does; also a duty that is not written yet."""
    frame = frame_of_words(duty.text, duty.agreement.time_zone)
    return Part(frame, duty_key(duty.slug), duty.short_text, duty, "text")


def row_parts(row: ClauseRow) -> Iterator[Part]:
    """The free texts of the row behind a clause, written or not; the terms hold none."""
    if isinstance(row, ServiceLevelTarget):
        yield from target_parts(row)
    elif isinstance(row, Obligation):
        yield duty_part(row)
    elif isinstance(row, Coverage):
        yield from scope_parts(row.lines)


def frame_of_target(target: ServiceLevelTarget) -> Frame:
    """A promise as the check reads it: its sentence, and what its form settles beside it.

    A share that is promised is settled only if the sentence names no other one.
    """
    measure = target.measure
    lacking = {slot for slot, said in ((Slot.SOURCE, measure.source), (Slot.WHO_DECIDES, measure.decider)) if not said}
    if target.threshold is not None:
        lacking.add(Slot.SHARE)
    hours, is_occasion = target.service_hours, target.kind == TargetKind.OCCASIONS
    return Frame(
        text=target.sentence,
        service=f"{target.name} {measure.what}",
        share=None if target.threshold is None else Fraction(target.threshold) / 100,
        about=ABOUT.get(TargetKind(target.kind), About.TIME),
        settled=frozenset(set(Slot) - lacking),
        limit=_limit(target),
        period="" if target.schedule == Schedule.MONTHLY else PERIODS[PeriodKind(target.period_kind)],
        around_the_clock=hours is None or hours.words.lower().startswith(ALWAYS),
        week=_week(hours) if hours else EACH_DAY,
        allowed=None if target.is_trial else target.allowed_misses,
        due=target.due_minute if is_occasion else None,
        reading=_reading(target),
        zone=target.agreement.time_zone if is_occasion or hours is None else hours.time_zone,
    )


def _limit(target: ServiceLevelTarget) -> Limit | None:
    if target.kind != TargetKind.CASES:
        return None
    if target.within_working_days is not None:
        return Limit(Fraction(target.within_working_days), "day", "working")
    return Limit(Fraction(target.within_seconds), "second") if target.within_seconds else None


def _reading(target: ServiceLevelTarget) -> Size | None:
    if target.kind != TargetKind.READINGS or target.reading_limit is None:
        return None
    return Size(Fraction(target.reading_limit), target.measure.unit_words, target.is_least)


def _week(hours: ServiceHours) -> Week | None:
    """Day by day; None while no days are written down."""
    week: list[list[tuple[int, int]]] = [[] for _day in range(7)]
    for window in hours.windows.all() if hours.pk else ():
        week[window.weekday].append((window.opens_at, window.closes_at))
    return tuple(tuple(day) for day in week) if any(week) else None


def frame_of_words(text: str, zone: str = "") -> Frame:
    """Free text beside the figures, such as a duty: what is vague in it; dates and figures stand beside it."""
    return Frame(text=text, settled=frozenset(Slot), zone=zone)
