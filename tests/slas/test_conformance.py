"""Cases of calculation that others made, under our defaults and under the conventions that we name."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from slas.calculation.conventions import NAMED, NOT_CALCULATED, PARLEY
from slas.importers.conformance import reading, verdicts
from slas.importers.conformance.verdicts import Outcome, judge

ROOT = Path(__file__).resolve().parents[2]
SUITE = ROOT / "tests" / "conformance"
CASES = SUITE / "calendar_sla_cases.json"
ENGINE = SUITE / "engine_run_real_tickets.json"
OURS = [SUITE / f"{name}.json" for name in ("where_tools_differ", "clock_changes", "kinds_of_promise")]
PUBLISHED = SUITE / "published_percentages.json"
RULES = ROOT / "docs" / "calculation.md"
MAIN_KINDS = ("elapsed", "due", "availability", "availability_intervals", "sla_clock", "rounding")
NINE_TO_FIVE = [["09:00", "17:00"]]
WEEK = {"timezone": "UTC", "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), NINE_TO_FIVE)}
OVERNIGHT = {"timezone": "UTC", "weekly": {"mon": [["22:00", "06:00+1"]]}}
SUNDAY = {"timezone": "Europe/Paris", "weekly": {"sun": [["00:00", "24:00"]]}}
SKIPPED = {"timezone": "Europe/London", "weekly": {"sun": [["01:30", "03:00"]]}}


def run(*files):
    """What the command prints, and its exit status."""
    out = StringIO()
    try:
        call_command("conformance", *map(str, files), stdout=out)
    except SystemExit as stop:
        return out.getvalue(), stop.code
    return out.getvalue(), 0


def case(kind, **fields):
    return {"id": "one", "kind": kind, "source": {"repo": "nobody"}, "calendar": None, **fields}


def verdict_of(kind, **fields):
    return judge(reading.Case("one", kind, "nobody", case(kind, **fields)))


@pytest.fixture
def file_of(tmp_path):
    def write(*cases):
        path = tmp_path / "cases.json"
        path.write_text(json.dumps({"cases": cases}))
        return path

    return write


def test_the_cases_of_nineteen_projects():
    found = Counter((each.case.kind, each.outcome) for each in map(judge, reading.read_cases(CASES)))
    by_default = sum(found[kind, Outcome.PASSED] for kind in MAIN_KINDS)
    of_main_kinds = sum(count for (kind, _), count in found.items() if kind in MAIN_KINDS)

    assert of_main_kinds == 241
    assert by_default >= 227
    assert sum(count for (_, outcome), count in found.items() if outcome is Outcome.FAILED) == 0
    assert sum(count for (_, outcome), count in found.items() if outcome is Outcome.NOT_OFFERED) <= 4


def test_real_tickets_as_another_engine_counted_them():
    found = Counter(each.outcome for each in map(judge, reading.read_cases(ENGINE)))

    assert found == {Outcome.PASSED: 158, Outcome.NOT_OFFERED: 2}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_what_was_worked_out_by_hand(path):
    """Parley's own answers pass by default; those of others by the convention that is named, or are not offered."""
    found = [judge(each) for each in reading.read_cases(path)]
    by_others = {each.case.id for each in found if "convention of" in each.case.content["source"]}

    assert [each.differences for each in found if each.outcome is Outcome.FAILED] == []
    assert [
        each.case.id for each in found if each.outcome is not Outcome.PASSED and each.case.id not in by_others
    ] == []
    assert len(found) >= 37


def test_the_published_figures_pass_and_each_convention_that_is_named_explains_a_case():
    found = [judge(each) for path in (OURS[0], CASES, ENGINE, PUBLISHED) for each in reading.read_cases(path)]

    assert [each.case.id for each in found if each.outcome is Outcome.FAILED] == []
    named = {each.convention.name for each in found if each.convention}
    assert {convention.name for convention in NAMED} - named == set()


def test_each_question_on_which_tools_differ_has_a_vector():
    table = RULES.read_text().partition("| question | Parley |")[2].partition("\n\n")[0]
    asked = [line for line in table.splitlines() if line.startswith("| ") and "---" not in line]
    vectors = {each["rule"] for each in reading.read_cases(OURS[0]) if each["rule"].startswith("16: ")}

    assert len(vectors) == len(asked) == 16


def test_each_kind_of_case_is_described_and_has_a_case():
    described = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]+) \|", (SUITE / "README.md").read_text(), re.M)))
    used = {each.kind for path in (*OURS, CASES, PUBLISHED) for each in reading.read_cases(path)}

    assert set(verdicts.KINDS) - set(described) == set()
    assert set(verdicts.KINDS) - used == set()


def test_what_is_not_calculated_is_listed_with_the_reason():
    for each in NOT_CALCULATED:
        assert f"| {each.kind} | {each.figure} | {each.reason} |" in RULES.read_text()


