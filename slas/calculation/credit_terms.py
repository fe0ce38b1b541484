"""What is agreed about credits beside their bands, as people write it, and what is wrong with it (calculation, 15)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from portal.language.currencies import decimals_in, places_of, too_fine
from slas.calculation.credit_bands import MOST
from slas.calculation.credits import CreditUnit

PERCENT_PLACES = 2


@dataclass(frozen=True)
class WrittenTerms:
    """In what credits and caps are written, the monthly fee and the caps; the fee is always an amount."""

    unit: CreditUnit
    currency: str
    fee: Decimal | None
    month_cap: Decimal | None
    year_cap: Decimal | None

    @property
    def places(self) -> int:
        """How many decimals a credit or a cap has: those of the currency, or of a percentage."""
        return places_of(self.currency) if self.unit is CreditUnit.AMOUNT else PERCENT_PLACES


@dataclass(frozen=True)
class TermsProblem:
    """What is wrong with one field of the terms, and what to do."""

    field: str
    words: str


def terms_problems(terms: WrittenTerms) -> Iterator[TermsProblem]:
    """Everything that is wrong with the terms: percentages need a fee, and are no more than all of it; nothing is finer
    than its currency, or than percentages are written.
    """
    written = (
        ("fee", terms.fee, places_of(terms.currency)),
        ("month_cap", terms.month_cap, terms.places),
        ("year_cap", terms.year_cap, terms.places),
    )
    for field, value, places in written:
        if value is not None and decimals_in(value) > places:
            yield TermsProblem(field, too_fine(places))
    if terms.unit is CreditUnit.AMOUNT:
        return
    if terms.fee is None:
        yield TermsProblem("fee", "Say how much the monthly fee is, of which the credits are a percentage.")
    for field, value, _places in written[1:]:
        if value is not None and value > MOST:
            yield TermsProblem(field, "A cap is at most 100 % of the fee.")
