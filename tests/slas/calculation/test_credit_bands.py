"""Bands as people write them: what is wrong is said at its row and field, and what is right has no hole."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.calculation.credit_bands import BandRow, Promised, band_problems, band_words, bands_below, scale_of
from slas.calculation.credits import CreditUnit
from slas.calculation.rounding import Better

SHARE = Promised(Decimal("99.5"))
NUMBER = Promised(Decimal(2), is_number=True)
OF_FEE, AMOUNT = CreditUnit.SHARE_OF_FEE, CreditUnit.AMOUNT


def rows(*written):
    return [
        BandRow(place, Decimal(low), None if high is None else Decimal(high), Decimal(credit))
        for place, (low, high, credit) in enumerate(written)
    ]


def said(problems):
    return [(problem.place, problem.field, problem.words) for problem in problems]


@pytest.mark.parametrize(
    ("written", "place", "field", "words"),
    [
        pytest.param(
            [("99.2", "99.5", 5), ("0", "99", 10)],
            0, "low", "No band holds what lies between 99 % and 99.2 %. Let this one begin at 99 %.", id="gap",
        ),
        pytest.param(
            [("98", "99.5", 5), ("0", "99", 10)],
            0, "low", "Two bands hold 98 %. Let this one begin at 99 %.", id="overlap",
        ),
        pytest.param(
            [("99.5", "99", 5), ("0", "99", 10)],
            0, "high", "A band runs from the lower value to the higher one, and 99 is not above 99.5.", id="order",
        ),
        pytest.param(
            [("99", "100.5", 5), ("0", "99", 10)],
            0, "high", "Nothing is better than 100 %. Write a percentage up to 100.", id="over 100",
        ),
        pytest.param(
            [("99", "99.5", 5), ("10", "99", 10)],
            1, "low", "The lowest band begins at 0 %, the worst value that there is.", id="worst",
        ),
        pytest.param(
            [("99", "99.4", 5), ("0", "99", 10)],
            0, "high", "The highest band ends where the promise is kept, at 99.5 %.", id="promise",
        ),
        pytest.param(
            [("99", "99.5", 5), ("0", "99", 101)], 1, "credit", "A credit is at most 100 % of the fee.", id="credit",
        ),
        pytest.param([("99", "99.5", -5), ("0", "99", 1)], 0, "credit", "A credit is 0 or more.", id="negative"),
        pytest.param([("-1", "99.5", 5)], 0, "low", "A bound is 0 or more.", id="below zero"),
    ],
)  # fmt: skip
def test_each_mistake_is_said_at_its_field(written, place, field, words):
    assert said(band_problems(rows(*written), SHARE, OF_FEE)) == [(place, field, words)]


@pytest.mark.parametrize(
    ("written", "place", "field", "words"),
    [
        pytest.param(
            [("3", None, 9)], 0, "low", "The lowest band begins at 2, more than is promised.", id="begins later"
        ),
        pytest.param(
            [("2", "4", 9), ("4", "6", 9)],
            1, "high", "The highest band has no end: what is more than 6 would be worth nothing. Leave it empty.",
            id="has an end",
        ),
        pytest.param(
            [("2", None, 9), ("4", None, 20)],
            0, "high", "This band has no end, so it holds 4 too. Let it end there.", id="two without end",
        ),
    ],
)  # fmt: skip
def test_bands_of_a_number_have_no_end(written, place, field, words):
    assert said(band_problems(rows(*written), NUMBER, AMOUNT)) == [(place, field, words)]


@pytest.mark.parametrize(
    ("credit", "places", "words"),
    [
        pytest.param("5.25", 2, [], id="pence"),
        pytest.param("5.255", 2, [(0, "credit", "Write at most 2 decimals.")], id="finer than pence"),
        pytest.param("5.5", 0, [(0, "credit", "Write a whole number: this currency has no decimals.")], id="yen"),
    ],
)
def test_a_credit_is_as_fine_as_its_currency(credit, places, words):
    assert said(band_problems(rows(("0", "99.5", credit)), SHARE, AMOUNT, places)) == words


def test_what_is_right_is_what_credits_are_calculated_from():
    written = rows(("99", "99.5", 5), ("0", "99", 10))

    scale = scale_of(written, SHARE, OF_FEE)

    assert band_problems(written, SHARE, OF_FEE) == []
    assert [scale.band_of(Fraction(value) / 100).credit for value in ("98.9999", "99", "99.4999")] == [
        Fraction(1, 10), Fraction(1, 20), Fraction(1, 20),
    ]  # fmt: skip
    assert scale.band_of(Fraction(995, 1000)) is None


def test_a_band_without_an_end_reaches_up_to_the_promise():
    written = rows(("99", None, 5), ("0", "99", 10))

    for level in ("99.5", "99.9"):
        promised = Promised(Decimal(level))
        assert band_problems(written, promised, OF_FEE) == []
        assert scale_of(written, promised, OF_FEE).target == Fraction(level) / 100
    assert [band.words for band in band_problems(written, Promised(Decimal(99)), OF_FEE)] == [
        "A band runs from the lower value to the higher one, and 99 is not above 99.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "left"),
    [
        pytest.param("99.9", [("0", "97", 25), ("97", "99", 10), ("99", None, 5)], id="higher"),
        pytest.param("98", [("0", "97", 25), ("97", None, 10)], id="the best band falls away"),
        pytest.param("97", [("0", None, 25)], id="at a bound"),
        pytest.param("0", [], id="nothing is below"),
    ],
)
def test_bands_are_taken_below_another_promise(level, left):
    written = rows(("99", "99.5", 5), ("97", "99", 10), ("0", "97", 25))
    promised = Promised(Decimal(level))

    below = bands_below(written, promised)

    assert [(row.low, row.high, row.credit) for row in below] == [
        (row.low, row.high, row.credit) for row in rows(*left)
    ]
    assert band_problems(below, promised, OF_FEE) == []


@pytest.mark.parametrize(
    ("level", "left"),
    [
        pytest.param("1", [("1", "4", 5), ("4", None, 9)], id="stricter"),
        pytest.param("3", [("3", "4", 5), ("4", None, 9)], id="looser"),
        pytest.param("4", [("4", None, 9)], id="the first band falls away"),
    ],
)
def test_bands_of_a_number_begin_at_another_promise(level, left):
    promised = Promised(Decimal(level), is_number=True)

    below = bands_below(rows(("2", "4", 5), ("4", None, 9)), promised)

    assert [(row.low, row.high, row.credit) for row in below] == [
        (row.low, row.high, row.credit) for row in rows(*left)
    ]
    assert band_problems(below, promised, AMOUNT) == []


def test_more_than_promised_is_in_the_first_band():
    scale = scale_of(rows(("2", "4", 100), ("4", None, 300)), NUMBER, AMOUNT)

    assert scale.better is Better.LESS
    assert [band and band.credit for band in map(scale.band_of, map(Fraction, (2, 3, 4, 5)))] == [None, 100, 100, 300]


def test_a_band_is_said_with_both_edges():
    assert [band_words(row.low, row.high, SHARE) for row in rows(("99", "99.5", 5), ("0", "99", 9))] == [
        "from 99 % to below 99.5 %", "below 99 %",
    ]  # fmt: skip
    assert [band_words(row.low, row.high, NUMBER) for row in rows(("2", "4", 5), ("4", None, 9))] == [
        "more than 2, up to 4", "more than 4",
    ]  # fmt: skip


BOUNDS = st.sampled_from([Decimal(text) for text in ["0", "50", "90", "97", "99", "99.5", "100"]])


@given(st.lists(st.tuples(BOUNDS, BOUNDS, st.integers(0, 100)), min_size=1, max_size=4))
def test_what_is_not_refused_here_is_taken_there(written):
    given_rows = rows(*written)

    if not band_problems(given_rows, SHARE, OF_FEE):
        scale = scale_of(given_rows, SHARE, OF_FEE)
        assert scale.band_of(Fraction(0)) is not None
        assert scale.band_of(Fraction(995, 1000)) is None
