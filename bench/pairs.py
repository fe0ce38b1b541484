"""A against B, in turns, in one process: only ratios of neighbours are worth printing on a shared machine."""

import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


def nothing() -> None:
    """What a contestant needs before its turn when it needs nothing."""


@dataclass(frozen=True)
class Contestant:
    """One way of doing the work, how many units of it one call does, and what is made ready, untimed, before a turn."""

    name: str
    call: Callable[[], object]
    units: int = 1
    before: Callable[[], object] = nothing


def rates(contestant: Contestant, clock: Callable[[], float] = time.process_time) -> float:
    """Units a second of one call.

    The usual clock is the time this process had the processor, because others may be busy beside it; where a server
    does a part of the work, take the clock on the wall.
    """
    contestant.before()
    start = clock()
    contestant.call()
    return contestant.units / (clock() - start)


def compare(ours: Contestant, other: Contestant, pairs: int, clock: Callable[[], float] = time.process_time) -> float:
    """Run A B A B, print median, least and most of each and of the ratio of their speeds, and return its median."""
    measured = [(rates(ours, clock), rates(other, clock)) for _ in range(pairs)]
    ratios = [mine / theirs for mine, theirs in measured]
    for contestant, speeds in zip((ours, other), zip(*measured, strict=True), strict=True):
        print(f"  {contestant.name:<52}{_spread(speeds)} a second, {contestant.units} a call")
    print(f"  {'ratio':<52}{_spread(ratios)}")
    return median(ratios)


def against_goal(goal: str, ratio: float, *, least: float = 0, most: float = float("inf")) -> None:
    """Say whether a ratio reaches its goal; a goal out of reach is told and never hidden, and fails nothing."""
    bound = f"at most {amount(most)}" if least == 0 else f"at least {amount(least)}"
    print(f"  goal {goal}: {bound}; {'reached' if least <= ratio <= most else 'NOT reached'} with {amount(ratio)}")


def conditions(*modules: object) -> str:
    """Versions and load, for the head of the report."""
    versions = [f"{module.__name__} {module.__version__}" for module in modules]  # type: ignore[attr-defined]
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"Python {platform.python_version()}; {'; '.join(versions)}; {os.cpu_count()} cores, load {load}"


def require(holds: bool, message: str) -> None:
    """Stop the benchmark: a fast wrong answer is worth nothing."""
    if not holds:
        sys.exit(f"{message}: nothing was timed.")


def amount(value: float) -> str:
    """Three digits that matter, and thousands apart: 0.0712, 6.53, 84.1, 12,345."""
    decimals = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 4
    return f"{value:,.{decimals}f}"


def _spread(values: Sequence[float]) -> str:
    return f"{amount(median(values)):>10} (from {amount(min(values))} to {amount(max(values))})"
