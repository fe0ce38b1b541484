"""Each kind of facts over HTTP: pushed, judged, read back as it is described, and refused by row and field."""

import json
from datetime import date

import pytest
from drf_spectacular.generators import SchemaGenerator
from schemathesis.specs.openapi.checks import response_schema_conformance

from slas.actions.attainments import recompute_dirty
from slas.models import FactKind, TargetKind
from tests.slas.api.programs import NOW
from tests.slas.api.test_schema import OPERATIONS, send
from tests.slas.factories import make_measure, make_target

LISTS = {operation.definition.raw["operationId"]: operation for operation in OPERATIONS}
OCTOBER = {"from": "2026-10-01", "until": "2026-11-01"}
A, B, C = "2026-10-05T09:00:00Z", "2026-10-05T10:00:00Z", "2026-10-05T11:00:00Z"
CASE = {"key": "INC1", "opened_at": A, "priority": "Urgent", "resolved_at": C}


@pytest.fixture
def measure(world, inside):
    """measure(kind, **terms) is a measure of that kind, named like it, with a promise where terms are given."""

    def make(fact, **terms):
        def both():
            made = make_measure(fact, slug=fact)
            if terms:
                make_target(agreement=world["target"].agreement, measure=made, slug="promise", **terms)

        inside(both)
        return fact

    return make


@pytest.fixture
def figure(program, inside):
    """figure() is the exact result of October of the promise on the measure, from what waits to be computed alone."""

    def read():
        inside(lambda: recompute_dirty(limit=50, now=NOW))
        (found,) = program.get("api_attainments", OCTOBER | {"target": "promise"}).json()["results"]
        return program.get("api_attainment", attainment_id=found["id"]).json()

    return read


def told(answer):
    return [(each["row"], each["field"], each["what"]) for each in answer.json()["errors"]]


def test_readings_are_pushed_judged_and_read_as_numbers(program, measure, figure):
    measure(FactKind.READINGS, kind=TargetKind.READINGS)
    pushed = program.push("readings", {"at": A, "value": 499.125}, {"at": B, "value": "500.001"}, {"at": C, "value": 7})
    before = figure()
    corrected = program.push("readings", {"at": B, "value": 500})

    after = figure()

    assert (pushed.json()["new"], corrected.json()["corrected"]) == (3, 1)
    assert [(each["result"]["met"], each["result"]["total"]) for each in (before, after)] == [(2, 3), (3, 3)]
    read = program.get("api_facts", OCTOBER, slug="readings").json()["results"]
    assert [each["value"] for each in read] == [7, 500, 499.125]


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (0.0005, "“0.0005” has more than three decimals"),
        (10**12, "“1000000000000” is larger than any reading"),
        ("1,5", "“1,5” is not a number"),
        ("NaN", "“NaN” is not a number"),
        (True, "“True” is not a number"),
        ([1], "“[1]” is not a number"),
        (None, "This is missing"),
    ],
)
def test_a_bad_reading_is_named_and_the_others_count(program, measure, value, what):
    measure(FactKind.READINGS)

    answer = program.push("readings", {"at": A, "value": 1}, {"at": B, "value": value}, {"at": C, "value": 2})

    assert (answer.status_code, answer.json()["new"]) == (207, 2)
    assert told(answer) == [(2, "value", what)]


def test_what_happened_to_a_case_is_pushed_and_the_figure_follows(program, measure, figure):
    """Two hours from nine o'clock: what is merged gives its start, what opened again goes on, what was low counts."""
    measure(FactKind.CASES, kind=TargetKind.CASES, priorities=["Urgent"], priority_rule="change", reopen_days=5)
    program.push("cases", CASE)
    figures = [figure()]
    for change in (
        {"reopenings": [{"solved_at": B, "reopened_at": C}], "resolved_at": "2026-10-05T12:00:01Z"},
        {"reopenings": [{"solved_at": B, "reopened_at": C}], "resolved_at": "2026-10-05T13:00:00Z"},
        {"priority_changes": [{"changed_at": B, "before": "Low"}], "resolved_at": "2026-10-05T12:00:00Z"},
        {"priority_changes": [], "resolved_at": "2026-10-05T12:00:00Z"},
    ):
        assert program.push("cases", CASE | change).json()["corrected"] == 1
        figures.append(figure())
    merged = {"key": "INC0", "opened_at": "2026-10-05T08:00:00Z", "resolved_at": A, "merged_into": "INC1"}
    program.push("cases", CASE, merged | {"priority": "Urgent"})
    figures.append(figure())

    assert [(each["result"]["met"], each["result"]["eligible"]) for each in figures] == [
        (1, 1), (0, 1), (0, 1), (1, 1), (0, 1), (0, 1),
    ]  # fmt: skip
    ledgers = {each["key"]: each.get("ledger") for each in figures[-1]["records"]}
    assert ledgers["INC1"] == [{"what": "joined", "case": "INC0"}]


