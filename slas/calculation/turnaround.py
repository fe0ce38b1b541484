"""Turnaround of analysis requests: the clock starts when the agreed checklist is complete (calculation, section 7)."""

from collections.abc import Iterable
from dataclasses import dataclass

from slas.calculation.errors import UnknownTick
from slas.calculation.ledger import Case, Pause


@dataclass(frozen=True)
class Tick:
    """An item of the checklist, and since when it is there; taken back, it can be ticked again later."""

    item: str
    at: int


@dataclass(frozen=True)
class Request:
    """One request: when it was made, what is ticked on its checklist, and when its answer was there (None: not yet)."""

    id: str
    made_at: int
    ticks: tuple[Tick, ...]
    answered_at: int | None = None
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True)
class Turnaround:
    """Requests whose clock runs, as cases that any limit can judge, and those that wait for their checklist."""

    cases: tuple[Case, ...]
    not_ready: tuple[str, ...]


def ready_at(request: Request, checklist: frozenset[str]) -> int | None:
    """When the last agreed item was there, but not before the request; None while one is missing. Raises UnknownTick.

    Of an item that was ticked more than once the last time counts.
    """
    ticked: dict[str, int] = {}
    for tick in request.ticks:
        if tick.item not in checklist:
            raise UnknownTick(request.id, tick.item)
        ticked[tick.item] = max(tick.at, ticked.get(tick.item, tick.at))
    return max([request.made_at, *ticked.values()]) if set(ticked) == checklist else None


def start_clocks(requests: Iterable[Request], checklist: frozenset[str]) -> Turnaround:
    """Each request as a case that was opened when it was ready; a pause before that moves nothing."""
    cases: list[Case] = []
    waiting: list[str] = []
    for request in sorted(requests, key=lambda each: each.id):
        ready = ready_at(request, checklist)
        if ready is None:
            waiting.append(request.id)
        else:
            cases.append(Case(request.id, ready, request.answered_at, request.pauses))
    return Turnaround(tuple(cases), tuple(waiting))
