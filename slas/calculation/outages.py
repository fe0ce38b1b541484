"""Outages: from what was recorded to what counts, second by second (calculation, section 2)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from slas.calculation.errors import ReversedInterval
from slas.calculation.intervals import Interval, Ruler, merge, subtract

DOWN = Fraction(0)


@dataclass(frozen=True)
class Outage:
    """Time in which the service was down (`usable` 0) or degraded (its agreed usable share); `end` None: still open.

    `counts` is False where it is agreed that this outage is not IT's to answer for: it stays in the experienced figure.
    """

    id: str
    start: int
    end: int | None
    usable: Fraction = DOWN
    counts: bool = True

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ReversedInterval(f"Outage {self.id}", self.start, self.end)

    def ended_by(self, instant: int) -> "Outage":
        """The same outage, ended at the instant if it is still open."""
        return self if self.end is not None else replace(self, end=max(self.start, instant))

    @property
    def interval(self) -> Interval:
        """Its time; an open outage has none yet."""
        return Interval(self.start, self.start if self.end is None else self.end)


class Spell(NamedTuple):
    """An outage as it counts: with the gap to the next one where flapping is merged."""

    start: int
    end: int
    id: str
    usable: Fraction

    @property
    def interval(self) -> Interval:
        """Its time."""
        return Interval(self.start, self.end)


Failure = tuple[Spell, ...]


def failures(outages: Iterable[Outage], flap_gap: int) -> Iterator[Failure]:
    """Outages grouped into failures: overlapping, touching, or at most `flap_gap` seconds apart.

    A gap inside a failure counts as the outage before it.
    """
    group: list[Spell] = []
    reach = last = 0
    for spell in sorted(Spell(*outage.interval, outage.id, outage.usable) for outage in outages):
        if group and spell.start > reach + flap_gap:
            yield tuple(group)
            group = []
        elif group and spell.start > reach:
            group[last] = group[last]._replace(end=spell.start)
        if not group or spell.end > reach:
            reach, last = spell.end, len(group)
        group.append(spell)
    if group:
        yield tuple(group)


def hull(failure: Failure) -> Interval:
    """From the first second of a failure to its last."""
    return Interval(failure[0].start, max(spell.end for spell in failure))


def touches(time: Interval, span: Interval) -> bool:
    """Whether an outage shares time with the span; one without length lies in the second in which it begins."""
    return time.start < span.end and max(time.end, time.start + 1) > span.start


def reach(span: Interval, minimum_outage: int, flap_gap: int) -> Interval:
    """The time in which outages can change what counts in the span: its own, and beyond both edges the minimum length
    and the gap over which outages are merged.

    A failure that goes on beyond that is long enough without the rest: it follows from the span over gaps that are
    merged, so that what is known of it begins or ends at least the minimum length away from the edge.
    """
    beyond = minimum_outage + flap_gap
    return Interval(span.start - beyond, span.end + beyond)


class Fate(Enum):
    """What became of an outage in the figure."""

    COUNTED = "counted"
    OUTSIDE = "outside"
    EXCLUDED = "excluded"
    WITHIN_ANOTHER = "within_another"
    TOO_SHORT = "too_short"
    AGREED_NOT_TO_COUNT = "agreed_not_to_count"


class OutageUse(NamedTuple):
    """One outage in one period: where each of its seconds went, and what it cost.

    `outside` is out of hours or out of the period, `excluded` fell into agreed planned work, `shared` is counted with
    an earlier or worse outage or with planned work that counts as down. `lost` is `counted` times what was not usable.
    `pieces` is when the counted seconds were: inside service hours, less what was taken out, with merged gaps.
    """

    start: int
    id: str
    fate: Fate
    usable: Fraction
    outside: int
    excluded: int
    shared: int
    counted: int
    pieces: tuple[Interval, ...] = ()

    @property
    def lost(self) -> Fraction:
        """Seconds of the figure that this outage cost."""
        return (1 - self.usable) * self.counted


@dataclass(frozen=True)
class Account:
    """Every outage with its use, and the counted time that no outage took."""

    uses: tuple[OutageUse, ...]
    free: tuple[Interval, ...]


class Ledger:
    """Gives each second of the counted time to one outage at most: the lowest usable share first, then the earliest."""

    def __init__(self, service: Sequence[Interval], counted: Sequence[Interval], free: Sequence[Interval]) -> None:
        self._service = Ruler(service)
        self._counted = Ruler(counted)
        self._free = tuple(free)

    def account(self, spells: Sequence[Spell]) -> Account:
        """Share the free time out among the outages; the uses come in order of usable share, start and id."""
        levels: dict[Fraction, list[Spell]] = {}
        for spell in sorted(spells):
            levels.setdefault(spell.usable, []).append(spell)
        uses: list[OutageUse] = []
        free = self._free
        for _, level in sorted(levels.items()):
            uses += self._level(level, Ruler(free))
            free = tuple(subtract(free, merge(spell.interval for spell in level)))
        return Account(tuple(uses), free)

    def _level(self, level: Sequence[Spell], free: Ruler) -> Iterator[OutageUse]:
        reach = level[0].start
        for spell in level:
            yield self._use(spell, tuple(free.inside(Interval(max(spell.start, reach), spell.end))))
            reach = max(reach, spell.end)

    def _use(self, spell: Spell, pieces: tuple[Interval, ...]) -> OutageUse:
        time, counted = spell.interval, sum(piece.seconds for piece in pieces)
        in_service, in_counted = self._service.within(time), self._counted.within(time)
        outside, excluded, shared = time.seconds - in_service, in_service - in_counted, in_counted - counted
        fate = _fate(excluded, shared, counted)
        return OutageUse(spell.start, spell.id, fate, spell.usable, outside, excluded, shared, counted, pieces)

    def set_aside(self, outage: Outage, fate: Fate) -> OutageUse:
        """An outage of which nothing counts, whenever it was."""
        time = outage.interval
        in_service = self._service.within(time)
        return OutageUse(outage.start, outage.id, fate, outage.usable, time.seconds - in_service, in_service, 0, 0)


def _fate(excluded: int, shared: int, counted: int) -> Fate:
    if counted:
        return Fate.COUNTED
    if shared:
        return Fate.WITHIN_ANOTHER
    return Fate.EXCLUDED if excluded else Fate.OUTSIDE
