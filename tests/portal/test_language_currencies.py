"""Amounts are exact in the minor units of their own currency."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.language.currencies import DECIMALS, amount_of, decimals_in, minor_of, places_of
from portal.language.numbers import amount

SOME = ("GBP", "JPY", "KWD", "CLF", "ISK", "TND")


@pytest.mark.parametrize(
    ("currency", "places"), [("GBP", 2), ("JPY", 0), ("VUV", 0), ("KWD", 3), ("BHD", 3), ("CLF", 4), ("MRU", 2)]
)
def test_each_currency_has_its_own_decimals(currency, places):
    assert places_of(currency) == places


def test_the_table_is_that_of_the_standard():
    """ISO 4217 has seventeen currencies without decimals, seven with three and two with four."""
    counts = [sum(places == wanted for places in DECIMALS.values()) for wanted in (0, 3, 4)]

    assert (counts, len(DECIMALS)) == ([17, 7, 2], 26)


@given(minor=st.integers(-(10**15), 10**15), currency=st.sampled_from(SOME))
def test_minor_units_and_amounts_are_the_same_thing(minor, currency):
    assert minor_of(amount_of(minor, currency), currency) == minor
    shown = amount(amount_of(minor, currency), currency).replace(",", "").replace("−", "-")
    number = "".join(sign for sign in shown if sign in "-.0123456789")
    assert Decimal(number) == amount_of(minor, currency)
    assert decimals_in(Decimal(number)) <= places_of(currency)


@pytest.mark.parametrize(("value", "currency"), [("0.5", "JPY"), ("1.0005", "KWD"), ("0.001", "GBP")])
def test_what_is_finer_than_its_currency_is_no_minor_unit_and_is_shown_as_it_is(value, currency):
    with pytest.raises(ValueError, match="is finer than"):
        minor_of(Decimal(value), currency)
    assert value in amount(Decimal(value), currency)
