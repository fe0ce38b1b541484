"""Many targets for the kernel: at random in months in which clocks change, or from terms and facts of single ones."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from typing import NamedTuple

import numpy as np

from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms
from slas.calculation.deadlines import WorkingTime
from slas.calculation.intervals import Interval, clip
from slas.calculation.kernel import NO_CAP, Bulk, Clocks, Pieces, Spells, Terms
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outages import DOWN, Outage
from slas.calculation.periods import Period
from slas.calculation.planned_work import NO_NOTICE, Ground, PlannedWork, PlannedWorkTerms
from slas.calculation.service_hours import ServiceHours, Window

SEED = 20_261_101
ZONES = ("Europe/Berlin", "America/New_York", "UTC", "Australia/Lord_Howe")
MONTHS = (Period(2026, 3), Period(2026, 10))
PATTERNS = (
    (("00:00-24:00",), range(7)),
    (("08:00-18:00",), range(5)),
    (("07:00-12:00", "13:00-19:00"), range(5)),
    (("22:00-06:00",), range(7)),
    (("00:30-02:30", "02:45-23:15"), range(7)),
)
USABLE = (Fraction(0), Fraction(1, 2), Fraction(3, 4), Fraction(1))
AFFECTED = (Fraction(1), Fraction(1), Fraction(1, 3), Fraction(0))
DAY = 86_400


class Asked(NamedTuple):
    """One target as the reference measures it."""

    span: Interval
    terms: AvailabilityTerms
    facts: AvailabilityFacts


def bulk_of(asked: Sequence[Asked]) -> Bulk:
    """All targets at once; equal hours in equal spans share a clock."""
    clocks = {(each.terms.hours, in_force(each)): None for each in asked}
    numbers = {key: number for number, key in enumerate(clocks)}
    usable = tuple(sorted({DOWN, *(outage.usable for each in asked for outage in each.facts.outages)}))
    costs = {(1 - outage.usable) * outage.affected for each in asked for outage in each.facts.outages}
    whole = lcm(*(cost.denominator for cost in costs))
    outages = [
        (
            owner,
            *outage.ended_by(each.span.end).interval,
            usable.index(outage.usable),
            int((1 - outage.usable) * outage.affected * whole),
            outage.counts,
        )
        for owner, each in enumerate(asked)
        for outage in sorted(each.facts.outages, key=lambda outage: outage.id)
    ]
    works = [(owner, work, each) for owner, each in enumerate(asked) for work in each.facts.planned_works]
    agreed = [
        (owner, *work.announced) for owner, work, each in works if each.terms.planned_work.ground(work) is Ground.AGREED
    ]
    unknown = [(owner, *gap) for owner, each in enumerate(asked) for gap in clip(each.facts.unknown, each.span)]
    return Bulk(
        clocks=Clocks([tuple(hours.working(span)) for hours, span in clocks]),
        terms=Terms(
            clock=ints(numbers[each.terms.hours, in_force(each)] for each in asked),
            cap=ints(NO_CAP if each.terms.planned_work.cap is None else each.terms.planned_work.cap for each in asked),
            flap_gap=ints(each.terms.flap_gap for each in asked),
            minimum_outage=ints(each.terms.minimum_outage for each in asked),
            by_users=np.array([each.terms.by_users for each in asked], dtype=bool),
            carry=ints(each.terms.carry_seconds if each.terms.unknown is UnknownPolicy.CARRY else 0 for each in asked),
        ),
        usable=usable,
        whole=whole,
        outages=Spells(*columns(outages, 5), counts=np.array([row[5] for row in outages], dtype=bool)),
        taken_out=Pieces(*columns(agreed)),
        away=Pieces(*columns([(owner, *work.away) for owner, work, _ in works])),
        unknown=Pieces(*columns(unknown)),
    )


def in_force(asked: Asked) -> Interval:
    """The part of the span in which the target is promised."""
    span, terms = asked.span, asked.terms
    if terms.in_force is None:
        return span
    return Interval(max(span.start, terms.in_force.start), min(span.end, terms.in_force.end))


def ints(values):
    return np.array(list(values), dtype=np.int64)


def columns(rows, width: int = 3):
    return np.array([row[:width] for row in rows], dtype=np.int64).reshape(-1, width).T


def random_targets(count: int) -> list[Asked]:
    """As many targets as asked, the same ones each time, with all that can be agreed and all that can happen."""
    chance = np.random.default_rng(SEED)
    hours = [_hours(zone, *pattern) for zone in ZONES for pattern in PATTERNS]
    return [_random(chance, hours[number % len(hours)], MONTHS[number // 7 % 2]) for number in range(count)]


def _hours(zone: str, texts, days) -> ServiceHours:
    windows = tuple(Window.parse(*text.split("-")) for text in texts)
    weekly = tuple(windows if day in days else () for day in range(7))
    return ServiceHours(zone, weekly, holidays=frozenset({date(2026, 3, 9), date(2026, 10, 26)}))


def _random(chance: np.random.Generator, hours: ServiceHours, month: Period) -> Asked:
    span = month.bounds(hours.tz)
    outages = tuple(
        Outage(
            f"{at:02}",
            piece.start,
            piece.end if chance.integers(40) else None,
            usable=USABLE[chance.integers(4)],
            counts=bool(chance.integers(10)),
            affected=AFFECTED[chance.integers(4)],
        )
        for at, piece in enumerate(_pieces(chance, span, 30, 9_000))
    )
    works = tuple(
        PlannedWork(
            *piece,
            str(at),
            kind=str(chance.integers(2)),
            announced_at=piece.start - int(chance.integers(2 * DAY)) if chance.integers(5) else None,
            approved_at=piece.start + int(chance.integers(-DAY, 600)) if chance.integers(5) else None,
            ended_at=piece.start + int(chance.integers(20_000)),
        )
        for at, piece in enumerate(_pieces(chance, span, 4, 9_000))
    )
    terms = _terms(chance, hours, span)
    return Asked(span, terms, AvailabilityFacts(outages, works, tuple(_pieces(chance, span, 5, 20_000))))


def _terms(chance: np.random.Generator, hours: ServiceHours, span: Interval) -> AvailabilityTerms:
    cut = int(chance.integers(span.start, span.end))
    return AvailabilityTerms(
        hours,
        in_force=(None, Interval(cut, span.end), Interval(span.start - 1, cut))[chance.integers(3)],
        planned_work=PlannedWorkTerms(
            frozenset({"1"}),
            notice=(NO_NOTICE, WorkingTime(DAY))[chance.integers(2)],
            approval_needed=bool(chance.integers(2)),
            cap=(None, 3600, 10_000)[chance.integers(3)],
        ),
        unknown=list(UnknownPolicy)[chance.integers(4)],
        carry_seconds=int(chance.integers(7200)),
        minimum_outage=(0, 300, 3600)[chance.integers(3)],
        flap_gap=(0, 60, 3600)[chance.integers(3)],
        by_users=bool(chance.integers(3) == 0),
    )


def _pieces(chance: np.random.Generator, span: Interval, most: int, longest: int) -> list[Interval]:
    starts = chance.integers(span.start - 4_000, span.end + 1_000, chance.integers(most)).tolist()
    return [Interval(start, start + int(chance.integers(longest))) for start in starts]
