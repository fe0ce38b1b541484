"""Outages: from what was recorded to what counts, second by second (calculation, section 2)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from slas.calculation.errors import NoPartOfAll, NoShare, ReversedInterval
from slas.calculation.intervals import Interval, Ruler, merge, subtract, union
from slas.calculation.proof import LATER

DOWN = Fraction(0)
EVERYBODY = Fraction(1)


@dataclass(frozen=True)
class Outage:
    """Time in which the service was down (`usable` 0) or degraded (its agreed usable share); `end` None: still open.

    `counts` is False where it is agreed that this outage is not IT's to answer for: it stays in the experienced figure.
    `affected` is the share of the agreed users whom it met. `known_since` is the first second of it at which a period
    looks that names it so, where checks found that it began before that.
    """

    id: str
    start: int
    end: int | None
    usable: Fraction = DOWN
    counts: bool = True
    affected: Fraction = field(default=EVERYBODY, metadata=LATER)
    known_since: int | None = field(default=None, metadata=LATER)

    def __post_init__(self) -> None:
        if self.affected is not EVERYBODY and not 0 <= self.affected <= 1:
            raise NoPartOfAll(f"Outage {self.id}", self.affected)
        if self.usable is not DOWN and not 0 <= self.usable <= 1:
            raise NoShare(f"What is usable in outage {self.id}", self.usable)
        if self.end is not None and self.end < self.start:
            raise ReversedInterval(f"Outage {self.id}", self.start, self.end)

    def ended_by(self, instant: int) -> "Outage":
        """The same outage, ended at the instant if it is still open."""
        return self if self.end is not None else replace(self, end=max(self.start, instant))

    @cached_property
    def interval(self) -> Interval:
        """Its time; an open outage has none yet."""
        return Interval(self.start, self.start if self.end is None else self.end)


class Spell(NamedTuple):
    """An outage as it counts: with the gap to the next one where flapping is merged."""

    start: int
    end: int
    id: str
    usable: Fraction
    affected: Fraction = EVERYBODY

    @property
    def interval(self) -> Interval:
        """Its time."""
        return Interval(self.start, self.end)

    @property
    def weight(self) -> Fraction:
        """What one second of it costs where users are weighed."""
        return (1 - self.usable) * self.affected


Failure = tuple[Spell, ...]


def failures(outages: Iterable[Outage], flap_gap: int) -> Iterator[Failure]:
    """Outages grouped into failures: overlapping, touching, or at most `flap_gap` seconds apart.

    A gap inside a failure counts as the outage before it.
    """
    group: list[Spell] = []
    reach = last = 0
    for spell in sorted(Spell(*outage.interval, outage.id, outage.usable, outage.affected) for outage in outages):
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


def led_by(
    known: Iterable[Outage], before: Iterable[Outage], span: Interval, reach: Interval, flap_gap: int
) -> tuple[Outage, ...]:
    """Of outages that end before the reach of the span, those with which failures began that last into the span.

    `known` are the outages of the reach.
    """
    ended = [outage.ended_by(span.end) for outage in known if outage.counts]
    if not any(outage.start <= reach.start + flap_gap for outage in ended):
        return ()
    earlier = [outage for outage in before if outage.counts]
    lasting = (found for found in failures([*earlier, *ended], flap_gap) if touches(hull(found), span))
    ids = {spell.id for failure in lasting for spell in failure}
    return tuple(outage for outage in earlier if outage.id in ids)


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
    an earlier or worse outage or with planned work that counts as down. `lost` is what the counted seconds cost.
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
    lost: Fraction = Fraction(0)
    pieces: tuple[Interval, ...] = ()


@dataclass(frozen=True)
class Account:
    """Every outage with its use, the seconds of each usable share, and the counted time that no outage took."""

    uses: tuple[OutageUse, ...]
    levels: tuple[tuple[Fraction, int], ...]
    free: tuple[Interval, ...]


def _in_order(spells: Sequence[Spell]) -> list[Spell]:
    """By start; of one start in the order of their failures, which a gap that is merged after one does not change."""
    return sorted(spells, key=lambda spell: spell.start)


class Ledger:
    """Gives out the seconds of the counted time among the outages."""

    def __init__(self, service: Sequence[Interval], counted: Sequence[Interval], free: Sequence[Interval]) -> None:
        self._service = Ruler(service)
        self._counted = Ruler(counted)
        self._free = tuple(free)

    def account(self, spells: Sequence[Spell]) -> Account:
        """Each second to one outage at most: the lowest usable share first, then the earliest.

        The uses come in order of usable share, start and id.
        """
        levels: dict[Fraction, list[Spell]] = {}
        for spell in _in_order(spells):
            levels.setdefault(spell.usable, []).append(spell)
        uses: list[OutageUse] = []
        seconds: list[tuple[Fraction, int]] = []
        free = self._free
        for usable, level in sorted(levels.items()):
            found = list(self._level(level, Ruler(free)))
            uses += found
            seconds.append((usable, sum(use.counted for use in found)))
            free = tuple(subtract(free, merge(spell.interval for spell in level)))
        return Account(tuple(uses), tuple(seconds), free)

    def weigh(self, spells: Sequence[Spell]) -> Account:
        """Each second among all outages in it, by the users whom each met; together they cost no more than the second.

        The largest part first, then the earliest outage. The uses come in order of start and id.
        """
        ordered, free = _in_order(spells), Ruler(self._free)
        costs: dict[Spell, Fraction] = defaultdict(Fraction)
        pieces: dict[Spell, list[Interval]] = defaultdict(list)
        seconds: dict[Fraction, int] = defaultdict(int)
        for time, present in _stretches(ordered):
            found = tuple(free.inside(time))
            length, left = sum(piece.seconds for piece in found), EVERYBODY
            for spell in present:
                part = min(spell.weight, left)
                left -= part
                if part:
                    costs[spell] += part * length
                    pieces[spell] += found
            seconds[left] += length
        uses = (self._use(spell, tuple(union(pieces[spell])), costs[spell]) for spell in ordered)
        return Account(
            tuple(uses), tuple(sorted(seconds.items())), tuple(subtract(self._free, merge(s.interval for s in ordered)))
        )

    def _level(self, level: Sequence[Spell], free: Ruler) -> Iterator[OutageUse]:
        reach = level[0].start
        for spell in level:
            found = tuple(free.inside(Interval(max(spell.start, reach), spell.end)))
            yield self._use(spell, found, (1 - spell.usable) * sum(piece.seconds for piece in found))
            reach = max(reach, spell.end)

    def _use(self, spell: Spell, pieces: tuple[Interval, ...], lost: Fraction) -> OutageUse:
        time, counted = spell.interval, sum(piece.seconds for piece in pieces)
        in_service, in_counted = self._service.within(time), self._counted.within(time)
        outside, excluded, shared = time.seconds - in_service, in_service - in_counted, in_counted - counted
        fate = _fate(excluded, shared, counted)
        return OutageUse(spell.start, spell.id, fate, spell.usable, outside, excluded, shared, counted, lost, pieces)

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


def _stretches(ordered: Sequence[Spell]) -> Iterator[tuple[Interval, list[Spell]]]:
    """The time of outages in order of their start, cut wherever one begins or ends, each piece with those in it."""
    edges = sorted({edge for spell in ordered for edge in spell.interval})
    coming, present = iter(ordered), list[Spell]()
    after = next(coming, None)
    for start, end in pairwise(edges):
        present = [spell for spell in present if spell.end > start]
        while after is not None and after.start <= start:
            present.append(after)
            after = next(coming, None)
        present.sort(key=lambda spell: (-spell.weight, spell.start, spell.id))
        if together := [spell for spell in present if spell.end > start]:
            yield Interval(start, end), together
