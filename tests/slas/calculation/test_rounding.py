from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.errors import BadThreshold
from slas.calculation.rounding import Better, share_of, shown, shown_money, shown_percent


@pytest.mark.parametrize(
    ("share", "places", "text"),
    [
        pytest.param(
            Fraction(999949, 1000000), 3, "99.994", id="just below 99.995: ordinary rounding would say 99.995"
        ),
        pytest.param(Fraction(33212, 33420), 1, "99.3", id="99.3776"),
        pytest.param(Fraction(2, 3), 2, "66.66", id="down"),
        pytest.param(Fraction(9999999, 10000000), 1, "99.9", id="never 100 unless it is"),
        pytest.param(Fraction(1), 1, "100", id="exactly everything"),
        pytest.param(Fraction(0), 1, "0.0", id="nothing"),
        pytest.param(Fraction(1, 10**9), 2, "0.00", id="no exponent"),
        pytest.param(Fraction(6, 5), 1, "120.0", id="more met than counted is not clipped"),
    ],
)
def test_a_share_where_more_is_better_is_rounded_down(share, places, text):
    assert shown_percent(share, places) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        pytest.param(Fraction(1671, 10), 0, "168", id="up"),
        pytest.param(Fraction(41, 10), 1, "4.1", id="exact stays"),
        pytest.param(Fraction(1, 1000), 1, "0.1", id="never nothing unless it is"),
        pytest.param(Fraction(-11, 10), 0, "-1", id="below zero, up is toward zero"),
    ],
)
def test_a_value_where_less_is_better_is_rounded_up(value, places, text):
    assert shown(value, places, Better.LESS) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [("0.9996", "99.96"), ("0.99999", "99.999"), ("0.9989", "99.9"), ("1", "100"), ("0.1234", "12.4")],
)
def test_only_exactly_100_is_shown_as_100_where_less_is_better_too(share, text):
    assert shown_percent(Fraction(share), 1, Better.LESS) == text


@pytest.mark.parametrize(
    ("amount", "text"), [("2.345", "2.34"), ("2.355", "2.36"), ("2.3451", "2.35"), ("-2.345", "-2.34")]
)
def test_money_is_rounded_half_even(amount, text):
    assert shown_money(Fraction(amount)) == text


@given(share=st.fractions(0, 1), target=st.integers(0, 1000), places=st.integers(1, 4))
def test_print_never_contradicts_the_verdict(share, target, places):
    agreed = Fraction(target, 1000)

    assert (Fraction(shown_percent(share, places)) >= agreed * 100) == (share >= agreed)


@given(limit=st.integers(0, 1000), value=st.fractions(0, 1000), places=st.integers(0, 4))
def test_print_never_contradicts_the_verdict_where_less_is_better(limit, value, places):
    assert (Fraction(shown(value, places, Better.LESS)) <= limit) == (value <= limit)


@pytest.mark.parametrize(
    ("text", "share"),
    [("99.5", Fraction(199, 200)), ("100", Fraction(1)), ("0", Fraction(0)), (" 98 ", Fraction(49, 50))],
)
def test_a_target_is_read_exactly(text, share):
    assert share_of(text) == share
    assert share_of(Decimal(text.strip())) == share


@pytest.mark.parametrize("text", ["", "ninety", "-1", "100.1", "NaN", "Infinity", "99,5", "99.5 %"])
def test_a_target_that_is_no_percentage_is_refused(text):
    with pytest.raises(BadThreshold, match=r"Write it as 99.5"):
        share_of(text)
