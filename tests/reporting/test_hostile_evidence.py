"""Files of evidence that somebody else wrote: refused in words or found different, and nothing breaks."""

import json
import sys
from copy import deepcopy

import pytest
from django.core.management import CommandError, call_command

from reporting.importers.evidence import judge_file
from slas.calculation.kept import told_of, write_inputs
from slas.calculation.outcomes import attain
from slas.exports.evidence import FORMAT
from tests.slas.calculation.test_kept import orders

DEEP = sys.getrecursionlimit() - 300


def nested(depth):
    return "[" * depth + "]" * depth


@pytest.fixture(scope="module")
def figure():
    """The evidence of one figure, as it is downloaded."""
    inputs = orders()
    head = {"target": {"name": "Orders"}, "period": {"start": "2026-10-01"}, "attainment": 7, "revision": 1}
    return {"format": FORMAT} | head | told_of(attain(inputs)) | {"inputs": json.loads(write_inputs(inputs))}


@pytest.fixture
def file_of(figure, tmp_path):
    """file_of(way, text): the evidence with that JSON at that place."""

    def write(way, text):
        document = deepcopy(figure)
        place = document
        for name in way[:-1]:
            place = place[name]
        place[way[-1]] = "PLACE"
        path = tmp_path / "evidence.json"
        path.write_text(json.dumps(document).replace('"PLACE"', text))
        return path

    return write


INNER = ("inputs", "inputs")


def test_the_evidence_itself_is_equal(file_of):
    (judged,) = judge_file(file_of(("revision",), "1"))

    assert judged.checked.is_equal


@pytest.mark.parametrize(
    ("way", "text", "said"),
    [
        pytest.param((*INNER, "frame", "promise", "threshold"), '"1e-999999999"', "frame.promise.threshold", id="tiny"),
        pytest.param((*INNER, "frame", "promise", "threshold"), '"NaN"', "frame.promise.threshold", id="NaN as text"),
        pytest.param((*INNER, "frame", "promise", "threshold"), "NaN", "frame.promise.threshold", id="NaN"),
        pytest.param((*INNER, "frame", "promise", "threshold"), '"100.01"', "100.01", id="more than all"),
        pytest.param((*INNER, "frame", "promise", "minimum_coverage"), '"1/0"', "minimum_coverage", id="1/0"),
        pytest.param((*INNER, "frame", "promise", "decimals"), "9" * 30, "0 to 12", id="decimals without end"),
        pytest.param((*INNER, "frame", "now"), "Infinity", "frame.now", id="infinite"),
        pytest.param((*INNER, "frame", "span", 0), "-" + "9" * 30, "cannot be calculated", id="no such year"),
        pytest.param((*INNER, "frame", "zone"), '"../../etc/passwd"', "is not a time zone", id="a path as a zone"),
        pytest.param((*INNER, "frame", "zone"), "[]", "frame.zone", id="a list as a zone"),
        pytest.param((*INNER, "facts", "outages", 0, "end"), "5", "ends before it starts", id="reversed outage"),
        pytest.param((*INNER, "facts", "outages"), nested(DEEP), "facts.outages", id="deeper than a stack"),
        pytest.param(("inputs",), "[]", "“kind” and “inputs”", id="inputs as a list"),
        pytest.param(("inputs", "kind"), '"horoscope"', "availability or", id="a kind that nobody knows"),
        pytest.param(("proof", "rules_version"), "999", "version 999 of the counting rules", id="later rules"),
        pytest.param(("proof", "rules_version"), "[]", "version [] of the counting rules", id="rules as a list"),
    ],
)  # fmt: skip
def test_inputs_that_cannot_be_are_refused_by_their_place(file_of, way, text, said):
    (judged,) = judge_file(file_of(way, text))

    assert not judged.checked.is_equal
    assert said in judged.checked.refusal


@pytest.mark.parametrize(
    "text",
    [
        *(pytest.param(text, id=text) for text in ("NaN", "1e999", "{}", "null", "-1")),
        pytest.param(nested(DEEP), id="deeper than a stack"),
        pytest.param('"\\ud800"', id="no text"),
    ],
)
@pytest.mark.parametrize(
    "way",
    [
        ("status",),
        ("value",),
        ("records",),
        ("result", "lost_seconds"),
        ("proof", "lines"),
        ("proof", "lines", 0, "key"),
    ],
)
def test_what_is_told_otherwise_is_found_whatever_it_is(file_of, way, text, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("verify_evidence", str(file_of(way, text)))

    assert ended.value.code == 1
    assert f"    {way[0]}" in capsys.readouterr().out


def test_nothing_that_a_file_says_steers_the_terminal(file_of, capsys):
    call_command("verify_evidence", str(file_of(("target", "name"), r'"\u001b[2J\u202e\nOrders: equal \ud800"')))

    said = capsys.readouterr().out
    assert said.encode()
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "Orders: equal" not in said.splitlines()


def review(page):
    edition = {"unit": "Orders", "month": "2026-10", "number": 1}
    return {"format": FORMAT, "figures": [], "edition": edition, "page": page, "sums": []}


@pytest.mark.parametrize(
    "page",
    [
        pytest.param('{"figures": [], "chart": [], "head": "\\ud800"}', id="no text"),
        pytest.param(f'{{"figures": [], "chart": {nested(DEEP)}}}', id="deeper than a stack"),
        pytest.param('{"figures": [{"attainment_id": []}], "chart": []}', id="a list as a number"),
        pytest.param('{"figures": 7, "chart": []}', id="a number as a list"),
    ],
)
def test_a_page_that_is_no_page_is_refused_in_words(tmp_path, page):
    path = tmp_path / "review.json"
    path.write_text(json.dumps(review("PAGE")).replace('"PAGE"', page))

    with pytest.raises(CommandError, match="its page is not as an edition is written") as error:
        call_command("verify_evidence", str(path))

    assert str(error.value).startswith(f"{path}: ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "it is not JSON", id="empty"),
        pytest.param(b"\xff\xfe\x00", "it is not JSON", id="no text"),
        pytest.param(b"null", "it does not say", id="nothing"),
        pytest.param(b'{"format": "parley-evidence-2"}', "it does not say", id="a later format"),
        pytest.param(b'{"format": ["parley-evidence-1"]}', "it does not say", id="a list"),
        pytest.param(b'{"format": "parley-evidence-1", "figures": [null]}', "is missing", id="no figure"),
        pytest.param(b'{"format": "parley-evidence-1", "figures": "x"}', "not a list", id="no list"),
        pytest.param(b"9" * 5000, "it is not JSON", id="a number without end"),
    ],
)
def test_what_is_no_evidence_is_refused_in_words(tmp_path, content, said):
    path = tmp_path / "evidence.json"
    path.write_bytes(content)

    with pytest.raises(CommandError) as error:
        call_command("verify_evidence", str(path))

    assert str(error.value).startswith(f"{path}: ")
    assert said in str(error.value)


def test_a_link_is_followed_and_one_that_leads_nowhere_is_refused(file_of, tmp_path, capsys):
    (tmp_path / "link.json").symlink_to(file_of(("revision",), "1"))
    (tmp_path / "gone.json").symlink_to(tmp_path / "nothing.json")

    call_command("verify_evidence", str(tmp_path / "link.json"))
    for path, said in ((tmp_path, "Is a directory"), (tmp_path / "gone.json", "No such file")):
        with pytest.raises(CommandError, match=f"it cannot be read: {said}"):
            call_command("verify_evidence", str(path))

    assert capsys.readouterr().out.splitlines()[-1] == "1 of 1"
