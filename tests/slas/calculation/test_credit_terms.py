"""The terms of a scheme of credits as people write them: what is wrong is said at its field."""

from decimal import Decimal

import pytest

from slas.calculation.credit_terms import TermsProblem, WrittenTerms, terms_problems
from slas.calculation.credits import CreditUnit

FINER = "Write at most 2 decimals."
WHOLE = "Write a whole number: this currency has no decimals."
OVER = "A cap is at most 100 % of the fee."
NO_FEE = "Say how much the monthly fee is, of which the credits are a percentage."


def written(unit, currency, fee=None, month_cap=None, year_cap=None):
    amounts = (None if each is None else Decimal(each) for each in (fee, month_cap, year_cap))
    return WrittenTerms(CreditUnit[unit], currency, *amounts)


@pytest.mark.parametrize(
    ("terms", "problems"),
    [
        pytest.param(written("SHARE_OF_FEE", "GBP", "2000.50", "25.25", "100"), [], id="percent of a fee"),
        pytest.param(written("AMOUNT", "GBP", month_cap="250.50", year_cap="1000"), [], id="sums"),
        pytest.param(written("AMOUNT", "KWD", month_cap="1.250", year_cap="10.5"), [], id="three decimals"),
        pytest.param(written("SHARE_OF_FEE", "GBP"), [("fee", NO_FEE)], id="percent of nothing"),
        pytest.param(written("SHARE_OF_FEE", "GBP", "0", "100.01"), [("month_cap", OVER)], id="more than the fee"),
        pytest.param(written("AMOUNT", "GBP", month_cap="250.505"), [("month_cap", FINER)], id="finer than pence"),
        pytest.param(written("AMOUNT", "JPY", year_cap="0.5"), [("year_cap", WHOLE)], id="half a yen"),
        pytest.param(
            written("SHARE_OF_FEE", "JPY", "1200.5", "5.25"), [("fee", WHOLE)], id="a fee in yen, credits in percent"
        ),
        pytest.param(
            written("SHARE_OF_FEE", "GBP", "1.005", "1.005", "101"),
            [("fee", FINER), ("month_cap", FINER), ("year_cap", OVER)],
            id="each field",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(terms, problems):
    assert list(terms_problems(terms)) == [TermsProblem(*each) for each in problems]
