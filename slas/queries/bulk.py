"""What the kernel counts: terms and facts of many availability targets, the outages read as arrays."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from portal.tenancy.scope import required_tenant_id
from slas.calculation.intervals import Interval
from slas.calculation.kernel import NO_CAP, Bulk, Clocks, Flags, Ints, Pieces, Spells, Terms
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outages import DOWN
from slas.calculation.outcomes import AvailabilityInputs
from slas.calculation.planned_work import Ground
from slas.models import Outage
from slas.queries.columns import as_array, owners, read_rows, seconds_of, whole_numbers
from slas.queries.evidence import bounds, moment
from slas.queries.hours import HoursBook
from slas.queries.inputs.availability import AvailabilitySource
from slas.queries.inputs.gaps import Gaps
from slas.queries.inputs.outages import reach_of
from slas.queries.targets import Slot

# Each column comes as one value a measure, as the server itself holds it: nothing is turned into text and back, row by
# row. What does not count, or does not stop everybody, is named by its start with its kind; all else is of one kind.
# It is rare, and an index holds it alone: so no other row is asked whether it is such a one.
UNUSUAL = "(is_degraded OR left_out_reason <> '' OR affected_percent IS NOT NULL)"
TOUCHING = """
FROM slas_outage WHERE tenant_id = %(tenant)s AND measure_id = ANY(%(measures)s::bigint[])
    AND started_at < %(end)s AND (ended_at IS NULL OR ended_at > %(start)s)
