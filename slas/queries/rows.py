"""Facts as rows: what each kind holds, which of it is its key, and how it is kept as plain values.

Rows are checked when they are made from text (`slas.importers.rows`), and nothing changes them afterwards: they are
frozen, but for checks and readings, which come by the million and would take four times as long to make. Instants are
aware, in whole seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from slas.calculation.satisfaction import FEWEST_SHOWN

GAPS, COVERED = "gaps", "covered"
CHECK_STATES = ("up", "degraded", "down")
FEW_ANSWERS = "fewer than five answers"
FEW_BESIDE = "another round of the same period has fewer than five answers"


@dataclass(frozen=True, slots=True)
class OutageRow:
    """Down, or degraded, from one instant until another; without an end it is still open.

    With a reason to be left out it is agreed not to count. Without `affected_percent` it met all users.
    """

    started_at: datetime
    ended_at: datetime | None = None
    is_degraded: bool = False
    what: str = ""
    cause: str = ""
    component_slug: str = ""
    left_out_reason: str = ""
    affected_percent: Decimal | None = None

    KEY: ClassVar = ("started_at",)


@dataclass(slots=True)
class CheckRow:
    """One check: state 0 up, 1 degraded, 2 down; the response time in milliseconds is shown and never judged."""

    at: datetime
    state: int
    response_ms: float | None = None

    KEY: ClassVar = ("at",)


@dataclass(slots=True)
class ReadingRow:
    """One reading: an exact value of at most three decimals, in the unit of its measure."""

    at: datetime
    value: Decimal

    KEY: ClassVar = ("at",)


@dataclass(frozen=True, slots=True)
class PauseRow:
    """The clock of a case stood still, for a reason; without an end it still does.

    `party` was waited for, `note` says why so long; who entered it and when, and who approved that it was entered late.
    """

    started_at: datetime
    ended_at: datetime | None
    reason: str
    party: str = ""
    note: str = ""
    entered_at: datetime | None = None
    entered_by: str = ""
    approved_by: str = ""

    @property
    def place(self) -> tuple[datetime, str]:
        """Where it stands among the pauses of its case."""
        return self.started_at, self.reason


@dataclass(frozen=True, slots=True)
class ReopeningRow:
    """A case was solved, and opened again."""

    solved_at: datetime
    reopened_at: datetime

    @property
    def place(self) -> tuple[datetime, datetime]:
        """Where it stands among the reopenings of its case."""
        return self.solved_at, self.reopened_at


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """A case had another priority before that instant."""

    changed_at: datetime
    before: str

    @property
    def place(self) -> tuple[datetime, str]:
        """Where it stands among the priorities of its case."""
        return self.changed_at, self.before


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case with its clock, and what happened on its way in order of time; the same pause twice is one."""

    key: str
    opened_at: datetime
    priority: str = ""
    responded_at: datetime | None = None
    resolved_at: datetime | None = None
    excluded_reason: str = ""
    unknown_reason: str = ""
    title: str = ""
    pauses: tuple[PauseRow, ...] = ()
    reopenings: tuple[ReopeningRow, ...] = ()
    priority_changes: tuple[PriorityRow, ...] = ()
    merged_into: str = ""

    KEY: ClassVar = ("key",)

    def __post_init__(self) -> None:
        for name in PARTS:
            in_order = sorted(set(getattr(self, name)), key=lambda part: part.place)
            object.__setattr__(self, name, tuple(in_order))


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """When the work of one local date was complete; without an instant it never was."""

    on: date
    completed_at: datetime | None = None
    note: str = ""

    KEY: ClassVar = ("on",)


