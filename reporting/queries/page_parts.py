"""The one frozen object of a review's page: HTML, PDF, CSV and API are drawn from it, so that they cannot differ.

Everything is plain (texts, whole numbers, tuples), because an issued edition keeps it as JSON and must get back the
very same object.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from portal.language.jargon.kept import WordsKept
from portal.language.sentences import Piece, Sentence
from portal.language.ways import ENGLISH
from reporting.layout import Interpretation

# How the words about a layout begin that both sides accepted.
LAYOUT_AGREED = "Layout agreed on"
LAYOUT_AGREED_IN = (LAYOUT_AGREED, "Aufbau am ")
# How each review was laid out before report agreements had terms; editions of then do not say it, and never change.
EARLIER = ("months", "promises", "worth", "better", "decisions", "rules")
LATER = {"later": True}  # a field that the page gained: not written where it says what was so before
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of how a figure that no promise carries was calculated; `exact` is what a spreadsheet gets."""

    key: str
    label: str
    detail: str
    exact: str
    value: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """One figure of the page: what is printed and what it rests on."""

    anchor: str
    printed: str
    name: str
    status: str = ""
    target_id: int | None = None
    attainment_id: int | None = None


@dataclass(frozen=True, slots=True)
class CoverItem:
    """A sentence of the first page; `mark` is a status letter, or ev-A to ev-D for a grade of evidence."""

    anchor: str
    mark: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One month of one promise: status letter, printed value, and the attainment behind it."""

    letter: str
    value: Piece
    attainment_id: int | None


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One promise over twelve months, oldest first."""

    anchor: str
    name: str
    target: str
    cells: tuple[MonthCell, ...]


@dataclass(frozen=True, slots=True)
class BudgetPiece:
    """One event in the bar of allowed against used: its day, and minutes counted."""

    label: str
    minutes: float
    is_soft: bool


@dataclass(frozen=True, slots=True)
class Budget:
    """Minutes used, by event, against minutes allowed."""

    pieces: tuple[BudgetPiece, ...]
    allowed: float
    title: str


@dataclass(frozen=True, slots=True)
class Half:
    """One of two figures of the same size, with what counts in it."""

    label: str
    value: Sentence
    note: Sentence


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure means, as both sides agreed."""

    text: str
    agreed: str


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One line of the sum; `kind` is empty, total or result."""

    label: str
    how: str
    value: Sentence
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ProofPart:
    """The sum of one figure from top to bottom."""

    lines: tuple[ProofLine, ...]
    letter: str
    closing: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """What happened: day and times of the place, minutes in all and counted, and what it hit."""

    day: str
    start: str
    end: str
    minutes: str
    counted: str
    what: str
    hit: str