"""
OUTAGES = f"""
WITH found AS (
    SELECT measure_id, string_agg(timestamptz_send(started_at), '') AS starts,
        string_agg(timestamptz_send(coalesce(ended_at, 'infinity')), '') AS ends
    {TOUCHING} GROUP BY measure_id
), unusual AS (
    SELECT measure_id, string_agg(timestamptz_send(started_at) || int8send(
        CASE WHEN is_degraded THEN 1 ELSE 0 END + CASE WHEN left_out_reason = '' THEN 2 ELSE 0 END
        + CASE WHEN affected_percent IS NULL THEN 40000 ELSE (affected_percent * 400)::bigint END
    ), '') AS kinds
    {TOUCHING} AND {UNUSUAL} GROUP BY measure_id
)
SELECT measure_id, starts, ends, coalesce(kinds, '') FROM found LEFT JOIN unusual USING (measure_id)
"""  # noqa: S608
USUAL = 40_002  # counts, and stops all users
ALL_USERS = 10_000  # hundredths of a percent
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Log:
    """Recorded outages as columns, in no order: seconds, open ones with the end of time, and users in 1/10,000."""

    measure: Ints
    start: Ints
    end: Ints
    is_degraded: Flags
    counts: Flags
    affected: Ints


def read_outages(*, measure_ids: Iterable[int], span: Interval) -> Log:
    """Recorded outages of the measures that touch the span."""
    edges = {"start": moment(span.start), "end": moment(span.end)}
    rows = read_rows(OUTAGES, {"tenant": required_tenant_id(), "measures": as_array(measure_ids)} | edges)
    start, end = (whole_numbers(row[at] for row in rows) for at in (1, 2))
    ended = np.where(end == _NEVER, _NEVER, seconds_of(end))
    kind = _kinds(rows, start)
    return Log(owners(rows), seconds_of(start), ended, kind & 1 == 1, kind & 2 == 2, kind >> 2)


def _kinds(rows: Sequence[tuple[Any, ...]], start: Ints) -> Ints:
    """The kind of each outage; the unusual ones of a measure come in an order of their own, and each starts alone."""
    kinds, first = np.full(len(start), USUAL), 0
    for _, starts, _, unusual in rows:
        here = slice(first, first + (len(starts) >> 3))
        if unusual:
            named, found = np.frombuffer(unusual, ">i8").astype(np.int64).reshape(-1, 2).T
            order, asked = np.argsort(named), np.isin(start[here], named)
            kinds[here][asked] = found[order][np.searchsorted(named, start[here][asked], sorter=order)]
        first = here.stop
    return kinds


class _Surroundings(AvailabilitySource):
    """Terms, planned work, silence and checks of the slots, without the log of outages."""

    def _recorded(self, slots: Sequence[Slot], around: Interval, gaps: Gaps) -> Mapping[int, Sequence[Outage]]:
        return {}


def bulk_of(*, slots: Sequence[Slot], now: datetime) -> Bulk:
    """The slots of availability targets for the kernel.

    Raises CalculationError where the terms or facts of one allow no figure.
    """
    book = HoursBook(ids=(slot.target.service_hours_id for slot in slots if slot.target.service_hours_id))
    source = _Surroundings(slots, book, now)
    known = [source.inputs(slot) for slot in slots]
    span = bounds(reach_of(slot) for slot in slots)
    log = read_outages(measure_ids={slot.target.measure_id for slot in slots}, span=span)
    usable = tuple(sorted({DOWN, *(Fraction(slot.target.degraded_share) for slot in slots)}))
    whole = lcm(*(share.denominator for share in usable))
    clocks, terms = _terms(known)
    return Bulk(
        clocks=clocks,
        terms=terms,
        usable=usable,
        whole=whole * ALL_USERS,
        outages=_spells(slots, known, log, _Levels(usable, whole)),
        taken_out=_pieces(known, _taken_out),
        away=_pieces(known, lambda each: (work.away for work in each.facts.planned_works)),
        unknown=_pieces(known, lambda each: each.facts.unknown),
    )


def _terms(known: Sequence[AvailabilityInputs]) -> tuple[Clocks, Terms]:
    """Equal hours in equal spans share a clock."""
    opened = [(each.terms.hours, each.frame.span) for each in known]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(opened))}
    terms = [each.terms for each in known]
    return Clocks([tuple(hours.working(span)) for hours, span in numbers]), Terms(
        clock=_ints(numbers[key] for key in opened),
        cap=_ints(NO_CAP if each.planned_work.cap is None else each.planned_work.cap for each in terms),
        flap_gap=_ints(each.flap_gap for each in terms),
        minimum_outage=_ints(each.minimum_outage for each in terms),
        carry=_ints(each.carry_seconds if each.unknown is UnknownPolicy.CARRY else 0 for each in terms),
        by_users=np.array([each.by_users for each in terms], dtype=bool),
    )


def _taken_out(known: AvailabilityInputs) -> Iterator[Interval]:
    terms = known.terms.planned_work
    return (work.announced for work in known.facts.planned_works if terms.ground(work) is Ground.AGREED)


@dataclass(frozen=True)
class _Levels:
    """The usable shares that occur, and the least number of parts that all of them are made of."""

    usable: tuple[Fraction, ...]
    whole: int

    def number(self, share: Fraction) -> int:
        return self.usable.index(share)

    def cost(self, level: Ints) -> Ints:
        """What a second costs at the level, in those parts."""
        return _ints((1 - share) * self.whole for share in self.usable)[level]


def _spells(slots: Sequence[Slot], known: Sequence[AvailabilityInputs], log: Log, levels: _Levels) -> Spells:
    """The recorded outages of each slot's measure, and then those that checks found."""
    owner, row = matched(_ints(slot.target.measure_id for slot in slots), log.measure)
    ends = _ints(slot.span.end for slot in slots)[owner]
    start = log.start[row]
    end = np.where(log.end[row] == _NEVER, np.maximum(start, ends), log.end[row])
    degraded = _ints(levels.number(Fraction(slot.target.degraded_share)) for slot in slots)
    level = np.where(log.is_degraded[row], degraded[owner], levels.number(DOWN))
    checked = [(at, outage) for at, each in enumerate(known) for outage in each.facts.outages]
    found = _pieces(known, lambda each: (outage.interval for outage in each.facts.outages))
    of_checks = _ints(levels.number(outage.usable) for _, outage in checked)
    return Spells(
        np.append(owner, found.owner),
        np.append(start, found.start),
        np.append(end, found.end),
        np.append(level, of_checks),
        np.append(levels.cost(level) * log.affected[row], levels.cost(of_checks) * ALL_USERS),
        np.append(log.counts[row], np.ones(len(checked), dtype=bool)),
    )


def matched(wanted: Ints, present: Ints) -> tuple[Ints, Ints]:
    """The places of all pairs that are equal: in the wanted ones, and in those that are present."""
    order = np.argsort(present, kind="stable")
    first, last = (np.searchsorted(present, wanted, side, sorter=order) for side in ("left", "right"))
    number = last - first
    within = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
    return np.repeat(np.arange(len(wanted)), number), order[np.repeat(first, number) + within]


def _pieces(known: Sequence[AvailabilityInputs], of: Callable[[AvailabilityInputs], Iterable[Interval]]) -> Pieces:
    rows = [(owner, *piece) for owner, each in enumerate(known) for piece in of(each)]
    return Pieces(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


def _ints(values: Iterable[int | Fraction]) -> Ints:
    return np.array([int(value) for value in values], dtype=np.int64)
