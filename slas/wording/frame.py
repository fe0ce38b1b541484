"""What the check is given, and what it finds."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Slot(StrEnum):
    """A part of the frame of a promise."""

    SUBJECT = "subject"
    COUNTED_EVENT = "counted_event"
    GOOD_CONDITION = "good_condition"
    THRESHOLD = "threshold"
    UNIT = "unit"
    SHARE = "share"
    PERIOD = "period"
    CALENDAR = "calendar"
    EXCLUSIONS = "exclusions"
    SOURCE = "source"
    WHO_DECIDES = "who_decides"


# Without one of these, two honest people cannot arrive at the same figure; the others are asked for and block nothing.
DECISIVE = frozenset(
    {
        *{Slot.SUBJECT, Slot.COUNTED_EVENT, Slot.GOOD_CONDITION, Slot.THRESHOLD, Slot.UNIT, Slot.SHARE, Slot.CALENDAR},
    }
)


class Effect(StrEnum):
    """What a vague word does to the figure."""

    HEDGE = "hedge"  # weakens the promise, the figure stays the same
    DAY_KIND = "day_kind"  # days not said to be working or calendar days
    MEASURE = "measure"  # the figure depends on the reader


class Severity(StrEnum):
    """How much a finding weighs: an error blocks acceptance, a hedge warns, a note asks."""

    ERROR = "error"
    HEDGE = "hedge"
    NOTE = "note"


class About(StrEnum):
    """What a promise is about, where its writer says so."""

    TIME = "time"
    ACCESS = "access"
    ACCURACY = "accuracy"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of time or size; its unit in the singular. Days are working, calendar or unstated."""

    value: Fraction
    unit: str
    day_kind: str = ""


# From which minute of the day to which; past 1,440 on the next one. A week has seven days of them, Monday first.
Stretch = tuple[int, int]
Week = tuple[tuple[Stretch, ...], ...]


@dataclass(frozen=True, slots=True)
class Size:
    """A limit of what is read off: at most so much, or where `is_least` at least, in the unit of the measure."""

    value: Fraction
    unit: str
    is_least: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A promise as it is written, and what is settled beside its words.

    `share` is the promised share of good cases, 0 to 1. `settled` names the parts that the rows beside the sentence
    say: a builder that stores the hours settles the calendar. All that follows is what the sentence must not
    contradict: `limit`, `period`, `around_the_clock`, the week of the hours, how many may be late, by which minute of
    the day something is due, and the limit of a reading. `zone` is the IANA zone that stands beside it.
    """

    text: str
    service: str = ""
    share: Fraction | None = None
    about: About | None = None
    settled: frozenset[Slot] = field(default_factory=frozenset)
    limit: Limit | None = None
    period: str = ""
    around_the_clock: bool | None = None
    week: Week | None = None
    allowed: int | None = None
    due: int | None = None
    reading: Size | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that two honest people could read differently.

    A finding is about words of the text, from `start` to `end` in characters, or about a part that is missing (`slot`);
    a contradiction has both words and a slot. `rewrite` is the whole text as it could read instead; empty where
    nobody but the two sides can say it, and then `ask` says what to write.
    """

    code: str
    severity: Severity
    why: str
    ask: str
    slot: Slot | None = None
    effect: Effect | None = None
    words: str = ""
    start: int = 0
    end: int = 0
    rewrite: str = ""
