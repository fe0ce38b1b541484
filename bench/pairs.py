"""A against B, in turns, in one process: only ratios of neighbours are worth printing on a shared machine."""

import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Contestant:
    """One way of doing the work, and how many units of it one call does."""

    name: str
    call: Callable[[], object]
    units: int


def rates(contestant: Contestant) -> float:
    """Units a second of one call, by the time this process had the processor: others may be busy beside it."""
    start = time.process_time()
    contestant.call()
    return contestant.units / (time.process_time() - start)


def compare(ours: Contestant, other: Contestant, pairs: int) -> float:
    """Run A B A B, print median, least and most of each and of the ratio, and return the median ratio."""
    measured = [(rates(ours), rates(other)) for _ in range(pairs)]
    ratios = [mine / theirs for mine, theirs in measured]
    for contestant, speeds in zip((ours, other), zip(*measured, strict=True), strict=True):
        print(f"  {contestant.name:<46}{_spread(speeds)} a second, {contestant.units} a call")
    print(f"  ratio{_spread(ratios):>58}")
    return median(ratios)


def conditions(*modules: object) -> str:
    """Versions and load, for the head of the report."""
    versions = [f"{module.__name__} {module.__version__}" for module in modules]  # type: ignore[attr-defined]
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"Python {platform.python_version()}; {'; '.join(versions)}; {os.cpu_count()} cores, load {load}"


def require(holds: bool, message: str) -> None:
    """Stop the benchmark: a fast wrong answer is worth nothing."""
    if not holds:
        sys.exit(f"{message}: nothing was timed.")


def _spread(values: Sequence[float]) -> str:
    return f"{median(values):>12,.1f} (from {min(values):,.1f} to {max(values):,.1f})"
