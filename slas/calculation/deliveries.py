"""Deliveries of professional services against their original date and their current baseline (calculation, section 7).

Everything goes by local dates and working days. The customer's waiting moves a date only through the pause ledger.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from slas.calculation.cases import MISSED, CaseState
from slas.calculation.deadlines import nth_working_day, working_days
from slas.calculation.errors import EmptyPeriod, NegativeLimit, RepeatedMember, ReversedDates, UnansweredSubmission
from slas.calculation.proof import Line, Proof, Role, Unit, prove
from slas.calculation.service_hours import ServiceHours
from slas.calculation.shares import ShareFigure

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Submission:
    """What was handed in on a date, and the customer's answer; None: no answer yet."""

    on: date
    answered_on: date | None = None
    is_accepted: bool = False


@dataclass(frozen=True)
class BaselineChange:
    """A new date, and when each side approved it; it holds from the day on which both had."""

    due_on: date
    approved_by_provider_on: date | None
    approved_by_customer_on: date | None

    def agreed_by(self, on: date) -> date | None:
        """The day on which both sides had approved it; None while one has not."""
        both = (self.approved_by_provider_on, self.approved_by_customer_on)
        days = [each for each in both if each is not None and each <= on]
        return max(days) if len(days) == len(both) else None


@dataclass(frozen=True)
class Wait:
    """A row of the pause ledger: dates [since, until) on which the customer was waited for; None: still waited for."""

    since: date
    until: date | None
    reason: str


@dataclass(frozen=True)
class Delivery:
    """One deliverable with everything that is recorded about its dates. Raises ReversedDates, UnansweredSubmission."""

    id: str
    due_on: date
    submissions: tuple[Submission, ...] = ()
    changes: tuple[BaselineChange, ...] = ()
    waits: tuple[Wait, ...] = ()

    def __post_init__(self) -> None:
        for wait in self.waits:
            if wait.until is not None and wait.until < wait.since:
                raise ReversedDates(f"A wait of delivery {self.id}", wait.since, wait.until)
        for each in self.submissions:
            if each.answered_on is not None and each.answered_on < each.on:
                raise ReversedDates(f"A submission of delivery {self.id}", each.on, each.answered_on)
        for earlier, later in pairwise(self.in_order):
            if earlier.is_accepted or earlier.answered_on is None or earlier.answered_on > later.on:
                raise UnansweredSubmission(self.id, earlier.on, later.on)

    @property
    def in_order(self) -> tuple[Submission, ...]:
        """Its submissions by date: one, and another after each that was sent back."""
        return tuple(sorted(self.submissions, key=lambda each: (each.on, each.answered_on or date.max)))


@dataclass(frozen=True)
class DeliveryTerms:
    """What is agreed: working days, after how many silent ones acceptance is deemed (None: never), and what pauses.

    `reasons` None: every recorded one.
    """

    hours: ServiceHours
    silent_days: int | None = None
    reasons: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.silent_days is not None and self.silent_days < 0:
            raise NegativeLimit(self.silent_days)


@dataclass(frozen=True)
class Acceptance:
    """When a delivery was accepted, whether by silence, and by which submission (0: the first)."""

    on: date
    is_deemed: bool
    submission: int


def acceptance(delivery: Delivery, terms: DeliveryTerms, as_of: date) -> Acceptance | None:
    """Its acceptance as known at the end of the date `as_of`; an answer after the silent days comes too late."""
    for number, each in enumerate(delivery.in_order):
        if each.on > as_of:
            return None
        silent = None if terms.silent_days is None else nth_working_day(terms.hours, each.on, terms.silent_days)
        answered = each.answered_on if each.answered_on is not None and each.answered_on <= as_of else None
        if silent is not None and silent <= as_of and (answered is None or answered > silent):
            return Acceptance(silent, is_deemed=True, submission=number)
        if answered is not None and each.is_accepted:
            return Acceptance(answered, is_deemed=False, submission=number)
    return None


class Baseline(NamedTuple):
    """A current date, and when both sides had agreed it; None for the original."""

    agreed_on: date | None
    due_on: date


