"""A ticket log becomes cases: whose clock ran when, and what the log does not say."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from slas.importers.tickets import COLUMNS, NOT_SAID, parse_log
from slas.queries.rows import CaseRow, PauseRow, PriorityRow

UTC_ZONE = ZoneInfo("UTC")


def at(hour, minute=0, day=1):
    return datetime(2016, 3, day, hour, minute, tzinfo=UTC)


def log(*events, opened="1/3/2016 09:00", resolved="1/3/2016 15:00", zone=UTC_ZONE, **fields):
    """Cases of a log in which case 1 went through these (time, state), or (time, state, priority)."""
    common = {"number": "1", "opened_at": opened, "resolved_at": resolved, "priority": "3", "category": "a"}
    rows = [
        dict.fromkeys(COLUMNS, "")
        | common
        | {"sys_updated_at": f"1/3/2016 {time}", "incident_state": state}
        | fields
        | dict(zip(("priority",), more, strict=False))
        for time, state, *more in events
    ]
    return parse_log(enumerate(rows, start=2), zone)


def case(*events, **options):
    return log(*events, **options).cases[0]


def pauses(*events, **options):
    return [(pause.started_at, pause.ended_at, pause.reason) for pause in case(*events, **options).pauses]


def test_a_case_is_opened_and_solved_when_the_log_says():
    assert case(("09:05", "New"), ("15:00", "Resolved"), ("18:00", "Closed"), priority="2 - High") == CaseRow(
        "1", at(9), "2 - High", None, at(15), title="a"
    )


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([("09:05", "New"), ("15:00", "Resolved")], [], id="never waited"),
        pytest.param(
            [("09:05", "New"), ("10:00", "Awaiting User Info"), ("11:00", "Active"), ("15:00", "Resolved")],
            [(at(10), at(11), "Awaiting User Info")],
            id="waited",
        ),
        pytest.param(
            [("10:00", "Awaiting User Info"), ("10:30", "Awaiting User Info"), ("11:00", "Active")],
            [(at(10), at(11), "Awaiting User Info")],
            id="several updates of one wait",
        ),
        pytest.param(
            [("10:00", "Awaiting User Info"), ("11:00", "Awaiting Vendor"), ("12:00", "Active")],
            [(at(10), at(11), "Awaiting User Info"), (at(11), at(12), "Awaiting Vendor")],
            id="one wait after another",
        ),
        pytest.param(
            [("14:00", "Awaiting User Info"), ("15:00", "Resolved")],
            [(at(14), at(15), "Awaiting User Info")],
            id="until solved",
        ),
        pytest.param(
            [("14:00", "Awaiting User Info"), ("16:00", "Closed")],
            [(at(14), at(15), "Awaiting User Info")],
            id="cut at the solution",
        ),
        pytest.param(
            [("08:00", "Awaiting User Info"), ("10:00", "Active")],
            [(at(9), at(10), "Awaiting User Info")],
            id="cut at the opening",
        ),
        pytest.param([("10:00", "Awaiting User Info"), ("10:00", "Active")], [], id="of no time"),
        pytest.param([("14:50", "Resolved"), ("18:00", "Closed")], [], id="solved a little before it is said"),
    ],
)
def test_when_the_clock_stood_still(events, expected):
    assert pauses(*events) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param(
            [("10:00", "Resolved"), ("12:00", "Active"), ("15:00", "Resolved"), ("18:00", "Closed")],
            [(at(10), at(12))],
            id="solved, then opened again",
        ),
        pytest.param([("10:00", "Resolved"), ("18:00", "Closed")], [], id="closed after it was solved"),
        pytest.param([("14:00", "Resolved"), ("16:00", "Active")], [(at(14), at(15))], id="cut at the solution"),
        pytest.param([("10:00", "Resolved")], [], id="solved"),
    ],
)
def test_when_it_was_opened_again(events, expected):
    assert [(each.solved_at, each.reopened_at) for each in case(*events).reopenings] == expected


def test_which_priority_it_had_before():
    log = [("10:00", "New", "3 - Moderate"), ("11:00", "Active", "2 - High"), ("12:00", "Active", "2 - High")]

    assert case(*log).priority_changes == (PriorityRow(at(11), "3 - Moderate"),)


def test_events_count_in_the_order_of_their_times():
    assert pauses(("11:00", "Active"), ("10:00", "Awaiting Vendor")) == [(at(10), at(11), "Awaiting Vendor")]


@pytest.mark.parametrize(
    ("events", "solved", "unknown"),
    [
        pytest.param([("10:00", "Resolved"), ("18:00", "Closed")], at(10), "", id="the change to Resolved"),
        pytest.param(
            [("10:00", "Resolved"), ("11:00", "Active"), ("14:00", "Resolved"), ("18:00", "Closed")],
            at(14),
            "",
            id="the last one",
        ),
        pytest.param([("09:05", "New"), ("18:00", "Closed")], None, NOT_SAID, id="closed, nobody knows when solved"),
        pytest.param([("10:00", "Active")], None, "", id="open"),
        pytest.param([("10:00", "Resolved"), ("11:00", "Active")], None, "", id="opened again"),
    ],
)
def test_where_the_log_does_not_say_when_it_was_solved(events, solved, unknown):
    found = case(*events, resolved="?")

    assert (found.resolved_at, found.unknown_reason) == (solved, unknown)


def test_an_open_case_that_waits_has_an_open_pause():
    assert case(("10:00", "Awaiting Vendor"), resolved="?").pauses == (PauseRow(at(10), None, "Awaiting Vendor"),)


def test_a_cancelled_case_does_not_count():
    assert case(("10:00", "Canceled")).excluded_reason == "Canceled"


def test_times_are_taken_in_the_zone_that_is_said():
    found = case(("15:00", "Resolved"), zone=ZoneInfo("America/New_York"))

    assert (found.opened_at, found.resolved_at) == (at(14), at(20))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        pytest.param({"opened_at": "2016-03-01"}, "row 2, opened_at: “2016-03-01” is not a time such as", id="time"),
        pytest.param({"number": ""}, "row 2, number: is empty", id="no number"),
        pytest.param(
            {"number": "N" * 101}, "row 2, number: has 101 characters; shorten it to 100 at most", id="long number"
        ),
        pytest.param({"priority": "P" * 61}, "row 2, priority: has 61 characters", id="long priority"),
        pytest.param({"category": "C" * 150}, "row 2, category: has 150 characters", id="long category"),
        pytest.param({"number": "IN\x00"}, "row 2, number: holds a control character", id="control character"),
        pytest.param({"opened_at": "1/1/0001 00:00"}, "row 2, opened_at: “1/1/0001 00:00” is not", id="year 1"),
        pytest.param({"resolved_at": "1/3/2016 08:00"}, "row 2, resolved_at: is before opened_at", id="solved before"),
    ],
)
def test_a_case_with_an_unusable_row_is_left_out_and_named(fields, told):
    found = log(("09:05", "New"), ("15:00", "Resolved"), **fields)

    assert found.cases == ()
    assert str(found.errors[0]).startswith(told)