@dataclass(frozen=True, slots=True)
class Events:
    """The events behind a figure with their sums; `unit` heads the column of what was hit (empty: none)."""

    rows: tuple[EventRow, ...]
    minutes: str
    counted: str
    unit: str
    hit: str
    note: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise in the month: its line in words, and what its box shows when it needs attention.

    `is_open`: its period still ran when this was told, so that it was neither kept nor missed.
    """

    anchor: str
    name: str
    short_name: str
    target_words: str
    letter: str
    status: str
    is_open: bool
    loss_words: str
    unit_words: str
    value: str
    target_id: int
    attainment_id: int | None
    badge: Sentence
    key: Sentence
    short: Sentence
    needs_attention: bool
    budget: Budget | None
    halves: tuple[Half, ...]
    meaning: Meaning | None
    proof: ProofPart | None
    events: Events | None


@dataclass(frozen=True, slots=True)
class WorthRow:
    """What was added to a goal: words, range, and the grade of its evidence."""

    anchor: str
    goal: str
    text: Sentence
    worth: Sentence
    under: str
    is_loss: bool
    grade: str
    evidence: str


@dataclass(frozen=True, slots=True)
class BetterRow:
    """One improvement that the reader will notice."""

    code: str
    title: str
    notice: str
    owner: str
    by: str


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """Agreed in a review: what, who, by when, how it stands."""

    text: str
    owner: str
    owner_side: str
    by: str
    state: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Score:
    """How many promises were judged and kept, how many of them only just, missed, without data; the worst status.

    `running` are not judged yet, because their period still ran.
    """

    judged: int
    kept: int
    close: int
    missed: int
    data_gap: int
    running: int
    overall: str


@dataclass(frozen=True, slots=True)
class Head:
    """Who, what and when."""

    tenant: str
    provider: str
    unit: str
    unit_slug: str
    month: str
    month_words: str
    prepared_by: str
    prepared_as: str
    answer_by: str
    meeting: str
    meeting_length: str
    layout: str
    agreement_version: int
    signers: tuple[str, str]
    audience: str = field(default="", metadata=LATER)
    language: str = field(default=ENGLISH, metadata=LATER)
    comments_by: str = field(default="", metadata=LATER)

    @property
    def is_layout_agreed(self) -> bool:
        """Whether both sides had accepted the layout when `layout` was written."""
        return self.layout.startswith(LAYOUT_AGREED_IN)


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The whole review of one unit and month.

    `sections` are in the order of its report agreement, `interpretations` those of what it shows; editions from before
    report agreements had terms hold neither, and are laid out as all of them were then.
    """

    head: Head
    score: Score
    cover: tuple[CoverItem, ...]
    months: tuple[str, ...]
    chart: tuple[ChartRow, ...]
    promises: tuple[Promise, ...]
    worth: tuple[WorthRow, ...]
    better: tuple[BetterRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    rules: tuple[str, ...]
    rules_note: str
    figures: tuple[FigureEntry, ...]
    sections: tuple[str, ...] = field(default=EARLIER, metadata=LATER)
    interpretations: tuple[Interpretation, ...] = field(default=(), metadata=LATER)
    words_kept: WordsKept | None = field(default=None, metadata=LATER)

    @property
    def in_words(self) -> tuple[Promise, ...]:
        """Each promise once, in the order of the chart where there is one."""
        by_anchor = {promise.anchor: promise for promise in self.promises}
        return tuple(by_anchor[row.anchor] for row in self.chart) or self.promises

    @property
    def attention(self) -> tuple[Promise, ...]:
        """Promises that need attention, in the order in which they are told."""
        return tuple(promise for promise in self.promises if promise.needs_attention)

    @property
    def others(self) -> tuple[Promise, ...]:
        """The rest, one line each."""
        return tuple(promise for promise in self.promises if not promise.needs_attention)


def to_json(part: Any) -> Any:
    """A part of the page as JSON values: dataclasses by field name, tuples as lists."""
    if is_dataclass(part):
        return {
            each.name: to_json(getattr(part, each.name))
            for each in fields(part)
            if not (each.metadata == LATER and getattr(part, each.name) == each.default)
        }
    if isinstance(part, tuple):
        return [to_json(item) for item in part]
    return part


def from_json(kind: type[Part], value: Any) -> Part:
    """The very object that `to_json` was given; what the page gained later has its usual value.

    Raises KeyError or TypeError for JSON of another form.
    """
    wanted: Any = kind  # a class, and so always one that can be remembered
    return _reader(wanted)(value)  # type: ignore[no-any-return]


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """How a value of that kind is read: found out once, because a page holds thousands of them."""
    origin = get_origin(kind)
    if origin is UnionType:
        inner = _reader(next(each for each in get_args(kind) if each is not NoneType))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _tuple_reader(get_args(kind))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        readers = [(each.name, _reader(hints[each.name])) for each in fields(kind) if each.metadata != LATER]
        later = [(each.name, _reader(hints[each.name])) for each in fields(kind) if each.metadata == LATER]

        def read_part(value: Any) -> Any:
            known = {name: read(value[name]) for name, read in later if name in value}
            return kind(**{name: read(value[name]) for name, read in readers}, **known)

        return read_part
    return lambda value: value


def _tuple_reader(kinds: Sequence[Any]) -> Callable[[Any], Any]:
    readers = [_reader(each) for each in kinds if each is not Ellipsis]
    if kinds[-1] is Ellipsis:
        return lambda value: tuple(map(readers[0], value))
    return lambda value: tuple(read(item) for read, item in zip(readers, value, strict=True))


def hash_of(page: Any) -> str:
    """The fingerprint of a page: SHA-256 of its JSON with sorted keys and no spaces."""
    written = json.dumps(page, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(written.encode()).hexdigest()


def pieces_in(part: Any) -> Iterator[Piece]:
    """Each stretch of each sentence of a part of the page, in reading order."""
    if isinstance(part, Piece):
        yield part
    elif is_dataclass(part):
        for each in fields(part):
            yield from pieces_in(getattr(part, each.name))
    elif isinstance(part, tuple):
        for item in part:
            yield from pieces_in(item)


def printed_figures(part: Any) -> dict[str, str]:
    """The figures that a part prints, by anchor, in reading order. Raises ValueError when one is printed two ways."""
    found: dict[str, str] = {}
    for piece in pieces_in(part):
        if piece.figure and found.setdefault(piece.figure, piece.text) != piece.text:
            raise ValueError(f"{piece.figure} is printed as {found[piece.figure]!r} and as {piece.text!r}")
    return found