def baseline_of(delivery: Delivery, as_of: date) -> Baseline:
    """Its current date: of the changes that both sides approved by then, the one approved last; else the original."""
    agreed = [(on, change.due_on) for change in delivery.changes if (on := change.agreed_by(as_of)) is not None]
    return Baseline(*max(agreed)) if agreed else Baseline(None, delivery.due_on)


def due_with_waits(baseline: Baseline, delivery: Delivery, terms: DeliveryTerms, as_of: date) -> date:
    """The date moved on by the working days on which the customer was waited for before it, and after it was agreed.

    Who agrees a new date knows how long was waited until then.
    """
    known = baseline.agreed_on
    waited = frozenset(on for on in _waited(delivery, terms, as_of) if known is None or on > known)
    due_on = baseline.due_on
    owed = sum(1 for on in waited if on <= due_on and terms.hours.is_working_day(on))
    while owed:
        due_on = nth_working_day(terms.hours, due_on, 1)
        owed -= due_on not in waited
    return due_on


def _waited(delivery: Delivery, terms: DeliveryTerms, as_of: date) -> frozenset[date]:
    """The dates of the agreed waits, each once; one that is not over lasts to the end of `as_of`."""
    agreed = (wait for wait in delivery.waits if terms.reasons is None or wait.reason in terms.reasons)
    after = as_of + _ONE_DAY
    spans = [(wait.since, after if wait.until is None else min(wait.until, after)) for wait in agreed]
    return frozenset(since + timedelta(days=day) for since, until in spans for day in range((until - since).days))


@dataclass(frozen=True)
class DeliveryResult:
    """One delivery against one of its dates; `slip` is the working days by which it is late so far, early = 0."""

    id: str
    due_on: date
    state: CaseState
    accepted: Acceptance | None
    slip: int


@dataclass(frozen=True)
class Slip:
    """Working days late; at least so many while a delivery that is overdue has not come."""

    days: int
    at_least: bool


