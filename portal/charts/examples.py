"""One made-up October with every part in every state, for the page “Parts of the page” and for tests of the look."""

from dataclasses import dataclass, field

from portal.charts.budgets import BudgetPart
from portal.charts.slam import SlamCell, SlamRow
from portal.charts.trends import Limit, TrendPoint

MONTHS = ("Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct")
STATUSES = (
    ("K", "Kept: 900 orders were late, 1,928 were allowed."),
    ("C", "Kept, but only just: 78 % of the allowed late orders were used."),
    ("M", "Missed: 3 h 28 min without it, 2 h 47 min were allowed."),
    ("R", "At risk: 41 minutes are left for the 20 days to come."),
    ("T", "Measured, not promised yet: 99.6 %."),
    ("D", "We count 34 minutes, you count 65."),
    ("G", "Not judged: 3 of 22 days have no data. It could be kept or missed."),
    ("N", "Nobody asked for this in August, so there is nothing to judge."),
)
PROMISES = (
    (
        "Customers can place orders",
        "99.5 % of 04:00 to 22:00, every day",
        "Not possible for 3 h 28 min. Allowed: 2 h 47 min.",
        "K99.8 C99.5 K99.9 K99.7 C99.6 K99.8 K99.9 M99.4 K99.7 C99.6 K99.7 M99.3",
    ),
    (
        "Order desk phones work",
        "99.8 % of 05:00 to 20:00, Mon to Sat",
        "IT counts 34 min lost, you count 65. Allowed: 48.",
        "K99.9 K99.9 K100 M99.6 K99.9 K99.9 K99.9 K99.9 K100 K99.9 K99.9 D99.8",
    ),
    (
        "Sales figures are ready by 07:00",
        "At most 1 late working day a month",
        "On time on all 19 days measured. 3 days have no data.",
        "K20/20 K21/21 K21/21 C19/20 K22/22 K20/20 G17/19 K22/22 K23/23 K20/20 C21/22 G19/22",
    ),
    (
        "Analysis proposals come in 10 working days",
        "90 % of requests",
        "3 of 3 answered in time.",
        "K2/2 N– K4/4 K1/1 M2/3 K3/3 K2/2 K4/4 K2/2 N– K5/5 K3/3",
    ),
    (
        "Customers can track deliveries",
        "Trial: measured since Nov 2025, no target yet",
        "Not possible for 2 h 50 min of 745 h. No target yet.",
        "T99.8 T99.7 T99.6 T99.9 T99.8 T99.6 T99.1 T99.7 T99.8 T99.9 T99.7 T99.6",
    ),
)
TRACKED = (99.81, 99.72, 99.63, 99.94, 99.85, 99.61, 99.12, 99.74, 99.83, 99.92, 99.71, 99.62)


@dataclass(frozen=True)
class PromiseLine:
    """A promise in a list: name, words, status letter, letters of its months."""

    name: str
    detail: str
    status: str
    history: tuple[str, ...]


@dataclass(frozen=True)
class Slam:
    """The twelve-month chart: its caption, months, promises and the name of the last month."""

    caption: str
    months: tuple[str, ...]
    rows: tuple[SlamRow, ...]
    current: str


@dataclass(frozen=True)
class ProofLine:
    """A line of the sum."""

    label: str
    how: str
    value: str
    kind: str = ""


@dataclass(frozen=True)
class Proof:
    """The sum of a figure, from top to bottom."""

    lines: tuple[ProofLine, ...]
    status: str
    closing: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Parts:
    """Everything that the page of parts shows."""

    statuses: tuple[tuple[str, str], ...]
    promises: tuple[PromiseLine, ...]
    slam: Slam
    events: tuple[BudgetPart, ...]
    allowed: float
    tracked: tuple[TrendPoint, ...]
    tried: Limit
    orders: tuple[TrendPoint, ...]
    proof: Proof
    halves: tuple[dict[str, str], ...] = field(default=())


def _cells(line: str) -> tuple[SlamCell, ...]:
    return tuple(SlamCell(letter=cell[0], value=cell[1:]) for cell in line.split())


def _proof() -> Proof:
    lines = (
        ProofLine("Service hours", "31 days, 04:00 to 22:00, London time", "33,480 min"),
        ProofLine("Announced work taken out", "Sun 18 Oct, 7 working days’ notice, 60 of 120 min cap", "− 60 min"),
        ProofLine("Time that counts", "", "33,420 min", "total"),
        ProofLine("Not possible", "6 Oct 92, 14 Oct 58, 22 Oct 21", "171 min"),
        ProofLine("Very slow", "28 Oct 74 min, counts half", "37 min"),
        ProofLine("Time lost", "", "208 min", "total"),
        ProofLine("Time allowed", "0.5 % of 33,420, exactly 167.1", "167 min"),
        ProofLine("Share available", "33,212 of 33,420, exactly 99.3776 %. Always rounded down.", "99.3 %"),
        ProofLine("Result", "208 is more than 167.1", "Missed", "result"),
    )
    return Proof(lines=lines, status="M", closing="4 events, data complete (100 %). Counting rules version 3.")


def _tracked() -> tuple[TrendPoint, ...]:
    return tuple(
        TrendPoint(month, value, missed=value < 99.5, note=f"{month}: {value:.1f} %, would have been missed")
        for month, value in zip(MONTHS, TRACKED, strict=True)
    )


def parts() -> Parts:
    """The example, made anew on each call and always the same."""
    rows = tuple(SlamRow(name=name, target=target, cells=_cells(line)) for name, target, _, line in PROMISES)
    promises = tuple(
        PromiseLine(row.name, detail, row.cells[-1].letter, tuple(cell.letter for cell in row.cells))
        for row, (_, _, detail, _) in zip(rows, PROMISES, strict=True)
    )
    late = (320, 298, 341, 275, 260, 301, 288, 512, 266, 274, 301, 260)
    return Parts(
        statuses=STATUSES,
        promises=promises,
        slam=Slam("Status and value of each promise, November 2025 to October 2026", MONTHS, rows, "October"),
        events=(
            BudgetPart("6 Oct", 92),
            BudgetPart("14 Oct", 58),
            BudgetPart("22 Oct", 21),
            BudgetPart("28 Oct, slow", 37, soft=True),
        ),
        allowed=167.1,
        tracked=_tracked(),
        tried=Limit(99.5, "Promise tried on: 99.5 %"),
        orders=tuple(TrendPoint(month, count, missed=count > 400) for month, count in zip(MONTHS, late, strict=True)),
        proof=_proof(),
        halves=(
            {
                "label": "As agreed",
                "value": "99.3 %",
                "note": "Promised 99.5 %. Slow pages count half, announced work does not count.",
            },
            {
                "label": "As your customers felt it",
                "value": "99.0 %",
                "note": "5 h 05 min. Slow pages count in full, announced work counts.",
            },
        ),
    )
