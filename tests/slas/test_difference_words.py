"""What differs in a figure is told in words, on the clock of the agreement."""

import pytest

from slas.calculation.differences import Difference
from slas.queries.difference_words import told
from tests.slas.factories import at

SIXTH = "2026-10-06T04:12:00+00:00"


def second(text):
    return int(at(text).timestamp())


@pytest.mark.parametrize(
    ("place", "said", "found", "words"),
    [
        pytest.param(
            ("facts", "outages", SIXTH, "end"), second("2026-10-06 06:44"), second("2026-10-07 05:14:30"),
            ("The outage of 6 October, 05:12: end", "06:44", "7 October, 05:14:30"), id="another date, and seconds",
        ),
        pytest.param(
            ("facts", "outages", SIXTH), None,
            {"id": SIXTH, "start": second("2026-10-06 05:12"), "end": second("2026-10-06 05:14")},
            ("The outage of 6 October, 05:12", "nothing", "05:12 to 05:14"), id="a new one",
        ),
        pytest.param(
            ("facts", "planned_works", SIXTH, "ended_at"), None, second("2026-10-06 07:00"),
            ("The work of 6 October, 05:12: real end", "nothing", "07:00"), id="work",
        ),
        pytest.param(
            ("lasting", f"work {SIXTH}"), "began_before", "counted",
            ("The failure from 6 October, 05:12", "began in an earlier period", "counts"), id="a failure of work",
        ),
        pytest.param(
            ("lasting", f"checks {SIXTH}"), None, "began_before",
            ("The failure from 6 October, 05:12", "nothing", "began in an earlier period"), id="one that checks found",
        ),
        pytest.param(
            ("facts", "unknown", "1"), [second("2026-10-09 05:00"), second("2026-10-09 06:00")], None,
            ("Time without data", "9 October, 05:00 to 9 October, 06:00", "nothing"), id="no data",
        ),
        pytest.param(
            ("cases", "INC1", "stopped_at"), second("2026-10-05 12:00"), second("2026-10-05 10:00"),
            ("The case INC1: solution", "5 October, 12:00", "5 October, 10:00"), id="a case",
        ),
        pytest.param(
            ("records", "2026-10-01"), "2026-10-01 90/100", "2026-10-01 99/100",
            ("The record of 1 October", "90/100", "99/100"), id="a count",
        ),
        pytest.param(("target",), "99.5", "98.0", ("The level", "99.5", "98.0"), id="a level"),
        pytest.param(("terms", "minimum_outage"), 0, 600, ("The terms: minimum outage", "0", "600"), id="a term"),
        pytest.param(
            ("fingerprint of all inputs",), "ab", "cd", ("Fingerprint of all inputs", "ab", "cd"), id="all of it"
        ),
    ],
)  # fmt: skip
def test_what_differs_is_told_in_words(place, said, found, words):
    told_words = told(Difference(place, said, found), "Europe/London")

    assert tuple(each.replace("\u00a0", " ") for each in told_words) == words
