"""What a case holds several of is read from files and JSON, and what contradicts itself is refused by its field."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from slas.importers.rows.kinds import SCHEMAS
from slas.importers.rows.values import Surroundings
from slas.queries.rows import CaseRow, PauseRow, PriorityRow, ReopeningRow, as_plain, from_plain

AROUND = Surroundings(datetime(2026, 11, 10, 9, 40, tzinfo=UTC))
BEGAN = "2026-10-06T09:00Z"


def utc(hour, minute=0):
    return datetime(2026, 10, 6, hour, minute, tzinfo=UTC)


WAITED = PauseRow(
    utc(10), utc(11), "Awaiting part", "Hartwell Parts", "out of stock", utc(12), "J. Cole", approved_by="A. Reyes"
)
BOTH_WAYS = [
    pytest.param(
        "pauses",
        "2026-10-06T10:00Z/2026-10-06T11:00Z Awaiting part | for: Hartwell Parts | because: out of stock | "
        "entered: 2026-10-06T12:00Z | by: J. Cole | approved by: A. Reyes",
        [as_plain(WAITED)],
        (WAITED,),
        id="a pause with all that is known of it",
    ),
    pytest.param(
        "reopenings",
        "2026-10-06T14:00Z/2026-10-06T15:00Z; 2026-10-06T10:00Z/2026-10-06T11:00Z",
        [{"solved_at": "2026-10-06T14:00Z", "reopened_at": "2026-10-06T15:00Z"},
         {"solved_at": "2026-10-06T10:00Z", "reopened_at": "2026-10-06T11:00Z"}],
        (ReopeningRow(utc(10), utc(11)), ReopeningRow(utc(14), utc(15))),
        id="two reopenings, put in order",
    ),
    pytest.param(
        "priority_changes",
        "2026-10-06T10:00Z 3 - Moderate",
        [{"changed_at": "2026-10-06T10:00Z", "before": "3 - Moderate"}],
        (PriorityRow(utc(10), "3 - Moderate"),),
        id="another priority",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("field", "text", "objects", "parts"), BOTH_WAYS)
def test_a_line_of_a_file_and_objects_of_json_say_the_same(field, text, objects, parts):
    wanted = replace(CaseRow("INC1", utc(9)), **{field: parts})

    for value in (text, objects):
        row, complaints = SCHEMAS["cases"].read({"key": "INC1", "opened_at": BEGAN, field: value}, AROUND)
        assert (row, complaints) == (wanted, [])
    assert from_plain("cases", as_plain(wanted)) == wanted


@pytest.mark.parametrize(
    ("values", "field", "what"),
    [
        ({"pauses": "2026-10-06T10:00Z/ Part | why: lost"}, "pauses", "“why: lost” is not known of a pause"),
        ({"pauses": [{"started_at": BEGAN, "reason": "Part", "who": "J"}]}, "pauses", "is not a pause"),
        ({"pauses": 5}, "pauses", "“5” is not a list"),
        ({"reopenings": "2026-10-06T10:00Z"}, "reopenings", "“2026-10-06T10:00Z” is not a reopening"),
        ({"reopenings": "2026-10-06T10:00Z/"}, "reopenings", "A reopening needs both its times"),
        ({"reopenings": "2026-10-06T10:00Z/2026-10-06T11:00Z why"}, "reopenings", "is not a reopening"),
        ({"reopenings": "2026-10-06T11:00Z/2026-10-06T10:00Z"}, "reopenings",
         "The reopening after 2026-10-06T11:00:00Z comes before the solution"),
        ({"reopenings": "2026-10-06T08:00Z/2026-10-06T10:00Z"}, "reopenings",
         "Solved 2026-10-06T08:00:00Z, before it was open at 2026-10-06T09:00:00Z"),
        ({"reopenings": "2026-10-06T10:00Z/2026-10-06T12:00Z; 2026-10-06T11:00Z/2026-10-06T13:00Z"}, "reopenings",
         "Solved 2026-10-06T11:00:00Z, before it was open at 2026-10-06T12:00:00Z"),
        ({"reopenings": "2026-10-06T10:00Z/2026-10-06T12:00Z", "resolved_at": "2026-10-06T11:00Z"}, "resolved_at",
         "It is before the reopening at 2026-10-06T12:00:00Z"),
        ({"priority_changes": "2026-10-06T10:00Z"}, "priority_changes", "A priority needs its end and its name"),
        ({"priority_changes": "2026-10-06T08:00Z Low"}, "priority_changes",
         "The priority until 2026-10-06T08:00:00Z ended before the case began"),
        ({"priority_changes": "2027-10-06T08:00Z Low"}, "priority_changes", "lies in the future"),
        ({"merged_into": "INC1"}, "merged_into", "The case is merged into itself"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused_by_field_and_row(values, field, what):
    row, complaints = SCHEMAS["cases"].read({"key": "INC1", "opened_at": BEGAN} | values, AROUND)

    assert row is None
    assert [each.field for each in complaints] == [field]
    assert what in complaints[0].what


def test_a_program_cannot_say_who_approved_a_late_entry():
    pushed = replace(AROUND, is_pushed=True)
    values = {"key": "INC1", "opened_at": BEGAN, "pauses": [as_plain(WAITED)]}

    row, (complaint,) = SCHEMAS["cases"].read(values, pushed)

    assert (row, complaint.field) == (None, "pauses")
    assert "agreed between people, so that a program cannot say it" in complaint.what
    assert SCHEMAS["cases"].read(values | {"pauses": [as_plain(replace(WAITED, approved_by=""))]}, pushed)[1] == []
