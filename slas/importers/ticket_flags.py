"""The flag “made its SLA” that a ServiceNow-style log keeps of each case, recomputed from its times.

The flag turns false only when a case is closed: what it counts is the service time from opening to closing. The log
says neither the hours nor the limit; where they were found by fitting they are named here, and for the other priorities
no calendar is known.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from slas.calculation.intervals import Ruler, span
from slas.calculation.service_hours import CLOSED, ServiceHours, Window
from slas.importers.tables import FieldError, Parsed, Row, parse, required

COLUMNS = ("number", "opened_at", "closed_at", "priority", "made_sla")
MOST = 100
FLAGS = {"true": True, "false": False}
_HOUR = 3600


@dataclass(frozen=True)
class Clock:
    """Hours from Monday to Friday, and the limit in them; `least` is the share of the flags that they explain."""

    opens: str
    closes: str
    limit_hours: int
    least: Fraction

    def hours(self) -> ServiceHours:
        """The hours; the log names no zone, so its times are taken as they stand."""
        window = Window.parse(self.opens, self.closes)
        return ServiceHours("UTC", tuple((window,) if day < 5 else CLOSED for day in range(7)))

    def __str__(self) -> str:
        return f"Monday to Friday {self.opens} to {self.closes}, {self.limit_hours} service hours"


FITTED = {
    "3 - Moderate": Clock("11:00", "24:00", 87, Fraction("0.998")),
    "4 - Low": Clock("07:00", "22:00", 220, Fraction(1)),
}


@dataclass(frozen=True)
class ClosedCase:
    """The final state of a case: its times as UTC seconds, and the flag that the log keeps."""

    number: str
    priority: str
    opened_at: int
    closed_at: int
    made_sla: bool


@dataclass(frozen=True)
class Compared:
    """Of one priority: how many flags our clock gives as the log does, and the cases for which it does not."""

    priority: str
    clock: Clock | None
    cases: int
    others: tuple[str, ...] = ()

    @property
    def same(self) -> int:
        """Flags that are reproduced."""
        return self.cases - len(self.others)

    @property
    def holds(self) -> bool:
        """Whether as many are reproduced as the fitted clock must explain; without one there is nothing to hold."""
        return self.clock is None or self.same >= self.clock.least * self.cases


def parse_closed(rows: Iterable[tuple[int, Row]]) -> Parsed[ClosedCase]:
    """The last row of each case that the file holds, in its order; of several updates the last is the final state."""
    last: dict[str, tuple[int, Row]] = {}
    for number, row in rows:
        last[row["number"]] = number, row
    return parse(last.values(), _closed)


def _closed(row: Row) -> ClosedCase:
    opened, closed = (_instant(row, name) for name in ("opened_at", "closed_at"))
    if closed < opened:
        raise FieldError("closed_at", f"“{row['closed_at']}” is before opened_at, “{row['opened_at']}”")
    if row["made_sla"] not in FLAGS:
        raise FieldError("made_sla", f"“{row['made_sla']}” is neither true nor false")
    return ClosedCase(
        required(row, "number", MOST), required(row, "priority", MOST), opened, closed, FLAGS[row["made_sla"]]
    )


def _instant(row: Row, field: str) -> int:
    try:
        return int(datetime.strptime(row[field], "%d/%m/%Y %H:%M").replace(tzinfo=UTC).timestamp())
    except ValueError as error:
        raise FieldError(field, f"“{row[field]}” is not a time such as 29/2/2016 01:16") from error


def compare(cases: Sequence[ClosedCase]) -> Iterator[Compared]:
    """Each priority of the log, in order of its name."""
    for priority in sorted({case.priority for case in cases}):
        found = [case for case in cases if case.priority == priority]
        clock = FITTED.get(priority)
        yield Compared(priority, clock, len(found), tuple(_others(found, clock)) if clock else ())


def _others(cases: Sequence[ClosedCase], clock: Clock) -> Iterator[str]:
    first, last = min(case.opened_at for case in cases), max(case.closed_at for case in cases)
    service = Ruler(clock.hours().working(span(first, last, what="The log")))
    for case in cases:
        elapsed = service.within(span(case.opened_at, case.closed_at, what=f"Case {case.number}"))
        if (elapsed <= clock.limit_hours * _HOUR) != case.made_sla:
            yield case.number
