"""The kernel over arrays, a task's 500 targets at a time, against the limit in C, and the loop of another product."""

import ctypes
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path

import numpy

from bench.pairs import Contestant, against_goal, compare, require
from slas.calculation.intervals import Interval, union
from slas.calculation.kernel import NO_CAP, Bulk, Clocks, Ints, Pieces, Spells, Terms, count_seconds
from slas.calculation.outages import DOWN
from slas.calculation.service_hours import ServiceHours

AT_ONCE = 500  # as a worker's task has them
FOLDER = Path(__file__).parent
Seconds = tuple[int, int]  # that count, and lost ones
Parts = Sequence[Sequence[Interval]]


@dataclass(frozen=True)
class Sample:
    """Hours, outages and planned work of many targets, in order; the hours of each are those of its number."""

    hours: dict[ServiceHours, tuple[Interval, ...]]
    clock: Ints
    outages: Parts
    works: Parts

    def __len__(self) -> int:
        return len(self.outages)

    def first(self, count: int) -> "Sample":
        return Sample(self.hours, self.clock[:count], self.outages[:count], self.works[:count])

    @property
    def openings(self) -> list[tuple[Interval, ...]]:
        return [*self.hours.values()]


def bulks(sample: Sample) -> list[Bulk]:
    """The sample as the kernel takes it: the facts in no order."""
    clocks = Clocks(sample.openings)
    return [_bulk(sample, clocks, at) for at in range(0, len(sample), AT_ONCE)]


def _bulk(sample: Sample, clocks: Clocks, at: int) -> Bulk:
    clock = sample.clock[at : at + AT_ONCE]
    outages, works = (_pieces(parts[at : at + AT_ONCE]) for parts in (sample.outages, sample.works))
    nothing, size = numpy.zeros(len(clock), dtype=numpy.int64), len(outages.owner)
    level = numpy.zeros(size, dtype=numpy.int64)
    spells = Spells(outages.owner, outages.start, outages.end, level, level + 1, numpy.ones(size, dtype=bool))
    terms = Terms(clock, nothing + NO_CAP, nothing, nothing, nothing, nothing > 0)
    return Bulk(clocks, terms, (DOWN,), 1, spells, works, works, _pieces([]))


def _pieces(parts: Parts) -> Pieces:
    rows = [(owner, *piece) for owner, pieces in enumerate(parts) for piece in pieces]
    return Pieces(*numpy.array(rows, dtype=numpy.int64).reshape(-1, 3).T.copy())


def by_kernel(some: Sequence[Bulk]) -> list[Seconds]:
    counted = [count_seconds(bulk) for bulk in some]
    columns = ((each.counted.tolist(), each.by_level[DOWN].tolist()) for each in counted)
    return [pair for each in columns for pair in zip(*each, strict=True)]


class _Parts(ctypes.Structure):
    _fields_ = [(name, ctypes.c_void_p) for name in ("first", "start", "end")]


class SinglePass:
    """The limit: C over sorted arrays in memory, compiled here and now."""

    def __init__(self, sample: Sample, compiler: str, folder: Path) -> None:
        library = folder / "single_pass.so"
        command = [compiler, "-O2", "-shared", "-fPIC", "-o", str(library), str(FOLDER / "single_pass.c")]
        subprocess.run(command, check=True)
        self._run = ctypes.CDLL(str(library)).single_pass
        service = [sum(piece.seconds for piece in each) for each in sample.openings]
        sorts = (sample.openings, [sorted(each) for each in sample.works], [sorted(each) for each in sample.outages])
        self._held = [sample.clock, numpy.array(service, dtype=numpy.int64)]
        self._parts = [self._laid_out(parts) for parts in sorts]
        self._counted, self._lost = (numpy.zeros(len(sample), dtype=numpy.int64) for _ in range(2))

    def _laid_out(self, parts: Parts) -> _Parts:
        pieces = _pieces(parts)
        first = numpy.array([0, *accumulate(map(len, parts))], dtype=numpy.int64)
        arrays = [first, *(numpy.ascontiguousarray(each) for each in (pieces.start, pieces.end))]
        self._held += arrays
        return _Parts(*(each.ctypes.data for each in arrays))

    def count(self) -> list[Seconds]:
        self.run()
        return list(zip(self._counted.tolist(), self._lost.tolist(), strict=True))

    def run(self) -> None:
        clock, service, *_ = (ctypes.c_void_p(each.ctypes.data) for each in self._held)
        known = [ctypes.byref(each) for each in self._parts]
        results = (ctypes.c_void_p(each.ctypes.data) for each in (self._counted, self._lost))
        self._run(ctypes.c_int64(len(self._counted)), clock, service, *known, *results)


