"""Rows of facts as they come: what is read, what is refused, and what the sender is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from slas.importers.rows.kinds import SCHEMAS
from slas.importers.rows.reading import read_rows
from slas.importers.rows.values import Surroundings
from slas.queries.rows import (
    CaseRow,
    CheckRow,
    GapRow,
    OccasionRow,
    OutageRow,
    PauseRow,
    SurveyRow,
    VolumeRow,
)

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
AROUND = Surroundings(NOW)
IN_LONDON = Surroundings(NOW, ZoneInfo("Europe/London"))


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def read(fact, values, around=AROUND):
    row, complaints = SCHEMAS[fact].read(values, around)
    return row if row is not None else [(each.field, each.what) for each in complaints]


@pytest.mark.parametrize(
    ("fact", "values", "row"),
    [
        pytest.param(
            "outages",
            {"started_at": "2026-10-06T05:12:00+01:00", "ended_at": "2026-10-06T05:26Z", "is_degraded": "yes"},
            OutageRow(utc(2026, 10, 6, 4, 12), utc(2026, 10, 6, 5, 26), is_degraded=True),
            id="outage",
        ),
        pytest.param(
            "outages",
            {"started_at": "2026-10-06 05:12Z", "ended_at": " ", "what": " Order desk  "},
            OutageRow(utc(2026, 10, 6, 5, 12), what="Order desk"),
            id="open outage, blanks around words",
        ),
        pytest.param(
            "checks",
            {"at": "2026-10-06T05:12:00.987Z", "state": "Down"},
            CheckRow(utc(2026, 10, 6, 5, 12), 2),
            id="check, cut to the second",
        ),
        pytest.param(
            "checks",
            {"at": "2026-10-06T05:12:00Z", "state": 1, "response_ms": 180.5},
            CheckRow(utc(2026, 10, 6, 5, 12), 1, 180.5),
            id="check from JSON",
        ),
        pytest.param(
            "cases",
            {
                "key": "INC1",
                "opened_at": "2026-10-06T09:00Z",
                "resolved_at": "2026-10-06T12:00Z",
                "priority": "2",
                "pauses": "2026-10-06T11:00Z/ Supplier; 2026-10-06T10:00Z/2026-10-06T10:30Z User",
            },
            CaseRow(
                "INC1",
                utc(2026, 10, 6, 9),
                "2",
                None,
                utc(2026, 10, 6, 12),
                pauses=(
                    PauseRow(utc(2026, 10, 6, 10), utc(2026, 10, 6, 10, 30), "User"),
                    PauseRow(utc(2026, 10, 6, 11), None, "Supplier"),
                ),
            ),
            id="case with pauses in a file, put in order",
        ),
        pytest.param(
            "cases",
            {
                "key": "INC1",
                "opened_at": "2026-10-06T09:00Z",
                "pauses": [{"started_at": "2026-10-06T10:00Z", "ended_at": None, "reason": "User"}],
            },
            CaseRow("INC1", utc(2026, 10, 6, 9), pauses=(PauseRow(utc(2026, 10, 6, 10), None, "User"),)),
            id="case with pauses in JSON",
        ),
        pytest.param(
            "occasions",
            {"on": "2026-10-06", "completed_at": "2026-10-06T03:55Z"},
            OccasionRow(date(2026, 10, 6), utc(2026, 10, 6, 3, 55)),
            id="occasion",
        ),
        pytest.param("occasions", {"on": "2026-10-06"}, OccasionRow(date(2026, 10, 6)), id="never complete"),
        pytest.param(
            "volumes",
            {"on": "2026-10-06", "total": "1284", "met": 1270.0},
            VolumeRow(date(2026, 10, 6), 1284, 1270),
            id="volume; a spreadsheet's whole number",
        ),
        pytest.param("volumes", {"on": "2026-10-06", "total": 0}, VolumeRow(date(2026, 10, 6), 0), id="nobody knows"),
        pytest.param(
            "surveys",
            {"on": date(2026, 10, 6), "asked": 120, "answers": 41, "good": 37},
            SurveyRow(date(2026, 10, 6), 120, 41, 37),
            id="survey from a spreadsheet",
        ),
        pytest.param(
            "gaps",
            {"started_at": "2026-12-24T18:00Z", "ended_at": "2026-12-27T06:00Z", "reason": "Maintenance"},
            GapRow(utc(2026, 12, 24, 18), utc(2026, 12, 27, 6), "Maintenance"),
            id="a planned gap lies ahead",
        ),
    ],
)
def test_what_is_read(fact, values, row):
    assert read(fact, values) == row


@pytest.mark.parametrize(
    ("fact", "values", "told"),
    [
        pytest.param("outages", {}, [("started_at", "This is missing")], id="missing"),
        pytest.param(
            "outages",
            {"started_at": "2026-10-06T05:12Z", "ended_at": "2026-10-06T05:12Z"},
            [("ended_at", "2026-10-06T05:12:00Z is not after started_at 2026-10-06T05:12:00Z")],
            id="of no time",
        ),
        pytest.param(
            "outages",
            {"started_at": "2026-10-06T05:12Z", "ended_at": "2026-10-05T05:12Z"},
            [("ended_at", "2026-10-05T05:12:00Z is not after started_at 2026-10-06T05:12:00Z")],
            id="reversed",
        ),
        pytest.param(
            "outages",
            {"started_at": "2026-11-10T09:46Z"},
            [("started_at", "“2026-11-10T09:46Z” lies in the future")],
            id="ahead",
        ),
        pytest.param(
            "outages",
            {"started_at": "2026-10-06T05:12"},
            [("started_at", "“2026-10-06 05:12:00” names no time zone")],
            id="no zone",
        ),
        pytest.param(
            "outages",
            {"started_at": "06/10/2026 05:12"},
            [("started_at", "“06/10/2026 05:12” can be read as two dates")],
            id="two dates",
        ),
        pytest.param(
            "outages",
            {"started_at": "2026-10-06"},
            [("started_at", "“2026-10-06” has no time of day")],
            id="no time",
        ),
        pytest.param(
            "outages",
            {"started_at": "1899-12-30T05:12Z"},
            [("started_at", "“1899-12-30T05:12Z” is before 1990 or far ahead")],
            id="a spreadsheet's first day",
        ),
        pytest.param(
            "gaps",
            {"started_at": "1990-01-01T00:00+14:00", "ended_at": "8999-12-31T23:00-02:00"},
            [
                ("started_at", "“1990-01-01T00:00+14:00” is before 1990 or far ahead"),
                ("ended_at", "“8999-12-31T23:00-02:00” is before 1990 or far ahead"),
            ],
            id="out of range by the offset",
        ),
        pytest.param(
            "outages",
            {"started_at": "46301.2166"},
            [("started_at", "“46301.2166” is a number: a spreadsheet keeps dates as numbers")],
            id="serial number",
        ),
        pytest.param(
            "outages",
            {"started_at": "2026-W41-2T05:12Z"},
            [("started_at", "“2026-W41-2T05:12Z” goes by weeks")],
            id="week",
        ),
        pytest.param(
            "outages",
            {"started_at": "######"},
            [("started_at", "“######” is a spreadsheet's error")],
            id="too narrow",
        ),
        pytest.param(
            "outages",
            {"started_at": "2026-10-06T05:12Z", "component_slug": "Order Desk"},
            [("component_slug", "“Order Desk” is not a name as in an address")],
            id="component",
        ),
        pytest.param(
            "outages",
            {"started_at": "2026-10-06T05:12Z", "what": "x" * 301},
            [("what", f"“{'x' * 60}…” has 301 characters")],
            id="too long",
        ),
        pytest.param(
            "outages",
            {"started_at": "2026-10-06T05:12Z", "what": "a\0b"},
            [("what", "“a\N{REPLACEMENT CHARACTER}b” holds a control character")],
            id="control character",
        ),
        pytest.param(
            "outages",
            {"started_at": "2026-10-06T05:12Z", "tenant": 2, "batch_id": 1},
            [("tenant", "This field is not known"), ("batch_id", "This field is not known")],
            id="unknown fields",
        ),
        pytest.param(
            "checks",
            {"at": "2026-10-06T05:12:00Z", "state": "up", "a\x00b": 1},
            [("a\N{REPLACEMENT CHARACTER}b", "This field is not known")],
            id="a field whose name no database keeps",
        ),
        pytest.param(
            "checks",
            {"at": "2026-10-06T05:12Z", "state": "flapping"},
            [("state", "“flapping” is not known")],
            id="state",
        ),
        pytest.param(
            "checks",
            {"at": "2026-10-06T05:12Z", "state": "up", "response_ms": "fast"},
            [("response_ms", "“fast” is not a number of milliseconds")],
            id="response",
        ),
        pytest.param(
            "cases",
            {"key": "1", "opened_at": "2026-10-06T09:00Z", "resolved_at": "2026-10-06T08:59Z"},
            [("resolved_at", "2026-10-06T08:59:00Z is before opened_at 2026-10-06T09:00:00Z")],
            id="solved before",
        ),
        pytest.param(
            "cases",
            {"key": "1", "opened_at": "2026-10-06T09:00Z", "pauses": "2026-10-06T08:00Z/ User"},
            [("pauses", "The pause from 2026-10-06T08:00:00Z starts before the case")],
            id="paused before",
        ),
        pytest.param(
            "cases",
            {"key": "1", "opened_at": "2026-10-06T09:00Z", "pauses": "2026-10-06T10:00Z User"},
            [("pauses", "“2026-10-06T10:00Z User” is not a pause")],
            id="pause without a slash",
        ),
        pytest.param(
            "cases",
            {"key": "1", "opened_at": "2026-10-06T09:00Z", "pauses": "2026-10-06T10:00Z/"},
            [("pauses", "A pause needs its start and its reason")],
            id="pause without a reason",
        ),
        pytest.param(
            "volumes", {"on": "2026-10-06", "total": "-1"}, [("total", "“-1” is not a possible count")], id="negative"
        ),
        pytest.param(
            "volumes",
            {"on": "2026-10-06", "total": "1,284"},
            [("total", "“1,284” is not a whole number")],
            id="thousands",
        ),
        pytest.param(
            "volumes",
            {"on": "2026-10-06", "total": "1.2E+05"},
            [("total", "“1.2E+05” was shortened by a spreadsheet")],
            id="shortened",
        ),
        pytest.param("volumes", {"on": "2026-10-06", "total": "12.5"}, [("total", "“12.5” is not whole")], id="part"),
        pytest.param(
            "volumes",
            {"on": "2026-10-06", "total": True},
            [("total", "“True” is not a whole number")],
            id="true is no number",
        ),
        pytest.param(
            "volumes", {"on": "#REF!", "total": "1"}, [("on", "“#REF!” is a spreadsheet's error")], id="#REF!"
        ),
        pytest.param(
            "volumes",
            {"on": "2026-11-12", "total": "1"},
            [("on", "“2026-11-12” lies in the future")],
            id="a date ahead everywhere",
        ),
        pytest.param(
            "surveys",
            {"on": "2026-10-06", "asked": 9, "answers": 10, "good": 11},
            [("answers", "10 answers from 9 people asked"), ("good", "11 good ones of 10 answers")],
            id="survey",
        ),
        pytest.param(
            "gaps", {"started_at": "2026-10-06T05:12Z"}, [("ended_at", "This is missing")], id="gap without end"
        ),
    ],
)
def test_what_is_refused(fact, values, told):
    assert read(fact, values) == told


@pytest.mark.parametrize(
    ("local", "outcome"),
    [
        pytest.param("2026-10-06T05:12", utc(2026, 10, 6, 4, 12), id="summer"),
        pytest.param("2026-11-06T05:12", utc(2026, 11, 6, 5, 12), id="winter"),
        pytest.param(datetime(2026, 10, 6, 5, 12), utc(2026, 10, 6, 4, 12), id="from a spreadsheet"),  # noqa: DTZ001
        pytest.param("2026-10-06T05:12Z", utc(2026, 10, 6, 5, 12), id="its own zone wins"),
        pytest.param("2026-10-25T01:30", "happened twice in Europe/London: the clocks went back", id="twice"),
        pytest.param("2026-03-29T01:30", "does not exist in Europe/London: the clocks went forward", id="never"),
    ],
)
def test_times_without_a_zone_are_read_in_the_zone_of_the_file(local, outcome):
    found = read("outages", {"started_at": local}, IN_LONDON)

    assert outcome in found[0][1] if isinstance(outcome, str) else found == OutageRow(outcome)


def test_a_time_that_happened_twice_can_be_said_with_its_offset():
    _row, complaints = SCHEMAS["outages"].read({"started_at": "2026-10-25T01:30"}, IN_LONDON)

    assert complaints[0].to_do == "Write it with its offset, +01:00 or +00:00, or in UTC."


def test_one_bad_row_hides_no_other():
    records = [
        (2, {"on": "2026-10-06", "total": "10"}),
        (3, {"on": "6 October", "total": "ten"}),
        (4, {"on": "2026-10-07", "total": "10", "met": "11"}),
        (5, {"on": "2026-10-06", "total": "10"}),
        (6, {"on": "2026-10-06", "total": "12"}),
    ]

    reading = read_rows(SCHEMAS["volumes"], records, AROUND)

    assert reading.rows == [VolumeRow(date(2026, 10, 6), 10), VolumeRow(date(2026, 10, 7), 10, 11)]
    assert [(each.row, each.field) for each in reading.errors] == [(3, "on"), (3, "total"), (6, "on")]
    assert reading.errors[2].what == "2026-10-06 stands in row 2 with other values"
    assert reading.refused == 2
    assert [(each.row, each.what) for each in reading.warnings] == [(4, "11 in their standard of 10 counted")]


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=lambda schema: schema.fact)
def test_the_example_of_a_file_can_be_brought(schema):
    _row, complaints = schema.read({column.name: column.example for column in schema.columns}, AROUND)

    assert complaints == []


def test_a_count_that_no_database_holds_is_told_from_a_negative_one():
    assert read("volumes", {"on": "2026-10-06", "total": str(2**63)}) == [
        ("total", "“9223372036854775808” is larger than any count")
    ]