BAD_CASES = [
    ("reopenings", [{"solved_at": C, "reopened_at": B}], "comes before the solution"),
    ("reopenings", [{"solved_at": "2026-10-05T08:00:00Z", "reopened_at": B}], "before it was open"),
    ("reopenings", [{"solved_at": B}], "A reopening needs both its times"),
    ("reopenings", [{"solved_at": "2026-10-05T10:00", "reopened_at": C}], "names no time zone"),
    ("reopenings", {"solved_at": B, "reopened_at": C}, "is not a list"),
    ("reopenings", ["2026"], "“2026” is not a reopening"),
    ("priority_changes", [{"changed_at": "2026-10-05T08:00:00Z", "before": "Low"}], "ended before the case began"),
    ("priority_changes", [{"changed_at": B, "from": "Low"}], "is not a priority"),
    ("priority_changes", [{"changed_at": B, "before": ["Low"]}], "is not text"),
    ("priority_changes", 7, "is not a list"),
    ("pauses", [{"started_at": B, "ended_at": B, "reason": "Part"}], "ends before it starts"),
    ("pauses", [{"started_at": B, "ended_at": A, "reason": "Part"}], "ends before it starts"),
    ("pauses", [{"started_at": "2026-10-05T08:00:00Z", "reason": "Part"}], "starts before the case"),
    ("pauses", [{"started_at": "2036-10-05T08:00:00Z", "reason": "Part"}], "lies in the future"),
    ("pauses", [{"started_at": B}], "needs its start and its reason"),
    ("pauses", [{"started_at": B, "reason": "Part", "approved_by": "Me"}], "so that a program cannot say it"),
    ("merged_into", "INC2", "The case is merged into itself"),
    ("merged_into", ["INC1"], "is not text"),
    ("resolved_at", "1970-01-01T00:00:00Z", "is before 1990"),
]


@pytest.mark.parametrize(("field", "value", "what"), BAD_CASES)
def test_what_cannot_have_happened_to_a_case_is_named_and_the_others_count(program, measure, field, value, what):
    measure(FactKind.CASES)

    answer = program.push("cases", CASE, CASE | {"key": "INC2", field: value}, CASE | {"key": "INC3"})

    assert (answer.status_code, answer.json()["new"]) == (207, 2)
    [(row, named, said)] = told(answer)
    assert (row, named) == (2, field)
    assert what in said


ON = str(date(2026, 10, 5))
ROWS = {
    "outages": {"started_at": A, "ended_at": B, "is_degraded": True, "what": "Slow", "component_slug": "disk"},
    "checks": {"at": A, "state": "degraded", "response_ms": 180.5},
    "readings": {"at": A, "value": -0.125},
    "cases": CASE | {
        "pauses": [{"started_at": B, "ended_at": None, "reason": "Part"}],
        "reopenings": [{"solved_at": B, "reopened_at": B[:-3] + "30Z"}],
        "priority_changes": [{"changed_at": B, "before": "Low"}], "merged_into": "INC2",
    },
    "occasions": {"on": ON, "completed_at": A},
    "volumes": {"on": ON, "total": 10, "met": 9},
    "surveys": {"on": ON, "asked": 10, "answers": 4, "good": 3},
    "gaps": {"started_at": A, "ended_at": B, "reason": "Power"},
    "covered": {"started_at": A, "ended_at": B},
}  # fmt: skip


@pytest.mark.parametrize("fact", ROWS)
def test_each_kind_is_read_as_it_is_described_and_as_it_was_pushed(world, program, measure, fact):
    slug, name = (fact, "facts") if fact in FactKind.values else ("outages", fact)
    measure(slug)
    assert program.push(slug, ROWS[fact], name=f"api_{name}").status_code == 200

    call = LISTS[f"list_{name}"].Case(path_parameters={"tenant": "larkmoor", "slug": slug}, query=OCTOBER)
    answer = send(call, world["key"])
    call.validate_response(answer, checks=[response_schema_conformance])

    (read,) = json.loads(answer.content)["results"]
    again = program.push(slug, read, name=f"api_{name}")
    if fact == "surveys":
        assert (read["answers"], read["hidden"]) == (None, "fewer than five answers")
    else:
        common = {key: value for key, value in read.items() if key in ROWS[fact] and not isinstance(value, list)}
        assert common == {key: value for key, value in ROWS[fact].items() if not isinstance(value, list)}
        agreed = {"left_out_reason", "affected_percent"} & read.keys()
        assert agreed or again.json()["unchanged"] == 1, again.content


def test_numbers_are_described_as_numbers():
    rows = SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"]

    said = {
        (row, field): rows[row]["properties"][field]["type"]
        for row, field in (
            ("ReadingsRow", "value"), ("OutagesReadRow", "affected_percent"), ("ChecksRow", "response_ms"),
            ("VolumesRow", "total"), ("VolumesRow", "met"), ("SurveysRow", "answers"),
        )
    }  # fmt: skip
    assert set(said.values()) == {"number", "integer"}
    assert rows["Row"].keys() == rows["ReadRow"].keys() == {"anyOf"}