def alarm_loop(openings: Sequence[Interval], downtimes: Sequence[Interval], alarms: Sequence[Interval]) -> int:
    """The structure in which Zabbix counts: the same as alarm_loop.php, for a machine without PHP."""
    lost = 0
    for start, end in alarms:
        for opens, closes in openings:
            since, until = max(start, opens), min(end, closes)
            if since >= until:
                continue
            lost += until - since
            for begins, ends in downtimes:
                lost -= max(0, min(until, ends) - max(since, begins))
    return lost


def told(sample: Sample) -> list[tuple[tuple[Interval, ...], list[Interval], list[Interval]]]:
    """What the loop is given: openings, and downtimes and alarms that are merged already."""
    openings = sample.openings
    parts = zip(sample.clock.tolist(), sample.works, sample.outages, strict=True)
    return [(openings[clock], list(union(works)), list(union(outages))) for clock, works, outages in parts]


@contextmanager
def loop_of_alarms(sample: Sample) -> Iterator[tuple[str, Callable[[], list[int]], Callable[[], float]]]:
    """Its name, the loop, and a clock of processor time that sees it: PHP where there is one, else Python."""
    given, php = told(sample), shutil.which("php")
    if php is None:
        yield "in Python (no PHP here)", lambda: [alarm_loop(*each) for each in given], time.process_time
        return
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([php, "-d", "memory_limit=-1", str(FOLDER / "alarm_loop.php")], **pipes) as process:
        print(json.dumps(given), file=process.stdin, flush=True)

        def count() -> list[int]:
            print(file=process.stdin, flush=True)
            return json.loads(process.stdout.readline())

        yield "in PHP", count, partial(_with_child, Path(f"/proc/{process.pid}/schedstat"))
        process.stdin.close()


def _with_child(spent: Path) -> float:
    return time.process_time() + int(spent.read_text().split()[0]) / 1e9


def against_limit(sample: Sample, known: Sequence[Bulk], pairs: int) -> None:
    """A1."""
    compiler = shutil.which("cc")
    if compiler is None:
        print("Against the limit in C: not run, because there is no C compiler (cc) here.")
        return
    with tempfile.TemporaryDirectory() as folder:
        limit = SinglePass(sample, compiler, Path(folder))
        require(limit.count() == by_kernel(known), "The single pass in C differs from the kernel")
        print("The kernel against the limit, one pass in C over sorted arrays in memory:")
        contest = Contestant("C, one pass", limit.run, len(sample))
        against_goal("A1", compare(kernel(known, len(sample)), contest, pairs), least=0.08)


def against_loop(sample: Sample, known: Sequence[Bulk], pairs: int) -> None:
    """A3; the loop counts fewer targets, because it takes so long."""
    few = sample.first(len(sample) // 5)
    with loop_of_alarms(few) as (name, count, clock):
        lost = [lost for _, lost in by_kernel(known)][: len(few)]
        require(count() == lost, "The loop of alarms differs from the kernel")
        print(f"The kernel against the loop in which Zabbix counts, {name}, which is given merged alarms and no proof:")
        contest = Contestant(f"loop of alarms {name}", count, len(few))
        against_goal("A3", compare(kernel(known, len(sample)), contest, pairs, clock), least=30)


def kernel(known: Sequence[Bulk], size: int) -> Contestant:
    return Contestant("kernel over arrays", lambda: [count_seconds(bulk) for bulk in known], size)
