"""Facts and terms as far as a period can see them: what the fingerprint of its figure is made from.

What ends after the period changes nothing in it, whenever it ends; a holiday of another year neither. So an outage or
a case that was open when a month was closed, and ends later, leaves the fingerprint as it was.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms
from slas.calculation.cases import (
    MISSED,
    Attribution,
    CaseResult,
    CaseTerms,
    ChangeRule,
    PauseFlag,
    agreed_pauses,
    judge_case,
)
from slas.calculation.intervals import Interval, clip, union
from slas.calculation.ledger import Case, Pause
from slas.calculation.occasions import Completion
from slas.calculation.outages import EVERYBODY, Outage, failures, hull, touches
from slas.calculation.planned_work import PlannedWork
from slas.calculation.service_hours import ServiceHours

_ONE_DAY = timedelta(days=1)


def seen_facts(facts: AvailabilityFacts, terms: AvailabilityTerms, span: Interval) -> AvailabilityFacts:
    """Outages, planned work and gaps, cut off with the span, each in its one order.

    Before and after the span a failure is followed as far as it decides whether it is long enough to count and which
    gaps are merged; failures that do not touch the span are not seen. How many users an outage met is seen only where
    it counts.
    """
    ended = [outage.ended_by(span.end) for outage in facts.outages]
    if not terms.by_users:
        ended = [each if each.affected == EVERYBODY else replace(each, affected=EVERYBODY) for each in ended]
    outages = _seen_outages(ended, terms, span)
    works = [_seen_work(work, span) for work in facts.planned_works]
    return AvailabilityFacts(
        outages=tuple(sorted(outages, key=lambda outage: (outage.interval, outage.id))),
        planned_works=tuple(sorted(works, key=lambda work: (work.start, work.end, work.id))),
        unknown=tuple(clip(union(facts.unknown), span)),
    )


def _seen_outages(outages: Sequence[Outage], terms: AvailabilityTerms, span: Interval) -> Iterator[Outage]:
    counting = [outage for outage in outages if outage.counts]
    if not terms.flap_gap and not terms.minimum_outage:
        yield from _cut(counting, span, 0)  # each failure counts, and none lies in a gap between others
        counting = []
    by_id = {outage.id: outage for outage in counting}
    for failure in failures(counting, terms.flap_gap):
        if touches(hull(failure), span):
            is_long_by_then = span.end - hull(failure).start >= terms.minimum_outage
            until = span.end if is_long_by_then else span.end + terms.minimum_outage
            time = Interval(span.start - terms.minimum_outage, until)
            yield from _cut([by_id[spell.id] for spell in failure], time, terms.flap_gap)
    yield from _cut([outage for outage in outages if not outage.counts and touches(outage.interval, span)], span, 0)


def _cut(outages: Iterable[Outage], time: Interval, gap: int) -> Iterator[Outage]:
    """The outages cut off with the time; of those beside it, which only close a gap, the near edge."""
    for outage in outages:
        start, end = outage.interval
        if end > time.start - gap and start < time.end + gap:
            near = min(max(start, time.start), end)
            far = max(min(end, time.end), near)
            yield outage if (near, far) == (start, end) else replace(outage, start=near, end=far, known_since=None)


def _seen_work(work: PlannedWork, span: Interval) -> PlannedWork:
    if work.start >= span.end:
        return work
    return replace(work, end=min(work.end, span.end), ended_at=min(work.away.end, span.end))


def seen_terms(terms: AvailabilityTerms, facts: AvailabilityFacts, span: Interval) -> AvailabilityTerms:
    """The terms with the dates that matter: of the service hours those of the span, of the notice from announcement.

    What was agreed before the span, and since when, is not seen where the span is in force throughout.
    """
    planned = terms.planned_work
    if planned.notice_hours is not None:
        announced = [work.announced_at for work in facts.planned_works if work.announced_at is not None]
        reach = Interval(min([*announced, span.start]), span.end)
        planned = replace(planned, notice_hours=seen_hours(planned.notice_hours, reach))
    return replace(terms.within(span), hours=seen_hours(terms.hours, span), planned_work=planned)


def seen_cases(terms: CaseTerms, results: Iterable[CaseResult], as_of: int) -> tuple[CaseTerms, tuple[Case, ...]]:
    """The cases that have a result, in order, and the terms with the dates that matter to them.

    Which version of the agreement judges a case is said by its being there.
    """
    ordered = sorted(results, key=lambda result: (result.case.opened_at, result.id))
    seen = tuple(_seen_case(result, terms, as_of) for result in ordered)
    instants = [as_of, *(case.opened_at for case in seen), *(case.stopped_at or as_of for case in seen)]
    hours = seen_hours(terms.hours, Interval(min(instants), max(instants)))
    earlier = tuple(each for each in terms.earlier_reopen_days if any(case.opened_at < each[0] for case in seen))
    return replace(terms, hours=hours, since=None, until=None, earlier_reopen_days=earlier), seen


def _seen_case(result: CaseResult, terms: CaseTerms, as_of: int) -> Case:
    """A missed case stays missed whenever it is solved, or opened again; of all others each event can decide.

    What came after `as_of` is seen where without it the case is not missed, or due at another time, or where the case
    counts when its clock stopped.
    """
    case = result.case
    since = case.limit_since if terms.change is ChangeRule.FROM_CHANGE else None
    case = replace(case, limit_since=since)
    if result.state in MISSED and terms.attribution is not Attribution.STOPPED:
        known = judge_case(_known_by(case, as_of), terms, as_of)
        case = known.case if known.state in MISSED and known.due_at == result.due_at else case
    return replace(case, pauses=_seen_pauses(case, terms, as_of))


def _seen_pauses(case: Case, terms: CaseTerms, as_of: int) -> tuple[Pause, ...]:
    """The pauses of agreed reasons, in order; of each what decides or is shown beside the figure."""
    agreed = agreed_pauses(case, terms)
    excused = _excused(case, agreed, terms, as_of)
    seen = (_seen_pause(pause, is_excused=pause in excused) for pause in agreed)
    return tuple(sorted(seen, key=lambda pause: pause.place))


def _excused(case: Case, pauses: Sequence[Pause], terms: CaseTerms, as_of: int) -> frozenset[Pause]:
    """The pauses that took longer than agreed, and whose note says why."""
    noted = {replace(pause, note=""): pause for pause in pauses if pause.note}
    if terms.longest_pause is None or not noted:
        return frozenset()
    flags = judge_case(replace(case, pauses=tuple(noted)), terms, as_of).flags
    return frozenset(noted[pause] for pause, flag in flags if flag is PauseFlag.LONG)


def _seen_pause(pause: Pause, *, is_excused: bool) -> Pause:
    """When a late entry was made decides until somebody approves it; who wrote it down decides nothing."""
    is_late = pause.is_retroactive
    return replace(
        pause,
        note=pause.note if is_excused else "",
        entered_at=pause.entered_at if is_late and not pause.approved_by else None,
        entered_by="",
        approved_by=pause.approved_by if is_late else "",
    )


def _known_by(case: Case, as_of: int) -> Case:
    """The case without what came later."""
    begun = (pause for pause in case.pauses if pause.start < as_of)
    known = tuple(replace(pause, end=_by(pause.end, as_of)) for pause in begun)
    reopenings = tuple(each for each in case.reopenings if each.reopened_at <= as_of)
    to_come = case.reopenings[len(reopenings) :]
    stopped_at = to_come[0].solved_at if to_come else case.stopped_at
    return replace(case, stopped_at=_by(stopped_at, as_of), pauses=known, reopenings=reopenings)


def _by(instant: int | None, as_of: int) -> int | None:
    """The instant, if it had come by then."""
    return instant if instant is not None and instant <= as_of else None


def seen_completion(record: Completion, as_of: int) -> Completion:
    """The record of an occasion that is over: done after `as_of` is late, as not done at all is."""
    return replace(record, completed_at=_by(record.completed_at, as_of))


def seen_hours(hours: ServiceHours, time: Interval) -> ServiceHours:
    """The hours with the versions, exceptions and holidays of that time.

    A window over midnight belongs to the date before. A version that begins when the time is over is not seen.
    """
    if not hours.exceptions and not hours.holidays and not hours.versions:
        return hours
    first, last = hours.date_of(time.start) - _ONE_DAY, hours.date_of(time.end) + _ONE_DAY
    until = hours.date_of(time.end - 1)
    versions = ((on, _dated(version, on, last)) for on, version in hours.versions if first < on <= until)
    return replace(_dated(hours.version_on(first), first, last), versions=tuple(versions))


def _dated(hours: ServiceHours, first: date, last: date) -> ServiceHours:
    return replace(
        hours,
        exceptions=tuple((on, windows) for on, windows in hours.exceptions if first <= on <= last),
        holidays=frozenset(on for on in hours.holidays if first <= on <= last),
    )
