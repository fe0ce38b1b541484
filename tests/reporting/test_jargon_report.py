"""The search for technical words against sentences that were marked by hand."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

FOLDER = Path(__file__).resolve().parents[1] / "data" / "wording"
POD = {"text": "pods", "start": 4, "end": 8, "kind": "term", "plain": "running copies", "in_seed_glossary": True}
ITEM = {
    "id": "one",
    "text": "The pods of the server were restarted.",
    "group": "technical",
    "trick": False,
    "labels": {"jargon": [POD], "borderline": [{"text": "server", "start": 16, "end": 22}]},
}
QUIET = {"id": "two", "text": "The peas arrived on Monday.", "group": "business", "labels": {"jargon": []}}


def run(path):
    out = StringIO()
    try:
        call_command("jargon_report", str(path), stdout=out)
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


def labelled(**labels):
    return ITEM | {"labels": ITEM["labels"] | labels}


@pytest.mark.parametrize(
    ("name", "sentences"), [("jargon_sentences.json", 160), ("jargon_further.json", 300)], ids=["given", "of our own"]
)
def test_technical_words_are_found_as_people_marked_them(name, sentences):
    text, status = run(FOLDER / name)
    lines = text.splitlines()
    names, figures = zip(*(line.rsplit(" ", 1) for line in lines[:6]), strict=True)

    assert status == 0
    assert names == (
        *("overall precision", "overall recall", "seed glossary precision", "seed glossary recall"),
        *("outside it precision", "outside it recall"),
    )
    assert min(map(float, figures)) >= 0.9
    assert f"Sentences: {sentences}; refused: 0." in lines
    assert lines[-1].endswith(f" of {sentences}")


def test_business_sentences_are_left_alone():
    lines = run(FOLDER / "jargon_sentences.json")[0].splitlines()

    assert "Tricky business sentences falsely flagged: 0 of 40." in lines
    assert "Other business sentences falsely flagged: 0 of 40." in lines


@pytest.mark.parametrize(
    ("items", "status", "last", "mistake"),
    [
        pytest.param([ITEM, QUIET], 0, "2 of 2", "", id="as labelled"),
        pytest.param([labelled(jargon=[])], 1, "0 of 1", "one: told without a label: “pods” (term)", id="too many"),
        pytest.param(
            [labelled(jargon=[POD, POD | {"text": "were", "start": 23, "end": 27}])],
            1,
            "0 of 1",
            "one: overlooked: “were” (term, in the seed glossary)",
            id="too few",
        ),
        pytest.param(
            [labelled(jargon=[], borderline=[{"start": 4, "end": 8}])],
            0,
            "1 of 1",
            "",
            id="borderline words do not count",
        ),
        pytest.param(
            [ITEM] * 19 + [labelled(jargon=[]) | {"group": "business", "trick": True}],
            1,
            "19 of 20",
            "Tricky business sentences falsely flagged: 1 of 1.",
            id="a false alarm in a tricky one",
        ),
        pytest.param([], 1, "0 of 0", "", id="nothing shows nothing"),
    ],
)
def test_each_mistake_is_told(file_of, items, status, last, mistake):
    text, code = run(file_of(*items))

    assert (code, text.splitlines()[-1]) == (status, last)
    assert mistake in text


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("text", "row 2, item: is no object"),
        (ITEM | {"text": " "}, "row 2, text: is no text"),
        (ITEM | {"labels": None}, "row 2, labels: is no object"),
        (ITEM | {"group": ["x"]}, "row 2, group: “['x']” is none of technical, business"),
        (ITEM | {"trick": "yes"}, "row 2, trick: is neither true nor false"),
        (labelled(jargon={}), "row 2, labels.jargon: is no list"),
        (labelled(jargon=[POD | {"kind": "slang"}]), "row 2, labels.jargon: “slang” is none of term, acronym"),
        (labelled(jargon=[POD | {"in_seed_glossary": 1}]), "row 2, labels.jargon: in_seed_glossary is neither"),
        (labelled(jargon=[POD | {"end": 99}]), "row 2, labels.jargon: “{'text': 'pods',"),
        (labelled(jargon=[POD | {"start": True}]), "row 2, labels.jargon: “{'text': 'pods',"),
        (
            labelled(borderline=[{"text": "x", "start": 0, "end": 1}]),
            "row 2, labels.borderline: “x” does not stand at 0",
        ),
    ],
)
def test_a_bad_sentence_is_refused_by_place_and_field_and_no_other_is_lost(file_of, item, message):
    text, code = run(file_of(ITEM, item, ITEM))

    assert code == 1
    assert "Sentences: 2; refused: 1." in text
    assert message in text


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"items": 5}', b"\xff\xfe{}"])
def test_a_file_that_holds_no_sentences_is_refused_by_name(tmp_path, content):
    path = tmp_path / "labels.json"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=r"labels\.json"):
        call_command("jargon_report", str(path))


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(CommandError, match=r"none\.json cannot be opened"):
        call_command("jargon_report", str(tmp_path / "none.json"))
