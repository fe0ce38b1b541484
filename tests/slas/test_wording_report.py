"""The ambiguity check against published and written promises that were labelled by hand."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

FOLDER = Path(__file__).resolve().parents[1] / "data" / "wording"
FILE = FOLDER / "wording_targets.json"
ITEM = {
    "id": "one", "service_name": "Permits", "type": "TML", "text": "Answer letters within 30 days.", "target": 0.9,
    "labels": {
        "clear": False, "contested": False, "missing": ["calendar"], "day_kind": "unstated",
        "vague_spans": [{"start": 22, "end": 29}], "threshold": {"value": 30, "unit": "day"},
    },
}  # fmt: skip


def run(path):
    out = StringIO()
    try:
        call_command("wording_report", str(path), stdout=out)
    except SystemExit as stop:
        return out.getvalue(), stop.code
    return out.getvalue(), 0


@pytest.fixture
def file_of(tmp_path):
    def write(*items):
        path = tmp_path / "labels.json"
        path.write_text(json.dumps({"items": items}), encoding="utf-8")
        return path

    return write


def test_the_check_agrees_with_the_labels_of_the_corpus():
    text, status = run(FILE)
    lines = text.splitlines()
    names, figures = zip(*(line.rsplit(" ", 1) for line in lines[:6]), strict=True)

    assert status == 0
    assert names == (
        *("not clear precision", "not clear recall", "vague precision", "vague recall"),
        *("missing parts precision", "missing parts recall"),
    )
    assert min(map(float, figures[:4])) >= 0.95
    assert min(map(float, figures[4:])) >= 0.9
    assert lines[6] == "Sentences: 162; contested, told apart: 38; refused: 0."
    assert lines[-1].endswith(" of 162")


@pytest.mark.parametrize(
    ("name", "counted"), [("published_further.json", "Sentences: 450;"), ("written_further.json", "Sentences: 894;")]
)
def test_the_check_agrees_with_the_labels_of_further_sentences(name, counted):
    text, status = run(FOLDER / name)
    lines = text.splitlines()

    assert status == 0
    assert min(float(line.rsplit(" ", 1)[1]) for line in lines[:4]) >= 0.95
    assert min(float(line.rsplit(" ", 1)[1]) for line in lines[4:6]) >= 0.9
    assert lines[6].startswith(counted)
    assert lines[6].endswith("refused: 0.")


def labelled(**labels):
    return ITEM | {"labels": ITEM["labels"] | labels}


@pytest.mark.parametrize(
    ("item", "status", "last", "mistake"),
    [
        pytest.param(ITEM, 0, "1 of 1", "", id="as labelled"),
        pytest.param(labelled(clear=True), 1, "0 of 1", "one: said not clear, labelled clear", id="another verdict"),
        pytest.param(labelled(missing=[]), 1, "0 of 1", "one: said missing: calendar", id="a part too many"),
        pytest.param(
            labelled(missing=["calendar", "share"]), 1, "0 of 1", "one: missing overlooked: share", id="a part too few"
        ),
        pytest.param(
            labelled(vague_spans=[{"start": 0, "end": 6}]),
            1,
            "0 of 1",
            "one: vague words overlooked: “Answer”",
            id="words",
        ),
        pytest.param(
            labelled(vague_spans=[]), 1, "0 of 1", "one: vague without a label: “30 days”", id="words without a label"
        ),
        pytest.param(
            labelled(day_kind="working"), 0, "0 of 1", "one: days unstated, labelled working", id="kind of days"
        ),
        pytest.param(labelled(threshold=None), 0, "0 of 1", "one: threshold 30 day, labelled none", id="first limit"),
    ],
)
def test_each_mistake_is_told(file_of, item, status, last, mistake):
    text, code = run(file_of(item))

    assert (code, text.splitlines()[-1]) == (status, last)
    assert mistake in text


def test_contested_sentences_are_told_apart_and_do_not_count(file_of):
    text, code = run(file_of(ITEM, labelled(contested=True, clear=True)))

    assert (code, text.splitlines()[-1]) == (0, "1 of 1")
    assert "Contested sentences:\n  not clear precision 0.00\n" in text


def test_words_without_positions_are_looked_for(file_of):
    labels = {name: value for name, value in ITEM["labels"].items() if name != "vague_spans"} | {"vague": ["30 days"]}

    assert run(file_of(ITEM | {"labels": labels}))[1] == 0


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("text", "row 2, item: is no object"),
        (ITEM | {"text": 5}, "row 2, text: is no text"),
        (ITEM | {"text": " "}, "row 2, text: is empty"),
        (ITEM | {"target": 90}, "row 2, target: “90” is not a share from 0 to 1"),
        (ITEM | {"type": "XXX"}, "row 2, type: “XXX” is none of TML, ACS, ACY, OTH"),
        (ITEM | {"labels": None}, "row 2, labels: is no object"),
        (labelled(clear="yes"), "row 2, labels.clear: is neither true nor false"),
        (labelled(missing=["hours"]), "row 2, labels.missing: “hours” is no part of a frame: subject"),
        (
            labelled(vague_spans=[{"start": 20, "end": 99}]),
            "row 2, labels.vague_spans: “{'start': 20, 'end': 99}” is no",
        ),
        (labelled(threshold={"value": "30"}), "row 2, labels.threshold: “{'value': '30'}” has no value and unit"),
        (labelled(threshold={"value": float("inf"), "unit": "day"}), "row 2, labels.threshold: “{'value': inf,"),
        (ITEM | {"type": ["TML"]}, "row 2, type: “['TML']” is none of"),
        (labelled(missing=[["share"]]), "row 2, labels.missing: “['share']” is no part of a frame"),
        (labelled(vague_spans={}), "row 2, labels.vague_spans: is no list"),
        (labelled() | {"labels": {"clear": True, "missing": [], "vague": "soon"}}, "row 2, labels.vague: is no list"),
    ],
)
def test_a_bad_sentence_is_refused_by_place_and_field_and_no_other_is_lost(file_of, item, message):
    text, code = run(file_of(ITEM, item, ITEM))

    assert code == 1
    assert "Sentences: 2; contested, told apart: 0; refused: 1." in text
    assert message in text


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"items": 5}', b"\xff\xfe{}"])
def test_a_file_that_holds_no_sentences_is_refused_by_name(tmp_path, content):
    path = tmp_path / "labels.json"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=r"labels\.json"):
        call_command("wording_report", str(path))


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(CommandError, match=r"none\.json cannot be opened"):
        call_command("wording_report", str(tmp_path / "none.json"))