def test_the_command_prints_each_case_and_ends_with_how_many_passed():
    text, status = run(CASES)
    lines = text.splitlines()

    assert status == 0
    assert "biz-002 (elapsed): passed" in lines
    at = lines.index("biz-001 (elapsed): passed with a reversed interval counts nothing")
    assert lines[at + 1].startswith("    Parley: ")
    assert lines[at + 2 : at + 4] == ["    Source: A reversed interval counts zero.", "    Offered for comparison only"]
    assert lines[-4:-2] == [
        "By convention: 10 as a promise agrees or a figure tells it, 7 for comparison only.",
        "No promise agrees and no figure tells 11: 7 for comparison only, 4 not offered.",
    ]
    told = " ".join(RULES.read_text().split())
    assert "Of the 309 cases of other projects 288 pass by Parley's defaults and 10 by a convention" in told
    assert "So there are 11 that no promise of this version agrees and no figure tells" in told
    assert lines[-1] == "288 of 309"


def test_the_command_needs_neither_database_nor_environment():
    clean = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
    command = [sys.executable, "manage.py", "conformance", str(ENGINE)]

    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "158 of 160"


@pytest.mark.parametrize(
    ("name", "kind", "fields"),
    [
        pytest.param(
            "a reversed interval counts nothing", "elapsed",
            {"calendar": WEEK, "start": "2026-10-06T12:00:00", "end": "2026-10-05T12:00:00", "expected_seconds": 0},
            id="reversed",
        ),
        pytest.param(
            "hours of the wall clock", "elapsed",
            {
                "calendar": SUNDAY, "start": "2026-10-24T22:00:00Z", "end": "2026-10-25T23:00:00Z",
                "expected_seconds": 86400,
            },
            id="wall clock",
        ),
        pytest.param(
            "a window that opens in the skipped hour is lost", "next_open",
            {"calendar": SKIPPED, "start": "2026-03-28T12:00:00", "expected": "2026-04-05T01:30:00"},
            id="skipped opening",
        ),
        pytest.param(
            "a window that opened the day before is overlooked", "elapsed",
            {
                "calendar": OVERNIGHT, "start": "2026-10-06T02:00:00", "end": "2026-10-06T08:00:00",
                "expected_seconds": 0,
            },
            id="day before",
        ),
        pytest.param(
            "a holiday wins over a dated exception", "is_open",
            {
                "calendar": {**WEEK, "holidays": ["2026-10-05"], "date_overrides": {"2026-10-05": NINE_TO_FIVE}},
                "at": "2026-10-05T11:00:00", "expected": False,
            },
            id="holiday",
        ),
        pytest.param(
            "due at the next opening", "due",
            {
                "calendar": WEEK, "start": "2026-10-05T16:00:00", "add_seconds": 3600,
                "expected_end": "2026-10-06T09:00:00",
            },
            id="next opening",
        ),
        pytest.param(
            "pauses in clock time", "sla_clock",
            {
                "calendar": WEEK, "opened": "2026-10-05T08:00:00", "target_seconds": 3600,
                "pauses": [["2026-10-05T08:10:00", "2026-10-05T08:40:00"]], "expected_due": "2026-10-05T10:30:00",
            },
            id="pauses",
        ),
        pytest.param(
            "offsets of whole days are working days", "sla_clock",
            {
                "calendar": WEEK, "opened": "2026-10-05T10:00:00", "target_seconds": 3600,
                "escalation_offset_seconds": 86400, "expected_escalation": "2026-10-06T11:00:00",
            },
            id="offset",
        ),
        pytest.param(
            "ordinary rounding", "rounding", {"value": 99.996, "decimals": 2, "expected": 100.0}, id="rounding"
        ),
        pytest.param(
            "planned work stays in the denominator", "availability_intervals",
            {
                "window": ["2026-10-05T00:00:00Z", "2026-10-05T10:00:00Z"],
                "planned_downtimes": [["2026-10-05T00:00:00Z", "2026-10-05T05:00:00Z"]],
                "down": [["2026-10-05T04:00:00Z", "2026-10-05T06:00:00Z"]], "expected_percent": 90,
            },
            id="planned work",
        ),
        pytest.param(
            "no data counts as up", "availability",
            {
                "window": [0, 100], "states": [], "current_state": None, "problem_states": [1], "unknown_previous": 99,
                "expected_percent": 100,
            },
            id="no data up",
        ),
        pytest.param("no data counts as down", "uptime_checks", {"checks": [], "expected_ratio": 0}, id="no data down"),
        pytest.param(
            "counting starts with the first data", "availability_intervals",
            {
                "window": ["2026-10-01T00:00:00Z", "2026-10-05T00:00:00Z"], "down": [],
                "known_up": [["2026-10-03T00:00:00Z", None]], "expected_total_seconds": 172800,
            },
            id="first data",
        ),
        pytest.param(
            "a running month against the whole month", "monthly_downtime",
            {
                "month": "2026-11", "timezone": "UTC", "now": "2026-11-16T00:00:00Z",
                "down": [["2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z"]], "expected_ratio": 0.9,
            },
            id="whole month",
        ),
        pytest.param(
            "the allowance is a share of the usual", "error_budget",
            {
                "method": "occurrences", "total": 1000, "usual_success": 0.9, "target": 0.9,
                "expected_allowed_failures": 90,
            },
            id="allowance",
        ),
    ],
)  # fmt: skip
def test_each_named_convention_explains_a_case_that_our_defaults_do_not(name, kind, fields):
    fields = json.loads(json.dumps(fields), parse_float=reading.Decimal)

    verdict = verdict_of(kind, **fields)

    assert verdict.convention is not None, verdict.differences
    assert verdict.convention.name == name
    assert verdict.outcome is (Outcome.CONVENTION if verdict.convention.is_offered else Outcome.NOT_OFFERED)
    assert verdict.differences