@dataclass(frozen=True, slots=True)
class VolumeRow:
    """Units of work of one local date, or of the period that starts on it: how many, how many in their standard."""

    on: date
    total: int
    met: int | None = None

    KEY: ClassVar = ("on",)


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One survey round: people asked, answers, good answers."""

    on: date
    asked: int
    answers: int
    good: int

    KEY: ClassVar = ("on",)


@dataclass(frozen=True, slots=True)
class GapRow:
    """A time about which the measure knows nothing; planned ones may lie ahead."""

    started_at: datetime
    ended_at: datetime
    reason: str = ""

    KEY: ClassVar = ("started_at",)


@dataclass(frozen=True, slots=True)
class CoveredRow:
    """A time for which a log of outages is complete."""

    started_at: datetime
    ended_at: datetime
    note: str = ""

    KEY: ClassVar = ("started_at",)


Part = PauseRow | ReopeningRow | PriorityRow
# What a case holds several of.
PARTS: dict[str, type[Part]] = {
    "pauses": PauseRow,
    "reopenings": ReopeningRow,
    "priority_changes": PriorityRow,
}
Row = OutageRow | CheckRow | ReadingRow | CaseRow | OccasionRow | VolumeRow | SurveyRow | GapRow | CoveredRow

ROWS: dict[str, type[Row]] = {
    "outages": OutageRow,
    "checks": CheckRow,
    "readings": ReadingRow,
    "cases": CaseRow,
    "occasions": OccasionRow,
    "volumes": VolumeRow,
    "surveys": SurveyRow,
    GAPS: GapRow,
    COVERED: CoveredRow,
}
FACTS = {kind: fact for fact, kind in ROWS.items()}


def fact_of(row: Row) -> str:
    """The kind of facts that a row is."""
    return FACTS[type(row)]


def own_key(row: Row) -> Any:
    """What tells this row from the others of its measure."""
    return getattr(row, row.KEY[0])


def key_words(row: Row) -> str:
    """The key as text, for people and for the record of corrections."""
    return str(plain(own_key(row)))


def plain(value: Any) -> Any:
    """A value as JSON keeps it: instants as UTC text, dates and decimals as text, parts as objects."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, tuple):
        return [as_plain(each) for each in value]
    return value


def as_plain(row: Row | Part) -> dict[str, Any]:
    """The row as plain values, each field by its name."""
    return {field.name: plain(getattr(row, field.name)) for field in fields(row)}


def has_few_answers(row: SurveyRow) -> bool:
    """Whether a survey round has so few answers that a reader could tell who gave which (calculation, section 8)."""
    return 0 < row.answers < FEWEST_SHOWN


def why_hidden(row: SurveyRow) -> str:
    """Why the answers of a row that keeps them are not shown."""
    return FEW_ANSWERS if has_few_answers(row) else FEW_BESIDE


def as_read(row: Row, *, is_hidden: bool) -> dict[str, Any]:
    """The row as a program reads it and could push it: numbers as numbers, the state of a check as a word.

    Where its answers are hidden, `hidden` says why in place of the numbers.
    """
    values = as_plain(row)
    if isinstance(row, CheckRow):
        return values | {"state": CHECK_STATES[row.state]}
    if is_hidden and isinstance(row, SurveyRow):
        return values | {"answers": None, "good": None, "hidden": why_hidden(row)}
    # Exact: a reading has at most fifteen digits, which a double keeps.
    decimals = {field.name: getattr(row, field.name) for field in fields(row)}
    return values | {name: float(value) for name, value in decimals.items() if isinstance(value, Decimal)}


def from_plain(fact: str, values: Mapping[str, Any]) -> Row:
    """The row that `as_plain` kept.

    Raises KeyError for an unknown kind of facts.
    """
    kind = ROWS[fact]
    return kind(**{name: _read(name, value) for name, value in values.items()})


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "at" or name.endswith("_at"):
        return datetime.fromisoformat(value)
    if name == "on":
        return date.fromisoformat(value)
    if name in ("affected_percent", "value"):
        return Decimal(value)
    if name in PARTS:
        return tuple(PARTS[name](**{key: _read(key, each) for key, each in part.items()}) for part in value)
    return value
