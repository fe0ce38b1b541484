"""What a promise would have given in the last twelve closed months, calculated as stored figures are; nothing is kept.

A month in which the promise was in force is judged as it was, but for what is tried. Every other month is judged as if
the promise, with the service hours that it names now, had been in force all the time: whole, and without versions
before.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction

from portal.accounts.models import Membership
from portal.language.dates import month_year, period_year
from portal.language.durations import lost_and_allowed, lost_time
from portal.language.facts import CountFacts, InterruptionFacts, TimeFacts, read
from portal.language.numbers import count, counted, exact, of
from portal.language.phrases import LETTERS
from portal.tenancy.errors import Refusal
from slas.calculation.errors import CalculationError
from slas.calculation.local_time import local, zone_of
from slas.calculation.outcomes import Inputs, Outcome, attain
from slas.calculation.periods import Period, PeriodKind, add_months
from slas.calculation.status import Status
from slas.models import AgreementState, MonthClose, ServiceLevelTarget
from slas.queries.hours import HoursBook
from slas.queries.inputs import gather_inputs
from slas.queries.targets import JUDGED, Slot, period_of, slot_of

MONTHS = 12
# A promise that is tried is taken as in force since well before the first month, so that nothing begins with it.
WELL_BEFORE = 12


class Verdict(Enum):
    """What came of a month, in the plainest words; a kept month may have been close."""

    KEPT = "Kept"
    MISSED = "Missed"
    UNKNOWN = "Not enough data"


VERDICTS = {Status.KEPT: Verdict.KEPT, Status.CLOSE: Verdict.KEPT, Status.MISSED: Verdict.MISSED}


@dataclass(frozen=True, slots=True)
class TriedMonth:
    """One period (a month, or the target's quarter or year) under the promise that is tried.

    `outcome` is what a stored figure would hold, None where no figure can be made; then `refusal` says why.
    `lost` and `room` are minutes, cases or dates in words, empty where nothing was counted or nothing is promised.
    `credit` is what it would have cost, empty where no credits are agreed.
    """

    period: Period
    outcome: Outcome | None
    verdict: Verdict
    lost: str = ""
    room: str = ""
    refusal: str = ""
    credit: str = ""

    @property
    def name(self) -> str:
        """October 2026, October to December 2026."""
        if self.period.kind is PeriodKind.MONTH:
            return month_year(self.period.first_on)
        return period_year(self.period.first_on, self.period.end_on)

    @property
    def letter(self) -> str:
        """The letter of its status."""
        return LETTERS[self.outcome.status.value if self.outcome else Status.DATA_GAP.value]

    @property
    def value(self) -> str:
        """The figure as it would be printed."""
        return self.outcome.value_words if self.outcome else "–"

    @property
    def share(self) -> Fraction | None:
        """The exact share, where one can be given."""
        result = self.outcome.result if self.outcome else {}
        text = result.get("agreed", result.get("share"))
        return None if text is None else exact(text)


@dataclass(frozen=True, slots=True)
class Replay:
    """The tried months, oldest first, and what they say about the promise; `credits` is what all of them cost."""

    months: tuple[TriedMonth, ...]
    kind: PeriodKind
    is_trial: bool = False
    credits: str = ""

    @property
    def kept(self) -> int:
        """In how many it would have been kept."""
        return sum(month.verdict is Verdict.KEPT for month in self.months)

    @property
    def missed(self) -> int:
        """In how many it would have been missed."""
        return sum(month.verdict is Verdict.MISSED for month in self.months)

    @property
    def judged(self) -> int:
        """How many have enough data."""
        return self.kept + self.missed

    @property
    def measured(self) -> int:
        """Of how many there is a figure at all, judged or not."""
        return sum(month.share is not None or month.verdict is not Verdict.UNKNOWN for month in self.months)

    @property
    def sentence(self) -> str:
        """`This would have been kept in 10 of the last 12 months.`"""
        if len(self.months) == 1:
            return self._of_one
        all_of_them = f"the last {counted(len(self.months), f'{self.kind.value}s')}"
        if self.is_trial:
            return f"Nothing is promised yet. There are figures of {count(self.measured)} of {all_of_them}."
        if not self.judged:
            return f"It cannot be said how this would have done: there is not enough data of {all_of_them}."
        if self.judged == len(self.months):
            return f"This would have been kept in {count(self.kept)} of {all_of_them}."
        less = len(self.months) - self.judged
        return (
            f"This would have been kept in {count(self.kept)} of {counted(self.judged, f'{self.kind.value}s')} that"
            f" can be judged; of {count(less)} of {all_of_them} there is not enough data."
        )

    @property
    def _of_one(self) -> str:
        """The same of a single period: `This would have been missed in the last month.`"""
        last = f"the last {self.kind.value}"
        if self.is_trial:
            return f"Nothing is promised yet. There is {'a' if self.measured else 'no'} figure of {last}."
        if not self.judged:
            return f"It cannot be said how this would have done: there is not enough data of {last}."
        return f"This would have been {'kept' if self.kept else 'missed'} in {last}."


def replay(
    *, reader: Membership, target: ServiceLevelTarget, now: datetime, months: int = MONTHS, tries_hours: bool = False
) -> Replay:
    """How a promise, written or not, would have done on the facts of its measure in the last closed months.

    Its agreement and measure are stored ones; whoever calls has made sure that the reader may see them. The business
    tries the months that were issued to it: of all others the figures are not its own yet.

    `tries_hours`: the hours that it names are not those that are agreed; they are tried on all months, also on those
    before they hold.
    """
    periods = _periods(reader, target, now, months)
    judged = _judged(target, periods, now, tries_hours=tries_hours)
    found = {slot.period: _month(slot, inputs) for slot, inputs in judged}
    tried = tuple(found[period] for period in periods)
    return Replay(tried, PeriodKind(target.period_kind), target.is_trial)


def _periods(reader: Membership, target: ServiceLevelTarget, now: datetime, months: int) -> list[Period]:
    """The target's own periods that ended last, as many as there are in so many months, oldest first."""
    zone = zone_of(target.agreement.time_zone)
    last = period_of(target, local(int(now.timestamp()), zone).date()).previous()
    number = max(1, months // last.kind.months)
    periods = [last.shifted(-back) for back in reversed(range(number))]
    if not reader.is_business:
        return periods
    unit = target.agreement.customer.business_unit_id
    closed = set(MonthClose.objects.filter(business_unit=unit).values_list("month", flat=True))
    return [period for period in periods if period.months()[-1].first_on in closed]


def _judged(
    target: ServiceLevelTarget, periods: Sequence[Period], now: datetime, *, tries_hours: bool
) -> Iterator[tuple[Slot, Inputs | str]]:
    """Each period with its inputs, or with the reason why there are none."""
    own: list[Slot] = []
    if target.agreement.state in JUDGED:
        own = [slot for period in periods if (slot := slot_of(target, period, now)) is not None]
    yield from _gather(own, now, _book(own, throughout=tries_hours))
    known = {slot.period for slot in own}
    others = [period for period in periods if period not in known]
    if others:
        tried = _in_force_since(target, add_months(others[0].first_on, -WELL_BEFORE))
        slots = [slot for period in others if (slot := slot_of(tried, period, now)) is not None]
        yield from _gather(slots, now, _book(slots, throughout=True))


def _book(slots: Sequence[Slot], *, throughout: bool = False) -> HoursBook:
    ids = {slot.target.service_hours_id for slot in slots if slot.target.service_hours_id}
    return HoursBook(ids=ids, throughout=throughout)


def _in_force_since(target: ServiceLevelTarget, on: date) -> ServiceLevelTarget:
    """The same promise in an agreement of one version, with the hours that it names now."""
    tried, tried.agreement = copy(target), copy(target.agreement)
    tried.pk, tried.starts_on, tried.ends_on = None, None, None
    agreement = tried.agreement
    agreement.version, agreement.state = 1, AgreementState.IN_FORCE
    agreement.starts_on, agreement.ends_on = on, None
    return with_hours_throughout(tried)


def with_hours_throughout(target: ServiceLevelTarget) -> ServiceLevelTarget:
    """The same promise, its hours without the versions before them: as if they had always held."""
    tried = copy(target)
    if target.service_hours is not None:
        tried.service_hours = copy(target.service_hours)
        tried.service_hours.replaces, tried.service_hours.starts_on = None, None
    return tried


def _gather(slots: Sequence[Slot], now: datetime, book: HoursBook) -> Iterator[tuple[Slot, Inputs | str]]:
    """All at once; where one of them cannot be made, each alone, so that it holds up no other."""
    try:
        yield from gather_inputs(slots=slots, now=now, book=book)
    except (CalculationError, Refusal) as error:
        if len(slots) == 1:
            yield slots[0], str(error)
            return
        for slot in slots:
            yield from _gather([slot], now, book)


def _month(slot: Slot, inputs: Inputs | str) -> TriedMonth:
    if isinstance(inputs, str):
        return TriedMonth(slot.period, None, Verdict.UNKNOWN, refusal=inputs)
    try:
        outcome = attain(inputs)
    except CalculationError as error:
        return TriedMonth(slot.period, None, Verdict.UNKNOWN, refusal=str(error))
    lost, room = _lost(slot.target.kind, outcome)
    return TriedMonth(slot.period, outcome, VERDICTS.get(outcome.status, Verdict.UNKNOWN), lost, room)


def _lost(kind: str, outcome: Outcome) -> tuple[str, str]:
    """What was lost and what was allowed, in minutes, cases or dates; nothing of what was not counted, or is hidden."""
    match read(kind, outcome.result):
        case TimeFacts(counted=time, lost=lost, allowed=allowed) if time:
            return (lost_time(lost), "") if allowed is None else lost_and_allowed(lost, allowed)
        case CountFacts(whole=whole, lost=lost, allowed=allowed, is_hidden=False, hides_part=False) if whole:
            return of(lost, whole), "" if allowed is None else count(allowed)
        case InterruptionFacts(number=number, allowed=allowed, counted=time) if time:
            return count(number), "" if allowed is None else count(allowed)
    return "", ""