def test_every_convention_has_a_rule_on_both_sides_and_changes_one_thing():
    for convention in NAMED:
        switched = [
            field for field, value in vars(convention).items() if value is True and getattr(PARLEY, field) is False
        ]
        assert convention.ours, convention.name
        assert convention.theirs, convention.name
        assert len(switched) == 1


@pytest.mark.parametrize(
    ("kind", "fields", "outcome", "words"),
    [
        pytest.param(
            "elapsed",
            {"calendar": WEEK, "start": "2026-10-05T09:00:00", "end": "2026-10-05T10:00:00", "expected_seconds": 1},
            Outcome.FAILED, "seconds: expected 1, ours 3600", id="a wrong figure",
        ),
        pytest.param("horoscope", {"expected": 7}, Outcome.FAILED, "“horoscope”", id="a kind that nobody knows"),
        pytest.param(
            "ticket_metrics", {"expected": 7}, Outcome.NOT_OFFERED, "A mean hides the long ones", id="a listed kind"
        ),
        pytest.param(
            "is_open", {"calendar": WEEK, "at": "2026-10-05T09:00:00", "expected": True, "expected_mood": "good"},
            Outcome.FAILED, "mood: expected good, ours not a figure of this kind", id="a figure that we do not make",
        ),
        pytest.param(
            "elapsed", {"calendar": WEEK, "start": "2026-10-05T09:00:00", "expected_seconds": 1},
            Outcome.FAILED, "“end” is missing", id="a missing field",
        ),
        pytest.param(
            "elapsed", {"calendar": WEEK, "start": "yesterday", "end": "today", "expected_seconds": 1},
            Outcome.FAILED, "“yesterday” is not a time", id="no time",
        ),
        pytest.param(
            "is_open", {"calendar": {"timezone": "Mars/Base"}, "at": "2026-10-05T09:00:00", "expected": True},
            Outcome.FAILED, "“Mars/Base” is not a time zone", id="no zone",
        ),
        pytest.param(
            "is_open", {"calendar": {**WEEK, "weekly": {"someday": []}}, "at": "2026-10-05T09:00:00", "expected": True},
            Outcome.FAILED, "names days other than", id="no weekday",
        ),
        pytest.param(
            "sla_clock",
            {"opened": "2026-10-05T09:00:00", "target": {"number": 1, "unit": "moon"}, "expected_due": "2026-10-05"},
            Outcome.FAILED, "counted in “moon”", id="no unit",
        ),
        pytest.param(
            "rounding", {"value": "many", "decimals": 2, "expected": 1}, Outcome.FAILED, "cannot be read",
            id="no number",
        ),
        pytest.param(
            "is_open", {"calendar": WEEK, "at": "2026-10-05T09:00:00"}, Outcome.FAILED, "it expects nothing",
            id="nothing expected",
        ),
    ],
)  # fmt: skip
def test_what_does_not_pass_says_why(kind, fields, outcome, words):
    verdict = verdict_of(kind, **fields)

    assert verdict.outcome is outcome
    assert words in " ".join(verdict.differences)


def test_one_wrong_figure_fails_the_run_and_the_others_are_still_told(file_of):
    fields = {"calendar": WEEK, "start": "2026-10-05T09:00:00", "end": "2026-10-05T10:00:00"}
    right, wrong = (case("elapsed", **fields, expected_seconds=seconds) for seconds in (3600, 3601))

    text, status = run(file_of(wrong, right))

    assert status == 1
    assert text.splitlines()[-1] == "1 of 2"
    assert "one (elapsed): failed\n    seconds: expected 3601, ours 3600" in text


def test_a_file_without_cases_proves_nothing(file_of):
    assert run(file_of())[1] == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "holds no list of cases"),
        ("{", "is not JSON"),
        ('{"cases": [{"id": "x"}]}', "case 1 is not an object with a “kind”"),
        (None, "cannot be opened"),
    ],
)
def test_a_file_that_is_no_file_of_cases_is_refused(tmp_path, content, message):
    path = tmp_path / "cases.json"
    if content is not None:
        path.write_text(content)

    with pytest.raises(CommandError, match=message):
        call_command("conformance", str(path), stdout=StringIO())


def test_the_adapter_knows_no_case_source_or_project():
    names = {each.id.rpartition("-")[0] for each in reading.read_cases(CASES)} - {"openslo"}
    code = "".join(path.read_text() for path in Path(verdicts.__file__).parent.glob("*.py"))

    assert [name for name in names if name in code] == []
    assert ".source" not in code
