"""What a reading may look like in a file or in JSON, and what is refused."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from slas.importers.rows.kinds import SCHEMAS
from slas.importers.rows.values import Surroundings
from slas.queries.rows import ReadingRow, as_plain, from_plain

AROUND = Surroundings(datetime(2026, 11, 10, tzinfo=UTC))
AT = datetime(2026, 10, 6, 5, 12, tzinfo=UTC)


def read(**values):
    return SCHEMAS["readings"].read({"at": "2026-10-06T05:12:00Z"} | values, AROUND)


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        pytest.param("-0.125", "-0.125", id="three decimals"),
        pytest.param(21.5, "21.5", id="JSON"),
        pytest.param("100", "100", id="whole"),
    ],
)
def test_a_value_is_read_exactly_and_kept_as_plain_text(value, exact):
    row, complaints = read(value=value)

    assert (row, complaints) == (ReadingRow(AT, Decimal(exact)), [])
    assert as_plain(row) == {"at": "2026-10-06T05:12:00Z", "value": exact}
    assert from_plain("readings", as_plain(row)) == row


@pytest.mark.parametrize(
    ("value", "what"),
    [
        pytest.param("0.0005", "“0.0005” has more than three decimals", id="finer than is kept"),
        pytest.param("1000000000000", "“1000000000000” is larger than any reading", id="too large"),
        pytest.param("NaN", "“NaN” is not a number", id="NaN"),
        pytest.param("1,5", "“1,5” is not a number", id="decimal comma"),
        pytest.param(" ", "This is missing", id="nothing"),
    ],
)
def test_what_is_no_value_is_refused_by_its_field(value, what):
    row, (complaint,) = read(value=value)

    assert (row, complaint.field, complaint.what) == (None, "value", what)
