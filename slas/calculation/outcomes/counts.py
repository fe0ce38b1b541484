"""So many of so many in one period: cases, counted units of work, answers (calculation, sections 4, 5, 6 and 8)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import groupby
from typing import Any

from slas.calculation.cases import Attribution, CasesFigure, CaseState, CaseTerms, measure_cases, settled_at
from slas.calculation.conventions import PARLEY, Convention
from slas.calculation.explain import prove_cases, prove_satisfaction, prove_share
from slas.calculation.intervals import Interval
from slas.calculation.ledger import Case
from slas.calculation.outcomes.case_records import LATE, CaseStory, case_records, rule_words, times_of
from slas.calculation.outcomes.frame import (
    Frame,
    Outcome,
    exact,
    known_time,
    whole_allowed,
)
from slas.calculation.outcomes.shares import (
    ShareWords,
    share_outcome,
    share_result,
    share_value,
    share_verdict,
    share_words,
)
from slas.calculation.periods import Period, PeriodKind
from slas.calculation.running import in_proportion
from slas.calculation.satisfaction import FEWEST_SHOWN, SatisfactionFigure
from slas.calculation.service_hours import ServiceHours
from slas.calculation.shares import PercentileMethod, ShareFigure
from slas.calculation.status import Status, Verdict

ALL = Fraction(1)
FEW_ANSWERS = "Fewer than five answers"
FEW_IN_A_PART = "Fewer than five answers in a part of it"
CASES = {
    Attribution.DUE: "Cases due",
    Attribution.STOPPED: "Cases that stopped",
    Attribution.OPENED: "Cases opened",
}
NOT_FINAL = "Not final: cases that count in this period are not due yet."


@dataclass(frozen=True)
class CasesInputs:
    """The cases that may count in the period, with their stories by key, and the time without data.

    `method` is the agreed one of the percentiles that stand beside the share.
    """

    frame: Frame
    terms: CaseTerms
    cases: tuple[Case, ...]
    stories: Mapping[str, CaseStory]
    silent: tuple[Interval, ...] = ()
    method: PercentileMethod = PercentileMethod.NEAREST_RANK


@dataclass(frozen=True)
class VolumeRow:
    """Units of work counted for one local date; `met` None: nobody counted how many were in their standard."""

    on: date
    total: int
    met: int | None


@dataclass(frozen=True)
class VolumeInputs:
    """Counted volumes of one period, in order of date; `by_month` for quarters and years.

    `silent` is the time without data, which is measured against the service hours.
    """

    frame: Frame
    rows: tuple[VolumeRow, ...]
    by_month: bool
    hours: ServiceHours
    silent: tuple[Interval, ...] = ()


@dataclass(frozen=True)
class SurveyRound:
    """One round of a survey: people asked, answers, good answers."""

    on: date
    asked: int
    answers: int
    good: int


@dataclass(frozen=True)
class SatisfactionInputs:
    """The survey rounds of one period, in order of date; `silent` as for volumes.

    `shorter` are the shorter periods over which the same rounds are judged as well: how long, and when years start.
    """

    frame: Frame
    rounds: tuple[SurveyRound, ...]
    hours: ServiceHours
    silent: tuple[Interval, ...] = ()
    shorter: frozenset[tuple[PeriodKind, int]] = frozenset()


class Hides(Enum):
    """Which answers of a figure are few: none, all of them, or those of a part of its period."""

    NOTHING = "nothing"
    ALL = "all"
    A_PART = "a part"


@dataclass(frozen=True)
class ShownRound:
    """A round as everybody may read it; without its answers where they, or what they leave of others, are few."""

    on: date
    asked: int
    answers: int | None
    good: int | None


@dataclass(frozen=True)
class SurveySums:
    """What may be kept of the survey rounds of one period: their sums, and of hidden answers not even how many."""

    frame: Frame
    seen: SatisfactionFigure
    rounds: tuple[ShownRound, ...]
    hides: Hides = Hides.NOTHING

    @property
    def figure(self) -> SatisfactionFigure:
        """The figure to judge. Hidden ones are all alike: the fewest answers that hide it stand for those that did."""
        match self.hides:
            case Hides.ALL:
                return replace(self.seen, answers=1)
            case Hides.A_PART:
                return replace(self.seen, answers=FEWEST_SHOWN, beside=1)
        return self.seen


def judge_cases(inputs: CasesInputs) -> Outcome:
    """Share of the cases of the period that were solved within the agreed time."""
    frame, terms = inputs.frame, inputs.terms
    as_of, figure = _measure_cases(inputs)
    verdict = share_verdict(frame, figure.share)
    proof = prove_cases(
        span=frame.span,
        terms=terms,
        as_of=as_of,
        figure=figure,
        target=frame.promise.percent,
        close=frame.promise.close,
        verdict=verdict,
    )
    words = share_words(frame, "cases", "solved in time", "were late", whole=CASES[terms.attribution])
    evidence = {"cases": len(figure.results), "excluded": figure.count(CaseState.LEFT_OUT)}
    records = case_records(figure, inputs.stories)
    result = _cases_result(figure, verdict, records) | {"times": times_of(figure, inputs.method)}
    if terms.looks_beyond(frame.span) and figure.count(CaseState.OPEN):
        result["warnings"] = [NOT_FINAL]
    # By its stop a case that is open belongs to no period yet.
    to_come = None if terms.attribution is Attribution.STOPPED else figure.count(CaseState.OPEN)
    rule = rule_words(frame.span, terms)
    return share_outcome(
        frame, figure.share, verdict, proof, words, result, evidence, records, rule=rule, to_come=to_come
    )


def cases_by(inputs: CasesInputs, by: Convention) -> tuple[str, Status]:
    """Value and status of the same cases by a convention of others, and by everything else as agreed."""
    share = _measure_cases(inputs, by)[1].share
    return share_value(inputs.frame, share), share_verdict(inputs.frame, share).status


def _measure_cases(inputs: CasesInputs, by: Convention = PARLEY) -> tuple[int, CasesFigure]:
    """Until when the cases were looked at, and how they stand."""
    frame, terms = inputs.frame, inputs.terms
    as_of = settled_at(frame.span, terms, inputs.cases, frame.now)
    return as_of, measure_cases(frame.span, terms, inputs.cases, as_of, inputs.silent, by)


def judge_volume(inputs: VolumeInputs) -> Outcome:
    """Share of all counted units of work that were within their standard; pooled, never averaged."""
    return judge_counted(
        inputs, "volume", share_words(inputs.frame, "units of work", "within their standard", "were late")
    )


def judge_counted(
    inputs: VolumeInputs, kind: str, words: ShareWords, terms: Mapping[str, Any] | None = None, rule: str = ""
) -> Outcome:
    """The same for anything that is counted by date, in its own words; `terms` are what it was counted by."""
    frame = inputs.frame
    known = known_time(frame, inputs.hours, inputs.silent)
    rows = inputs.rows if known == ALL and _is_full(inputs.rows) else tuple(map(_without_too_many, inputs.rows))
    figure = _pool(frame, rows, known)
    verdict = share_verdict(frame, figure)
    proof = prove_share(
        kind=kind,
        span=frame.span,
        figure=figure,
        evidence=tuple(f"{row.on} {row.met}/{row.total}" for row in inputs.rows),
        target=frame.promise.percent,
        close=frame.promise.close,
        verdict=verdict,
        terms=terms,
    )
    result = share_result(figure, verdict, "total") | {"warnings": _warnings(inputs.rows)}
    if inputs.by_month:
        months = groupby(rows, key=lambda row: row.on.replace(day=1))
        result["months"] = [_month(frame, month, tuple(counted)) for month, counted in months]
    records = [{"on": row.on.isoformat(), "total": row.total, "met": row.met} for row in inputs.rows]
    evidence = {"records": len(records)}
    to_come = _to_come(inputs, figure) if frame.is_running else None
    return share_outcome(frame, figure, verdict, proof, words, result, evidence, records, rule=rule, to_come=to_come)


def _to_come(inputs: VolumeInputs, figure: ShareFigure) -> int | None:
    """How many are to be expected in the rest of a running period."""
    frame, hours = inputs.frame, inputs.hours
    passed = hours.elapsed(frame.span.start, frame.as_of)
    return in_proportion(figure, passed, hours.elapsed(frame.as_of, frame.span.end))


def judge_satisfaction(inputs: SatisfactionInputs | SurveySums) -> Outcome:
    """Share of good answers, with its Wilson interval; hidden below five answers."""
    sums = inputs if isinstance(inputs, SurveySums) else sum_rounds(inputs)
    frame, figure = sums.frame, sums.figure
    verdict = share_verdict(frame, figure.share)
    proof = prove_satisfaction(
        span=frame.span,
        figure=figure,
        evidence=tuple(str(each.on) for each in sums.rounds),
        target=frame.promise.percent,
        close=frame.promise.close,
        verdict=verdict,
    )
    low, high = figure.interval or (None, None)
    result = share_result(figure.share, verdict, "answers") | {
        "judged": None if figure.is_hidden else figure.share.whole,
        "good": None if figure.is_hidden else figure.good,
        "answers": None if figure.is_hidden else figure.answers,
        "asked": figure.asked,
        "low": exact(None if low is None else Fraction(low)),
        "high": exact(None if high is None else Fraction(high)),
        "allowed_bad": whole_allowed(verdict.standing),
        "is_hidden": figure.is_hidden,
        "hides_part": figure.is_hidden and not figure.is_few,
    }
    words = share_words(frame, "answers", "good", "were not good")
    evidence = {"rounds": len(sums.rounds), "asked": figure.asked}
    counted = "" if not figure.is_hidden else FEW_ANSWERS if figure.is_few else FEW_IN_A_PART
    records = [_round(each) for each in sums.rounds]
    return share_outcome(frame, figure.share, verdict, proof, words, result, evidence, records, counted)


def sum_rounds(inputs: SatisfactionInputs) -> SurveySums:
    """The rounds added up, without the answers that a reader may not see."""
    frame, rounds = inputs.frame, inputs.rounds
    figure = SatisfactionFigure(
        good=sum(each.good for each in rounds),
        answers=sum(each.answers for each in rounds),
        asked=sum(each.asked for each in rounds),
        unknown=frame.promise.unknown,
        minimum_coverage=frame.promise.minimum_coverage,
        known_time=known_time(frame, inputs.hours, inputs.silent),
        beside=_beside(rounds, inputs.shorter),
    )
    hides = Hides.NOTHING if not figure.is_hidden else Hides.ALL if figure.is_few else Hides.A_PART
    return SurveySums(frame, figure.seen, tuple(_shown(rounds, is_hidden=figure.is_hidden)), hides)


def _beside(rounds: Sequence[SurveyRound], shorter: Iterable[tuple[PeriodKind, int]]) -> int:
    """The answers that shorter periods hide; of several lengths the fewest."""
    found = []
    for kind, starting_month in shorter:
        answers: Counter[Period] = Counter()
        for each in rounds:
            answers[Period.containing(each.on, kind, starting_month)] += each.answers
        found.append(sum(number for number in answers.values() if number < FEWEST_SHOWN))
    return min((number for number in found if number), default=0)


def _shown(rounds: Sequence[SurveyRound], *, is_hidden: bool) -> Iterator[ShownRound]:
    """The rounds; where one of them has few answers none shows its own, because the others would tell them."""
    is_hidden = is_hidden or any(0 < each.answers < FEWEST_SHOWN for each in rounds)
    for each in rounds:
        answers, good = (None, None) if is_hidden else (each.answers, each.good)
        yield ShownRound(each.on, each.asked, answers, good)


def _round(each: ShownRound) -> dict[str, Any]:
    return {"on": each.on.isoformat(), "asked": each.asked, "answers": each.answers, "good": each.good}


def _is_full(rows: Sequence[VolumeRow]) -> bool:
    """Whether nothing was missed and nothing is unknown, so that too many in their standard have nothing to hide."""
    return all(row.met is not None and row.met >= row.total for row in rows)


def _without_too_many(row: VolumeRow) -> VolumeRow:
    return row if row.met is None else replace(row, met=min(row.met, row.total))


def _pool(frame: Frame, rows: Sequence[VolumeRow], known: Fraction = ALL) -> ShareFigure:
    """All rows added up."""
    told = [(row.met, row.total) for row in rows if row.met is not None]
    return ShareFigure(
        met=sum(met for met, _ in told),
        eligible=sum(total for _, total in told),
        unknown=sum(row.total for row in rows if row.met is None),
        policy=frame.promise.unknown,
        minimum_coverage=frame.promise.minimum_coverage,
        known_time=known,
    )


def _month(frame: Frame, month: date, rows: Sequence[VolumeRow]) -> dict[str, Any]:
    figure = _pool(frame, rows)
    return {"month": month.isoformat(), "met": figure.good, "total": figure.whole, "share": exact(figure.share)}


def _warnings(rows: Sequence[VolumeRow]) -> list[str]:
    return [
        f"{row.on}: {row.met:,} within the standard is more than the {row.total:,} counted"
        for row in rows
        if row.met is not None and row.met > row.total
    ]


def _cases_result(figure: CasesFigure, verdict: Verdict, records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return share_result(figure.share, verdict, "eligible") | {
        "open_late": figure.count(CaseState.OVERDUE),
        "excluded": figure.count(CaseState.LEFT_OUT),
        "late_cases": [each for each in records if each["state"] in LATE],
        "paused_seconds": sum(each.paused_seconds for each in figure.counted),
        "pause_share": exact(figure.pause_share),
    }
