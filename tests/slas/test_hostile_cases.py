"""Files of cases that somebody else wrote: whatever one of them says, each other case is judged, and nothing breaks."""

import json
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from slas.importers.conformance.reading import read_cases
from slas.importers.conformance.verdicts import Outcome, judge

RIGHT = {
    "id": "right", "kind": "elapsed", "start": "2026-10-05T09:00:00Z", "end": "2026-10-05T10:00:00Z",
    "expected_seconds": 3600,
}  # fmt: skip
DEEP = sys.getrecursionlimit() - 300


def nested(depth):
    return "[" * depth + "]" * depth


@pytest.fixture
def file_of(tmp_path):
    """file_of(text) is a file with a case as it is written, and the right one."""

    def write(text):
        path = tmp_path / "cases.json"
        path.write_text(f'{{"cases": [{text}, {json.dumps(RIGHT)}]}}')
        return path

    return write


HOSTILE = [
    pytest.param('"kind": "rounding", "value": 1e9999999, "decimals": 2, "expected": 1', "value", id="endless"),
    pytest.param('"kind": "rounding", "value": "1e-999999999", "decimals": 2, "expected": 1', "value", id="as text"),
    pytest.param('"kind": "rounding", "value": NaN, "decimals": 2, "expected": 1', "“value” is NaN", id="NaN"),
    pytest.param('"kind": "rounding", "value": -Infinity, "decimals": 2, "expected": 1', "no number", id="infinite"),
    pytest.param(
        '"kind": "rounding", "value": 1, "decimals": 999999999999, "expected": 1', "“decimals” is not", id="decimals"
    ),
    pytest.param('"kind": "rounding", "value": 1, "decimals": 2, "expected": "x"', "cannot be read", id="no figure"),
    pytest.param('"kind": "rounding", "value": 1, "decimals": 2, "expected": {}', "cannot be read", id="an object"),
    pytest.param(
        '"kind": "rounding", "value": "1/0", "decimals": 2, "expected": 1', "cannot be read: ZeroDivision", id="1/0"
    ),
    pytest.param(
        '"kind": "elapsed", "start": 99999999999999, "end": 999999999999999, "expected_seconds": 1', "cannot be read",
        id="a year without a calendar",
    ),
    pytest.param(
        '"kind": "elapsed", "start": 1000000000000000000000000000000, "end": 0, "expected_seconds": 1',
        "cannot be read", id="more seconds than a machine counts",
    ),
    pytest.param(
        '"kind": "due_business_days", "start": "2026-10-05T09:00:00Z", "add_days": 0.5, "expected_end": 1',
        "“add_days” is not a whole number", id="half a day",
    ),
    pytest.param(
        '"kind": "periods", "start": "2026-10-05T09:00:00Z", "count": 1000000000000, "expected_periods": []',
        "“count” is not a whole number from 0 to 10,000", id="periods without end",
    ),
    pytest.param(
        '"kind": "composite", "window": [0, 60], "expected_percent": 1, "tree": '
        + '{"parts": [' * (DEEP // 2) + '{"name": "a", "down": []}' + "]}" * (DEEP // 2),
        "", id="a tree deeper than any stack",
    ),
    pytest.param(f'"kind": "elapsed", "start": {nested(DEEP)}, "end": 1, "expected_seconds": 1', "", id="deep lists"),
    pytest.param('"kind": "elapsed", "start": "\\ud800", "end": 1, "expected_seconds": 1', "not a time", id="no text"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "said"), HOSTILE)
def test_a_case_that_cannot_be_fails_by_itself_and_names_its_field(file_of, case, said):
    bad, right = (judge(each) for each in read_cases(file_of(f'{{"id": "bad", {case}}}')))

    assert (bad.outcome, right.outcome) == (Outcome.FAILED, Outcome.PASSED)
    assert said in " ".join(bad.differences)


def test_nothing_that_a_file_says_steers_the_terminal(file_of):
    path, out = file_of(r'{"id": "bad\u001b[2J\u202e\nright (elapsed): passed \ud800", "kind": "x"}'), StringIO()

    with pytest.raises(SystemExit):
        call_command("conformance", str(path), stdout=out)

    said = out.getvalue()
    assert said.encode()
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert [line for line in said.splitlines() if line.startswith("right")] == ["right (elapsed): passed"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "is not JSON", id="empty"),
        pytest.param(b'{"cases": "\xff\xfe"}', "is not JSON", id="not UTF-8"),
        pytest.param(b"[" * 100_000, "is not JSON", id="deeper than any stack"),
        pytest.param(b'{"cases": {"id": 1}}', "holds no list of cases", id="an object"),
        pytest.param(b'{"cases": [[]]}', "case 1 is not an object with a", id="a list"),
        pytest.param(b'{"cases": [{"kind": 7}]}', "case 1 is not an object with a", id="no kind"),
    ],
)
def test_what_is_no_file_of_cases_is_refused_in_words(tmp_path, content, said):
    path = tmp_path / "cases.json"
    path.write_bytes(content)

    with pytest.raises(CommandError) as error:
        call_command("conformance", str(path), stdout=StringIO())

    assert str(error.value).startswith(f"{path}: {said}")


def test_a_folder_or_a_link_that_leads_nowhere_is_refused_in_words(tmp_path):
    (tmp_path / "link.json").symlink_to(tmp_path / "gone.json")

    for path, said in ((tmp_path, "Is a directory"), (tmp_path / "link.json", "No such file")):
        with pytest.raises(CommandError, match=f"cannot be opened .{said}"):
            call_command("conformance", str(path), stdout=StringIO())
