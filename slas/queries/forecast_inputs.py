"""Running months whose miss can be forecast: their history from stored figures, and what is left of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portal.language.facts import CountFacts, InterruptionFacts, TimeFacts, read
from slas.calculation.cases import CaseState
from slas.calculation.forecast import Mark, Outlook, PastMonth
from slas.calculation.intervals import Interval, Ruler
from slas.calculation.local_time import DAY, local, zone_of
from slas.calculation.periods import Period, add_months
from slas.calculation.rounding import share_of
from slas.models import AgreementState, Attainment, Forecast, PeriodKind, ServiceLevelTarget, TargetKind
from slas.queries.attainments import newest_attainments
from slas.queries.hours import HoursBook
from slas.queries.inputs.terms import hours_for, seconds
from slas.queries.measured_months import YEAR, is_measured
from slas.queries.targets import Slot, judged_targets, period_of, slot_of

FORECAST_KINDS = (TargetKind.AVAILABILITY, TargetKind.CASES)
MET, LATE = {CaseState.MET.value}, {CaseState.LATE.value, CaseState.OVERDUE.value}
NOTHING = Fraction(0)

Promise = tuple[str, str]  # the same in all versions: the agreement's address and the target's own


@dataclass(frozen=True)
class Running:
    """A target in a month that still runs, its figure, and the day of today in the zone of the agreement."""

    slot: Slot
    attainment: Attainment
    said_on: date


def forecast_targets() -> list[ServiceLevelTarget]:
    """Targets in force whose running month can be forecast: a promised share of time or cases, judged by the month."""
    return list(
        judged_targets().filter(
            agreement__state=AgreementState.IN_FORCE,
            kind__in=FORECAST_KINDS,
            period_kind=PeriodKind.MONTH,
            is_trial=False,
            threshold__isnull=False,
        )
    )


def due_forecasts(*, now: datetime) -> list[tuple[ServiceLevelTarget, date]]:
    """Those of which nothing was said today yet, in order of their ids, with the day of today where they are agreed."""
    today = {target: local(seconds(now), zone_of(target.agreement.time_zone)).date() for target in forecast_targets()}
    rows = Forecast.objects.filter(said_on__in=set(today.values()), target__in=today)
    said = set(rows.values_list("target_id", "said_on"))
    return [(target, on) for target, on in today.items() if (target.pk, on) not in said]


def running_months(*, due: Iterable[tuple[ServiceLevelTarget, date]], now: datetime) -> list[Running]:
    """Their running months that are still open: with a figure that is no data gap and not missed for certain."""
    slots = [(slot, on) for target, on in due if (slot := slot_of(target, period_of(target, on), now)) is not None]
    ids, starts = {slot.target.pk for slot, _ in slots}, {slot.period.first_on for slot, _ in slots}
    rows = newest_attainments().filter(target_id__in=ids, period_start__in=starts).defer("proof", "records", "inputs")
    made = {(row.target_id, row.period_start): row for row in rows}
    found = []
    for slot, on in slots:
        row = made.get((slot.target.pk, slot.period.first_on))
        if row is not None and row.status != "missed" and _can_still_change(slot, row):
            found.append(Running(slot, row, on))
    return found


def past_months(*, running: Sequence[Running], now: datetime) -> dict[int, list[PastMonth]]:
    """By target, the last twelve ended months of the same promise of which enough is known, oldest first."""
    rows = list(_past_rows(running))
    book = HoursBook(ids=(row.target.service_hours_id for row in rows if row.target.service_hours_id))
    found: dict[Promise, list[PastMonth]] = defaultdict(list)
    for row in rows:
        slot = slot_of(row.target, Period.containing(row.period_start), now)
        if slot is not None and is_measured(row, row.target.kind):
            found[_promise(row.target)].append(_past_month(row, slot, book))
    return {each.slot.target.pk: found[_promise(each.slot.target)] for each in running}


def outlook_of(*, running: Running, book: HoursBook) -> Outlook:
    """What is lost so far, the room that is sure, and the service time that was to come when the figure was made."""
    slot, facts = running.slot, read(running.slot.target.kind, running.attainment.result)
    assert not isinstance(facts, InterruptionFacts)  # noqa: S101 - a number of interruptions is not forecast
    target = share_of(slot.target.threshold or Decimal(0))
    rest = Interval(seconds(running.attainment.computed_at), slot.span.end)
    remaining = Ruler(hours_for(slot.target, book, [*slot.span]).working(rest)).seconds
    if isinstance(facts, TimeFacts):
        return Outlook(facts.lost, facts.allowed or NOTHING, remaining, target)
    return Outlook(Fraction(facts.lost), (1 - target) * facts.whole, remaining, target)


def _can_still_change(slot: Slot, row: Attainment) -> bool:
    facts = read(slot.target.kind, row.result)
    is_known = isinstance(facts, CountFacts) or facts.allowed is not None
    return facts.is_running and not facts.is_gap and is_known and seconds(row.computed_at) < slot.span.end


def _promise(target: ServiceLevelTarget) -> Promise:
    return target.agreement.slug, target.slug


def _past_rows(running: Sequence[Running]) -> Iterator[Attainment]:
    """Figures of the year before; those of cases with their records, which say when each was due."""
    for kind in FORECAST_KINDS:
        some = [each.slot for each in running if each.slot.target.kind == kind]
        if not some:
            continue
        wanted = {_promise(slot.target): slot.period.first_on for slot in some}
        rows = newest_attainments().filter(
            target__agreement__slug__in={agreement for agreement, _ in wanted},
            target__slug__in={target for _, target in wanted},
            target__kind=kind,
            target__period_kind=PeriodKind.MONTH,
            period_start__gte=add_months(min(wanted.values()), -YEAR),
            period_end__lte=max(wanted.values()),
        )
        unread = ("proof", "inputs") if kind == TargetKind.CASES else ("proof", "inputs", "records")
        related = rows.select_related("target__agreement").defer(None).defer(*unread)
        for row in related.order_by("period_start", "target__agreement__version"):
            first_on = wanted.get(_promise(row.target))
            if first_on is not None and add_months(first_on, -YEAR) <= row.period_start < first_on:
                yield row


def _past_month(row: Attainment, slot: Slot, book: HoursBook) -> PastMonth:
    ruler = Ruler(hours_for(row.target, book, [*slot.span]).working(slot.span))
    marks = _cases(row, ruler) if row.target.kind == TargetKind.CASES else _losses(row, ruler)
    days = max(1, round(slot.span.seconds / DAY))
    return PastMonth(days, ruler.seconds, tuple(marks))


def _cases(row: Attainment, ruler: Ruler) -> Iterator[Mark]:
    """Each case that was met or late, at the instant at which it was due."""
    for case in row.records:
        if case["state"] in MET | LATE and case["due_at"] is not None:
            lost = Fraction(case["state"] in LATE)
            yield Mark(ruler.until(_second(case["due_at"])), 0, Fraction(1), lost)


def _losses(row: Attainment, ruler: Ruler) -> Iterator[Mark]:
    """Each piece of what was lost where it was; what has no time of its own is spread over the month."""
    told = [*row.result["events"], *row.result["planned"]]
    marks = [mark for each in told for mark in _pieces(each, ruler)]
    yield from marks
    rest = Fraction(row.result["lost_seconds"]) - sum((mark.lost for mark in marks), NOTHING)
    if rest > 0:
        yield Mark(0, ruler.seconds, NOTHING, rest)


def _pieces(told: Mapping[str, Any], ruler: Ruler) -> Iterator[Mark]:
    pieces = [Interval(_second(start), _second(end)) for start, end in told["pieces"]]
    lengths = [ruler.within(piece) for piece in pieces]
    lost, whole = Fraction(told["counted_seconds"] or 0), sum(lengths)
    for piece, length in zip(pieces, lengths, strict=True):
        if length and lost:
            yield Mark(ruler.until(piece.start), length, NOTHING, lost * length / whole)


def _second(text: str) -> int:
    return seconds(datetime.fromisoformat(text).astimezone(UTC))
