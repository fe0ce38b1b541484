"""Stored availability held against a second calculation, which reads and counts in another way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Q

from slas.calculation.errors import CalculationError
from slas.calculation.kernel import Experienced, Seconds, count_experienced, count_seconds
from slas.calculation.missing import UnknownPolicy
from slas.calculation.outcomes import attain
from slas.calculation.outcomes.frame import exact
from slas.calculation.periods import Period
from slas.models import Attainment, TargetKind
from slas.queries.bulk import bulk_of
from slas.queries.evidence import moment
from slas.queries.inputs import gather_inputs
from slas.queries.targets import Slot, list_targets, period_of, slot_of

FIGURES_AT_ONCE = 500
AGREED = ("service_seconds", "excluded_seconds", "counted_seconds", "lost_seconds", "unknown_seconds")
EXPERIENCED = ("service_seconds", "lost_seconds")

Place = tuple[date, int]  # the first day of a period, and a target's id


@dataclass(frozen=True)
class Contradiction:
    """A stored figure that the second calculation does not confirm: in which seconds, as stored and as counted."""

    promise: str
    period: str
    seconds: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        told = ", ".join(f"{name}: {stored} stored, {counted} counted" for name, stored, counted in self.seconds)
        return f"{self.promise}, {self.period}: {told}"


@dataclass(frozen=True)
class CrossCheck:
    """How many figures were counted a second time; of `changed` ones the facts or terms are others by now.

    `go_on_after` is the last one that was looked at, None when there are no more.
    """

    compared: int
    changed: int
    contradictions: tuple[Contradiction, ...]
    go_on_after: Place | None


@dataclass(frozen=True)
class _Figure:
    row: Attainment
    slot: Slot


def cross_check(
    *, now: datetime, month: Period | None = None, after: Place | None = None, limit: int = FIGURES_AT_ONCE
) -> CrossCheck:
    """Count the availability of at most so many stored periods that are over a second time, the newest periods first.

    Of those that share the month, or of all; behind `after`. A figure whose facts or terms have changed since is no
    contradiction: it is recomputed, or waits to be restated.
    """
    rows = _rows(month, after, limit)
    compared = changed = 0
    contradictions: list[Contradiction] = []
    for figure, counted in _count(_figures(rows, now), now):
        found = _contradiction(figure, counted)
        is_other = counted is None or (found is not None and not _has_same_facts(figure, now))
        compared, changed = compared + (not is_other), changed + is_other
        if found is not None and not is_other:
            contradictions.append(found)
    last = (rows[-1].period_start, rows[-1].target_id) if len(rows) == limit else None
    return CrossCheck(compared, changed, tuple(contradictions), last)


def _rows(month: Period | None, after: Place | None, limit: int) -> list[Attainment]:
    """The newest revision of each stored availability, the newest periods first."""
    rows = Attainment.objects.filter(target__kind=TargetKind.AVAILABILITY).defer("proof", "inputs")
    if month is not None:
        rows = rows.filter(period_start__lt=month.end_on, period_end__gt=month.first_on)
    if after is not None:
        on, target_id = after
        rows = rows.filter(Q(period_start__lt=on) | Q(period_start=on, target_id__gt=target_id))
    newest = rows.order_by("-period_start", "target_id", "-revision").distinct("period_start", "target_id")
    return list(newest[:limit])


def _figures(found: Sequence[Attainment], now: datetime) -> list[_Figure]:
    """Those that were computed after their period."""
    targets = {target.pk: target for target in list_targets(ids=(row.target_id for row in found))}
    known = [row for row in found if row.target_id in targets]
    slots = [slot_of(targets[row.target_id], period_of(targets[row.target_id], row.period_start), now) for row in known]
    pairs = zip(known, slots, strict=True)
    return [_Figure(row, slot) for row, slot in pairs if slot and row.computed_at >= moment(slot.span.end)]


def _count(figures: Sequence[_Figure], now: datetime) -> Iterator[tuple[_Figure, dict[str, Any] | None]]:
    """Each figure with its seconds; None where its facts allow no figure any more, which is found by halving."""
    if not figures:
        return
    try:
        bulk = bulk_of(slots=[figure.slot for figure in figures], now=now)
    except CalculationError:
        if len(figures) == 1:
            yield figures[0], None
            return
        half = len(figures) // 2
        yield from _count(figures[:half], now)
        yield from _count(figures[half:], now)
        return
    agreed, felt = count_seconds(bulk), count_experienced(bulk)
    for place, figure in enumerate(figures):
        yield figure, _told(place, agreed, felt, UnknownPolicy(figure.slot.target.missing_policy))


def _told(place: int, agreed: Seconds, felt: Experienced, policy: UnknownPolicy) -> dict[str, Any]:
    """The seconds of one target, in the words of a stored result."""
    unknown = int(agreed.unknown[place])
    degraded = sum(((1 - usable) * int(row[place]) for usable, row in agreed.by_level.items()), Fraction(0))
    lost = degraded + int(agreed.planned_down[place])
    service, away, silent = int(felt.service[place]), int(felt.lost[place]), int(felt.unknown[place])
    return {
        "service_seconds": int(agreed.service[place]),
        "excluded_seconds": int(agreed.excluded[place]),
        "counted_seconds": int(agreed.counted[place]),
        "lost_seconds": exact(lost + unknown if policy is UnknownPolicy.DOWN else lost),
        "unknown_seconds": unknown,
        "experienced": {
            "service_seconds": service - (silent if policy in (UnknownPolicy.EXCLUDE, UnknownPolicy.CARRY) else 0),
            "lost_seconds": away + silent if policy is UnknownPolicy.DOWN else away,
        },
    }


def _contradiction(figure: _Figure, counted: dict[str, Any] | None) -> Contradiction | None:
    if counted is None:
        return None
    stored = figure.row.result
    pairs = [(name, stored[name], counted[name]) for name in AGREED]
    felt = [(name, stored["experienced"][name], counted["experienced"][name]) for name in EXPERIENCED]
    pairs += [(f"experienced {name}", then, again) for name, then, again in felt]
    other = tuple((name.replace("_", " "), str(then), str(again)) for name, then, again in pairs if then != again)
    return Contradiction(figure.slot.target.name, figure.slot.period.label, other) if other else None


def _has_same_facts(figure: _Figure, now: datetime) -> bool:
    """Whether today's facts and terms are those from which the stored figure was made."""
    ((_, inputs),) = gather_inputs(slots=[figure.slot], now=now)
    return attain(inputs).digest == figure.row.inputs_hash
