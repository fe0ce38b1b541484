"""Availability of many targets at once, over arrays: the same seconds in each state as `measure_availability` gives.

It keeps no events and no reasons: it is the second, independent calculation for volume (calculation, section 2). One
table turns every instant into service seconds F(t). After that all time is service time, and the first state that
matches wins by measuring unions: a state has what it adds to the union of all states before it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from slas.calculation.intervals import Interval

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
NO_CAP = 1 << 40  # more seconds than any period has
_HOUR = 12  # bits of the seconds of one entry of the table: in about an hour few openings start
_LINE = 33  # bits of an instant where the time of all targets lies on one line
_SIGNED = 63
_BEFORE_ALL = -(1 << 62)


class Clocks:
    """F(t) of several sets of service time: the seconds of a set before an instant, for many instants at once."""

    def __init__(self, openings: Sequence[Sequence[Interval]]) -> None:
        """Each set is sorted and disjoint, as `ServiceHours.working` gives it for the span of a target."""
        pieces = [piece for each in openings for piece in each]
        self._origin = min((piece.start for piece in pieces), default=0)
        self._length = max((piece.end for piece in pieces), default=0) - self._origin
        self._entries = (self._length >> _HOUR) + 1
        edges = np.arange(self._entries + 1) << _HOUR
        self.seconds = np.array([sum(piece.seconds for piece in each) for each in openings], dtype=np.int64)
        # Before the first opening of a set lies one without length, and after its last one that never begins.
        starts = [[-1, *(piece.start - self._origin for piece in each), 1 << _LINE] for each in openings]
        found = [np.searchsorted(each, edges, side="right") - 1 for each in starts]
        self._most = max((int(np.diff(each).max()) for each in found), default=0)
        offsets = [0, *accumulate(map(len, starts))]
        self._table = _joined(each[:-1] + offset for each, offset in zip(found, offsets, strict=False))
        self._next = np.append(_joined(starts), 1 << _LINE)[1:]
        after = [list(accumulate((piece.seconds for piece in each), initial=0)) for each in openings]
        self._most_known = _joined([*each, each[-1]] for each in after)
        before = _joined([0, *each] for each in after)
        self._shift = before - _joined(starts)

    def until(self, clock: Ints, instant: Ints) -> Ints:
        """F(t) of each instant on its clock: nothing before the first opening, everything after the last."""
        at = instant - self._origin
        np.maximum(at, 0, out=at)
        np.minimum(at, self._length, out=at)
        opening = self._table[clock * self._entries + (at >> _HOUR)]
        for _ in range(self._most):
            opening += self._next[opening] <= at
        at += self._shift[opening]
        return np.minimum(at, self._most_known[opening], out=at)


@dataclass(frozen=True)
class Pieces:
    """Stretches of time in no order, as arrays: the number of the target, and from when until when, in UTC seconds."""

    owner: Ints
    start: Ints
    end: Ints

    def where(self, chosen: Flags) -> Self:
        """Those of which it holds."""
        return self if chosen.all() else self.at(np.flatnonzero(chosen))

    def at(self, places: Ints) -> Self:
        """Those at these places, in that order."""
        return replace(self, **{part.name: getattr(self, part.name)[places] for part in fields(self)})


@dataclass(frozen=True)
class Spells(Pieces):
    """Outages: the number of the usable share that each leaves, what a second of it costs where users are weighed, in
    parts of `Bulk.whole`, and whether it counts.

    Of two of one target with the same times, the share of the first goes on into a merged gap.
    """

    level: Ints
    weight: Ints
    counts: Flags


@dataclass(frozen=True)
class Terms:
    """What is agreed with each target; lengths in seconds. `clock` is the number of its service time in its span."""

    clock: Ints
    cap: Ints
    flap_gap: Ints
    minimum_outage: Ints
    carry: Ints
    by_users: Flags


@dataclass(frozen=True)
class Bulk:
    """Terms and facts of many targets; `usable` are the usable shares that occur, the lowest first.

    `taken_out` is agreed planned work as far as it was announced, `away` all planned work as it really was. Open
    outages end with the span, and `unknown` lies inside it.
    """

    clocks: Clocks
    terms: Terms
    usable: tuple[Fraction, ...]
    whole: int
    outages: Spells
    taken_out: Pieces
    away: Pieces
    unknown: Pieces


@dataclass(frozen=True)
class Seconds:
    """The agreed figure of each target: whole seconds in each state.

    `by_level` is by usable share; time at the share 0 is down, as planned work that counts is.
    """

    service: Ints
    excluded: Ints
    planned_down: Ints
    by_level: dict[Fraction, Ints]
    unknown: Ints

    @property
    def counted(self) -> Ints:
        """The time that counts."""
        return self.service - self.excluded


@dataclass(frozen=True)
class Experienced:
    """The experienced figure of each target: service time, what of it any outage or work took, and the unknown rest."""

    service: Ints
    lost: Ints
    unknown: Ints


class _Worked(NamedTuple):
    """Stretches in service time: whose, from which second of it, and until which."""

    owner: Ints
    start: Ints
    end: Ints


def count_seconds(bulk: Bulk) -> Seconds:
    """Every second of service time of each target in exactly one state (calculation, section 2)."""
    outages, unknown = _carried(bulk)
    spells, usable = _weighed(_failures(outages.where(outages.counts), bulk.terms), bulk)
    by_level = [spells.where(spells.level == level) for level in range(len(usable))]
    excluded, planned_down, *levels, silent = _count(
        bulk,
        [
            _capped(_worked(bulk, bulk.taken_out), bulk),
            *(_worked(bulk, pieces) for pieces in (bulk.away, *by_level, unknown)),
        ],
    )
    seconds: dict[Fraction, Ints] = {}
    for share, found in zip(usable, levels, strict=True):
        seconds[share] = seconds[share] + found if share in seconds else found
    return Seconds(bulk.clocks.seconds[bulk.terms.clock], excluded, planned_down, seconds, silent)


def count_experienced(bulk: Bulk) -> Experienced:
    """Service time without exclusions, with every outage and all planned work in full (calculation, section 2)."""
    outages, unknown = _carried(bulk)
    down, worked, silent = _count(bulk, [_worked(bulk, pieces) for pieces in (outages, bulk.away, unknown)])
    return Experienced(bulk.clocks.seconds[bulk.terms.clock], down + worked, silent)


def _carried(bulk: Bulk) -> tuple[Spells, Pieces]:
    """Outages and unknown time, with the last known state carried into each gap for the agreed time."""
    outages, carry = bulk.outages, bulk.terms.carry
    gaps = _union(bulk.unknown) if carry.any() else bulk.unknown
    if not carry.any() or not len(gaps.owner):
        return outages, gaps
    until = np.minimum(gaps.end, gaps.start + carry[gaps.owner])
    line = _on_line(gaps.owner, gaps.start)
    before = np.searchsorted(line, _on_line(outages.owner, outages.end), side="right") - 1
    gap = np.maximum(before, 0)
    goes_on = (before >= 0) & (gaps.owner[gap] == outages.owner)
    goes_on &= (outages.start < gaps.start[gap]) & (outages.end == gaps.start[gap])
    return replace(outages, end=np.where(goes_on, until[gap], outages.end)), replace(gaps, start=until)


def _union(pieces: Pieces) -> Pieces:
    """The same time of each target as sorted, disjoint pieces."""
    pieces = pieces.where(pieces.start < pieces.end)
    pieces = pieces.at(np.lexsort((pieces.start, pieces.owner)))
    start, reach = _on_line(pieces.owner, pieces.start), np.maximum.accumulate(_on_line(pieces.owner, pieces.end))
    firsts, lasts = _groups(start > _shifted(reach))
    return replace(pieces.at(firsts), end=reach[lasts] - (pieces.owner[firsts] << _LINE))


def _failures(spells: Spells, terms: Terms) -> Spells:
    """Outages of failures that are long enough, with the gaps over which they are merged (calculation, section 2).

    A gap counts as the outage before it that went on longest.
    """
    if not (terms.flap_gap.any() or terms.minimum_outage.any()):
        return spells
    spells = spells.at(np.lexsort((spells.end, spells.start, spells.owner)))
    start, end = _on_line(spells.owner, spells.start), _on_line(spells.owner, spells.end)
    reach = np.maximum.accumulate(end)
    before = _shifted(reach)
    begins = start > before + terms.flap_gap[spells.owner]
    firsts, lasts = _groups(begins)
    is_long = reach[lasts] - start[firsts] >= terms.minimum_outage[spells.owner[firsts]]
    is_kept = is_long[np.cumsum(begins) - 1]
    reaching = np.maximum.accumulate(np.where(end > before, np.arange(len(end)), 0))
    gaps = np.flatnonzero(is_kept & ~begins & (start > before))
    held = spells.at(reaching[gaps - 1])
    filled = replace(held, start=held.end, end=spells.start[gaps])
    return _both(spells.where(is_kept), filled)


def _weighed(spells: Spells, bulk: Bulk) -> tuple[Spells, tuple[Fraction, ...]]:
    """Where users are weighed, the outages cut wherever one begins or ends, each piece with the share that is left.

    Shares of outages at the same time add up to the whole at most.
    """
    weighs = bulk.terms.by_users[spells.owner]
    if not weighs.any():
        return spells, bulk.usable
    mine = spells.where(weighs & (spells.start < spells.end))
    edges = np.append(_on_line(mine.owner, mine.start), _on_line(mine.owner, mine.end))
    order = np.argsort(edges)
    edges = edges[order]
    lost = np.cumsum(np.append(mine.weight, -mine.weight)[order])[:-1]
    present = np.cumsum(np.repeat([1, -1], len(mine.owner))[order])[:-1]
    here = np.flatnonzero((present > 0) & (np.diff(edges) > 0))
    shares, level = np.unique(np.minimum(lost[here], bulk.whole), return_inverse=True)
    owner = np.append(mine.owner, mine.owner)[order][here]
    pieces = (owner, edges[here] - (owner << _LINE), edges[here + 1] - (owner << _LINE))
    cut = Spells(*pieces, level + len(bulk.usable), lost[here], present[here] > 0)
    usable = bulk.usable + tuple(1 - Fraction(int(share), bulk.whole) for share in shares)
    return _both(spells.where(~weighs), cut), usable


def _worked(bulk: Bulk, pieces: Pieces) -> _Worked:
    """The pieces in service time."""
    clock = bulk.terms.clock[pieces.owner]
    return _Worked(pieces.owner, *(bulk.clocks.until(clock, at) for at in (pieces.start, pieces.end)))


def _capped(worked: _Worked, bulk: Bulk) -> _Worked:
    """The union of time taken out, in order of time until the cap of each target is reached."""
    if (bulk.terms.cap >= NO_CAP).all():
        return worked
    owner, start, end = (each[np.lexsort((worked.start, worked.owner))] for each in worked)
    reach = np.maximum.accumulate(_on_line(owner, end))
    start = np.maximum(_on_line(owner, start), _shifted(reach))
    total = np.cumsum(reach - start)
    used = total - np.append(0, total)[np.searchsorted(owner, owner)]
    cap = bulk.terms.cap[owner]
    taken = np.minimum(used, cap) - np.minimum(used - (reach - start), cap)
    start -= owner << _LINE
    return _Worked(owner, start, start + taken)


def _count(bulk: Bulk, states: Sequence[_Worked]) -> list[Ints]:
    """Seconds of each state by target, the first state first; so many targets at once as one number can hold."""
    owners, width = len(bulk.terms.clock), int(bulk.clocks.seconds.max(initial=0)).bit_length()
    at_once = 1 << (_SIGNED - 2 * width)
    if owners <= at_once:
        return list(_count_some(states, owners, width))
    blocks = []
    for first in range(0, owners, at_once):
        inside = [(first <= state.owner) & (state.owner < first + at_once) for state in states]
        some = [_Worked(*(each[here] for each in state)) for state, here in zip(states, inside, strict=True)]
        moved = [state._replace(owner=state.owner - first) for state in some]
        blocks.append(_count_some(moved, min(at_once, owners - first), width))
    return [np.concatenate(rows) for rows in zip(*blocks, strict=True)]


def _count_some(states: Sequence[_Worked], owners: int, width: int) -> Iterator[Ints]:
    """What each state adds to the union of those before it; a piece is one number: target, start and length."""
    edges = np.arange(owners + 1) << width
    reached, known = np.zeros(0, dtype=np.int64), np.zeros(owners, dtype=np.int64)
    for owner, start, end in states:
        length = end - start
        packed = ((owner << width | start) << width | length)[length > 0]
        if not len(packed):  # most states are rare, and what was reached before need not be sorted again
            yield np.zeros_like(known)
            continue
        reached = np.sort(np.concatenate([reached, packed]))
        sizes = _sizes(reached, width, edges)
        yield sizes - known
        known = sizes


def _sizes(packed: Ints, width: int, edges: Ints) -> Ints:
    """Seconds that the sorted pieces cover between each two edges; none lies over an edge."""
    start = packed >> width
    reach = packed & (1 << width) - 1
    reach += start
    np.maximum.accumulate(reach, out=reach)
    places = np.searchsorted(start, edges)
    np.maximum(start[1:], reach[:-1], out=start[1:])
    reach -= start
    return np.diff(np.append(0, np.cumsum(reach))[places])


def _both(some: Spells, more: Spells) -> Spells:
    joined = {part.name: np.append(getattr(some, part.name), getattr(more, part.name)) for part in fields(Spells)}
    return replace(some, **joined)


def _groups(begins: Flags) -> tuple[Ints, Ints]:
    """The places of the first and of the last of each group."""
    places = np.flatnonzero(np.append(begins, True))
    return places[:-1], places[1:] - 1


def _on_line(owner: Ints, instant: Ints) -> Ints:
    return (owner << _LINE) + instant


def _shifted(reach: Ints) -> Ints:
    """How far all before each reached; before the first one nothing."""
    return np.append(_BEFORE_ALL, reach[:-1]) if len(reach) else reach


def _joined(parts: Iterable[Sequence[int] | NDArray[np.generic]]) -> Ints:
    known = [np.asarray(each) for each in parts]
    joined: Ints = np.concatenate(known) if known else np.zeros(0, dtype=np.int64)
    return joined
