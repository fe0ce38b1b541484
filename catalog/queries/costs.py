"""What a service costs and is charged in a year, month by month and level by level; what is not known is said so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from catalog.models import AmountKind, Per, Service, ServiceAmount
from catalog.queries.portfolio import MONTHS, list_amounts
from portal.language.numbers import money

KINDS = {AmountKind.COST: "Cost", AmountKind.PRICE: "Price"}


@dataclass(frozen=True, slots=True)
class CostRow:
    """One kind of amount of the service or of one of its levels: its months in words, and the sum of the year.

    A month without an amount is empty; `gaps` says how many there are, so that the sum is not read as the whole year.
    """

    kind: str
    level: str
    months: tuple[str, ...]
    total: str
    gaps: int


@dataclass(frozen=True, slots=True)
class CostTable:
    """A year of a service: rows, their sums, and the amounts that are kept."""

    year: int
    month_names: tuple[str, ...]
    rows: tuple[CostRow, ...]
    sums: tuple[CostRow, ...]
    amounts: tuple[tuple[ServiceAmount, str], ...]


def get_cost_table(*, service: Service, year: int, currency: str) -> CostTable:
    """The amounts of one service in a year, each month by what holds in it."""
    amounts = list(list_amounts(service=service))
    months = tuple(date(year, number, 1) for number in range(1, MONTHS + 1))
    keys = sorted({(each.kind, each.offering_id or 0) for each in amounts})
    names = {each.offering_id or 0: each.offering.name if each.offering else "" for each in amounts}
    rows = [_row(kind, names[level], _of(amounts, kind, level), months, currency) for kind, level in keys]
    kinds = [kind for kind in KINDS if any(each.kind == kind for each in amounts)]
    return CostTable(
        year=year,
        month_names=tuple(f"{month:%b}" for month in months),
        rows=tuple(rows),
        sums=tuple(_row(kind, "", [e for e in amounts if e.kind == kind], months, currency) for kind in kinds),
        amounts=tuple((each, _words(each, currency)) for each in amounts),
    )


def of_month(amounts: Iterable[ServiceAmount], month: date) -> Fraction | None:
    """What these amounts come to in a month, in minor units, exactly; None where none of them holds."""
    held = [
        Fraction(each.minor, 1 if each.per == Per.MONTH else MONTHS)
        for each in amounts
        if each.from_month <= month and (each.until_month is None or month < each.until_month)
    ]
    return sum(held, Fraction(0)) if held else None


def half_even(value: Fraction) -> int:
    """Money is rounded once, at the end, half to even (calculation, section 12)."""
    return round(value)


def _of(amounts: Iterable[ServiceAmount], kind: str, level: int) -> list[ServiceAmount]:
    return [each for each in amounts if each.kind == kind and (each.offering_id or 0) == level]


def _row(kind: str, level: str, amounts: list[ServiceAmount], months: Iterable[date], currency: str) -> CostRow:
    values = [of_month(amounts, month) for month in months]
    known = [value for value in values if value is not None]
    return CostRow(
        kind=KINDS[AmountKind(kind)],
        level=level,
        months=tuple("" if value is None else money(half_even(value), currency) for value in values),
        total=money(half_even(sum(known, Fraction(0))), currency) if known else "",
        gaps=len(values) - len(known),
    )


def _words(amount: ServiceAmount, currency: str) -> str:
    return f"{money(amount.minor, currency)} {amount.get_per_display()}"
