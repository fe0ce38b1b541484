"""What is promised at each level of a service, side by side."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from catalog.models import ServiceOffering
from catalog.queries.offerings import price_words
from portal.language.durations import allowed_time
from portal.language.numbers import exact
from slas.models import OfferedLevel

LONGEST = "Longest time a month without it"


@dataclass(frozen=True, slots=True)
class Column:
    """One level: its name, its price, and whether the reader's unit has it."""

    name: str
    price: str
    is_yours: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What one level promises: the words, and the time that they allow."""

    words: str
    under: str
    is_yours: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the promise, with its cell for each level."""

    name: str
    note: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LevelTable:
    """All levels of a service; without lines only the prices differ."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def get_levels(
    *, offerings: Collection[ServiceOffering], own: ServiceOffering | None, currency: str, counted: str | None
) -> LevelTable:
    """The levels in their order; `counted` is the time that counted in the last month, in seconds, if known."""
    columns = tuple(
        Column(offering.name, price_words(offering=offering, currency=currency, is_monthly_said=True), offering == own)
        for offering in offerings
    )
    lines = OfferedLevel.objects.filter(offering__in=offerings).order_by("position", "pk")
    by_name: dict[str, dict[int, OfferedLevel]] = {}
    for line in lines:
        by_name.setdefault(line.name, {})[line.offering_id] = line
    seconds = exact(counted) if counted is not None else None
    rows = tuple(
        Row(
            name,
            LONGEST if seconds and any(line.shows_allowed_time for line in found.values()) else "",
            tuple(_cell(found.get(offering.pk), seconds, offering == own) for offering in offerings),
        )
        for name, found in by_name.items()
    )
    return LevelTable(columns, rows)


def _cell(line: OfferedLevel | None, seconds: Fraction | None, is_yours: bool) -> Cell:
    if line is None:
        return Cell("–", "", is_yours)
    under = ""
    if line.shows_allowed_time and seconds and line.threshold is not None:
        under = allowed_time((1 - Fraction(line.threshold) / 100) * seconds)
    return Cell(_words(line), under, is_yours)


def _words(line: OfferedLevel) -> str:
    if line.words or line.threshold is None:
        return line.words
    share = f"{_bare(line)} %"
    return f"in {allowed_time(Fraction(line.within_seconds))}, {share}" if line.within_seconds else share


def _bare(line: OfferedLevel) -> str:
    """99.0 and 99.5 beside 99.8, and 95 beside 98: one decimal where an availability is meant."""
    threshold = line.threshold.normalize() if line.threshold is not None else 0
    return f"{threshold:.1f}" if line.shows_allowed_time and threshold == int(threshold) else f"{threshold:f}"