@dataclass(frozen=True)
class OnTime:
    """Deliveries due in a period by one of their dates: the share on time, and by how much the others slipped."""

    results: tuple[DeliveryResult, ...]

    @property
    def share(self) -> ShareFigure:
        """On time of those that are due; what is open and not yet due does not count."""
        missed = sum(result.state in MISSED for result in self.results)
        met = sum(result.state is CaseState.MET for result in self.results)
        return ShareFigure(met, met + missed)

    @property
    def _slips(self) -> list[tuple[int, bool]]:
        judged = (each for each in self.results if each.state is not CaseState.OPEN)
        return sorted((each.slip, each.state is CaseState.OVERDUE) for each in judged)

    @property
    def median_slip(self) -> Slip | None:
        """Of the one in the middle, by nearest rank."""
        slips = self._slips
        return _slip(slips[: (len(slips) + 1) // 2])

    @property
    def worst_slip(self) -> Slip | None:
        """Of the one that is latest."""
        return _slip(self._slips)


def _slip(slips: Sequence[tuple[int, bool]]) -> Slip | None:
    """The last of them; “at least” where one that is still open stands at or before it."""
    return Slip(slips[-1][0], any(is_open for _, is_open in slips)) if slips else None


@dataclass(frozen=True)
class DeliveriesFigure:
    """Two figures side by side, by the original date and by the current baseline, and acceptance at first submission.

    A delivery belongs to the period of each date by itself. `first_time` is over deliveries that were first handed in
    in the period; its unknown ones have no answer yet.
    """

    original: OnTime
    current: OnTime
    first_time: ShareFigure

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sums of both dates, each with its slips, and of the first submissions."""
        return (*_on_time("original", self.original), *_on_time("current", self.current), *self._first_time())

    def _first_time(self) -> Iterator[Line]:
        if self.first_time.due:
            of = (("of", Fraction(self.first_time.eligible)), ("no_answer", Fraction(self.first_time.unknown)))
            yield Line("accepted_first_time", Role.PART, Unit.COUNT, Fraction(self.first_time.met), of)


def _on_time(which: str, figure: OnTime) -> Iterator[Line]:
    late = tuple((each.id, Fraction(each.slip)) for each in figure.results if each.state in MISSED)
    deemed = tuple((each.id, "") for each in figure.results if each.accepted is not None and each.accepted.is_deemed)
    yield Line(f"due_by_{which}_date", Role.TOTAL, Unit.COUNT, Fraction(figure.share.eligible))
    yield Line("on_time", Role.PART, Unit.COUNT, Fraction(figure.share.met), deemed)
    yield Line("late", Role.PART, Unit.COUNT, Fraction(figure.share.lost), late)
    for key, slip in (("median_slip", figure.median_slip), ("worst_slip", figure.worst_slip)):
        if slip is not None:
            details = (("at_least", "yes"),) if slip.at_least else ()
            yield Line(key, Role.PART, Unit.DAYS, Fraction(slip.days), details)
    if figure.share.share is not None:
        yield Line("share", Role.TOTAL, Unit.SHARE, figure.share.share)


def measure_deliveries(
    first_on: date, end_on: date, terms: DeliveryTerms, deliveries: Iterable[Delivery], as_of: date
) -> DeliveriesFigure:
    """Deliveries due from the first date up to, and not including, the end, as known at the end of the date `as_of`.

    Raises EmptyPeriod and RepeatedMember.
    """
    if end_on <= first_on:
        raise EmptyPeriod(first_on, end_on)
    known = sorted(deliveries, key=lambda each: each.id)
    RepeatedMember.check(each.id for each in known)

    def due_in(dates: Sequence[date]) -> OnTime:
        pairs = zip(known, dates, strict=True)
        return OnTime(tuple(_result(each, on, terms, as_of) for each, on in pairs if first_on <= on < end_on))

    def waited(baseline: Baseline, delivery: Delivery) -> date:
        return due_with_waits(baseline, delivery, terms, as_of)

    return DeliveriesFigure(
        original=due_in([waited(Baseline(None, each.due_on), each) for each in known]),
        current=due_in([waited(baseline_of(each, as_of), each) for each in known]),
        first_time=_first_time([each for each in known if _handed_in(each, first_on, end_on, as_of)], terms, as_of),
    )


def _result(delivery: Delivery, due_on: date, terms: DeliveryTerms, as_of: date) -> DeliveryResult:
    accepted = acceptance(delivery, terms, as_of)
    if accepted is None:
        state = CaseState.OVERDUE if due_on <= as_of else CaseState.OPEN
    else:
        state = CaseState.MET if accepted.on <= due_on else CaseState.LATE
    until = as_of if accepted is None else accepted.on
    return DeliveryResult(delivery.id, due_on, state, accepted, max(0, working_days(terms.hours, due_on, until)))


def _handed_in(delivery: Delivery, first_on: date, end_on: date, as_of: date) -> bool:
    first = next(iter(delivery.in_order), None)
    return first is not None and first_on <= first.on < end_on and first.on <= as_of


def _first_time(deliveries: Sequence[Delivery], terms: DeliveryTerms, as_of: date) -> ShareFigure:
    """Accepted without rework of those that were answered, by words or by silence."""
    met, answered = 0, 0
    for each in deliveries:
        first = replace(each, submissions=each.in_order[:1])
        is_met = acceptance(first, terms, as_of) is not None
        answered_on = first.submissions[0].answered_on
        met += is_met
        answered += is_met or (answered_on is not None and answered_on <= as_of)
    return ShareFigure(met, answered, len(deliveries) - answered)


def prove_deliveries(
    first_on: date,
    end_on: date,
    terms: DeliveryTerms,
    deliveries: Iterable[Delivery],
    as_of: date,
    figure: DeliveriesFigure,
) -> Proof:
    """The proof of both figures. Its evidence is the deliveries that are due by either date or were handed in."""
    used = {result.id for on_time in (figure.original, figure.current) for result in on_time.results}
    ours = sorted(
        (each for each in deliveries if each.id in used or _handed_in(each, first_on, end_on, as_of)),
        key=lambda each: each.id,
    )
    inputs = {
        "first_on": first_on,
        "end_on": end_on,
        "as_of": as_of,
        "terms": terms,
        "deliveries": [_ordered(each) for each in ours],
    }
    return prove("deliveries", inputs, figure.lines, tuple(each.id for each in ours))


def _ordered(delivery: Delivery) -> Delivery:
    return replace(
        delivery,
        submissions=delivery.in_order,
        changes=tuple(sorted(delivery.changes, key=repr)),
        waits=tuple(sorted(delivery.waits, key=repr)),
    )
