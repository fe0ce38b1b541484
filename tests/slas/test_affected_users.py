"""How many of the users an outage met, as it is said in a row."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from slas.importers.rows.kinds import SCHEMAS
from slas.importers.rows.values import Surroundings

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


def read(percent):
    return SCHEMAS["outages"].read({"started_at": "2026-10-06T05:12Z", "affected_percent": percent}, Surroundings(NOW))


@pytest.mark.parametrize(
    ("said", "kept"), [(12.5, Decimal("12.5")), ("0", Decimal(0)), (100, Decimal(100)), ("", None), (None, None)]
)
def test_a_share_of_users_is_kept_as_it_was_said(said, kept):
    row, complaints = read(said)

    assert (row.affected_percent, complaints) == (kept, [])


@pytest.mark.parametrize(
    ("said", "words", "to_do"),
    [
        ("101", "“101” is not a percentage", "Write 0 to 100, like 25."),
        (-1, "“-1” is not a percentage", "Write 0 to 100, like 25."),
        ("0.125", "“0.125” has more than two decimals", "Round it, like 12.25."),
        ("a quarter", "“a quarter” is not a percentage", "Write digits only"),
    ],
)
def test_a_share_of_users_that_cannot_be_is_refused(said, words, to_do):
    row, (complaint,) = read(said)

    assert (row, complaint.field, complaint.what) == (None, "affected_percent", words)
    assert complaint.to_do.startswith(to_do)
