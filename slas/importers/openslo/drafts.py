"""What a file of OpenSLO says, in our words: services, measures and promises that can be made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from slas.importers.openslo.parts import Part, Report


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """A service that a file describes, or only names."""

    slug: str
    name: str
    description: str
    service_class: str
    part: Part
    path: str


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """A measure that a file describes as an SLI. `fact_kind` is empty where only a promise can tell it."""

    slug: str
    name: str
    what: str
    source: str
    decider: str
    is_threshold: bool
    fact_kind: str
    unit_words: str
    notes: str
    starts_on: date | None
    max_gap_seconds: int | None
    part: Part


@dataclass(frozen=True, slots=True)
class PromiseDraft:
    """A promise: its cells as in a table of promises, and at which path each of them stands."""

    cells: Mapping[str, str]
    paths: Mapping[str, str]
    part: Part
    measure: MeasureDraft | None


@dataclass
class FileDraft:
    """All that a file says. `agreement` holds the name, the parties and the day that one of our own files carries.

    `is_by_calendar`: windows that promises do not have here are judged by the calendar, as whoever brings it chose.
    """

    is_by_calendar: bool = False
    report: Report = field(default_factory=Report)
    services: dict[str, ServiceDraft] = field(default_factory=dict)
    promises: list[PromiseDraft] = field(default_factory=list)
    agreement: dict[str, str] = field(default_factory=dict)
    zone: str = ""
