"""A YAML file is hostile until it is read: limits first, plain values only, and each refusal says where."""

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.importers.documents import MOST_DEPTH, MOST_VALUES, read_documents
from catalog.importers.files import UnusableFile
from slas.importers.openslo.reading import read_openslo

LAUGHS = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1), "nested more than", id="depth"),
        pytest.param(b"[" * 100_000, "nested more than", id="depth without end"),
        pytest.param(b"a: [" + b"1," * MOST_VALUES + b"]", "more than 50,000 values", id="values"),
        pytest.param(b"a: 1\na: 2", "Line 2 is not plain YAML (“a” stands twice)", id="a key twice"),
        pytest.param(b"a: !!python/object/apply:os.system [id]", "is not plain YAML", id="objects"),
        pytest.param(b"a: !secret x", "Line 1 is not plain YAML", id="tags"),
        pytest.param(b"{[1]: 2}", "is not plain YAML", id="lists as keys"),
        pytest.param(b"a: 2026-13-45", "is not plain YAML", id="no date"),
        pytest.param(b"a: " + b"9" * 5_000, "is not plain YAML", id="a number of 5,000 digits"),
        pytest.param(b"a: 0x" + b"f" * 5_000, "Line 1 is not plain YAML", id="one in another base"),
        pytest.param(b"a: 1" + b":59" * 9_000, "is too long for a number", id="one of very many sixtieths"),
        pytest.param(b"a: 1" + b":59" * 9_000 + b".5", "is too long for a number", id="and a part"),
        pytest.param(b"a: [1\nb: 2", "Line 2 is not plain YAML", id="a bracket left open"),
        pytest.param(b"\xff\xfe\x00", "Line 1 holds bytes that are not UTF-8", id="bytes"),
        pytest.param(b"a: \x07", "control character", id="control characters"),
        pytest.param(b"# nothing\n---\n", "holds no object", id="nothing"),
        pytest.param(b"just words", "Document 1 is no object with fields", id="words"),
        pytest.param(b"- 1\n- 2", "Document 1 is no object with fields", id="numbers"),
    ],
)
def test_what_is_no_plain_file_is_refused_with_its_place(content, words):
    with pytest.raises(UnusableFile) as refused:
        read_documents(content)

    assert words in str(refused.value)


def test_an_alias_is_refused_in_one_sentence():
    with pytest.raises(UnusableFile) as refused:
        read_documents(LAUGHS)

    assert str(refused.value) == "Line 2 uses an alias (*a). Write out what it stands for."


def test_documents_and_lists_of_objects_are_numbered_from_the_top():
    documents = read_documents(b"a: 1\n---\n- b: 2\n- c: 3\n---\n")

    assert [(each.number, each.body) for each in documents] == [(1, {"a": 1}), (2, {"b": 2}), (3, {"c": 3})]


@pytest.mark.parametrize(
    ("body", "path", "what"),
    [
        ("apiVersion: openslo/v1alpha\nkind: SLO", "apiVersion", "“openslo/v1alpha” is not read here"),
        ("apiVersion: openslo/v1\nkind: Wish", "kind", "“Wish” is not known"),
        ("apiVersion: openslo/v1\nkind: SLO\nmetadata: x", "metadata", "“x” has no fields"),
        ("apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: no}", "metadata.name", "“False” is not text"),
        ("apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: a}", "spec", "This is missing"),
        ("apiVersion: openslo/v1\nkind: SLI\nmetadata: {name: a}\nspec: {}", "spec", "One of thresholdMetric"),
        ("apiVersion: openslo/v1\nkind: Service\nmetadata: {name: ...}", "metadata.name", "no letters or digits"),
        ("apiVersion: openslo/v1\nkind: Service\nmetadata: {name: a}", "kind", "No promise can be made"),
    ],
)
def test_a_bad_object_is_refused_by_document_and_path(body, path, what):
    report = read_openslo(body.encode(), columns=frozenset()).report

    assert any(each.path == path and what in each.what and each.document == 1 for each in report.problems)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=3),
    max_leaves=6,
)
GOOD = {"metricSource": {"metricSourceRef": "db", "type": "SQL", "spec": {"query": "count"}}}
WHOLE: list[dict[str, Any]] = [
    {"apiVersion": "openslo/v1", "kind": "DataSource", "metadata": {"name": "db"}, "spec": {"type": "SQL"}},
    {"apiVersion": "openslo/v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"description": "Of use"}},
    {
        "apiVersion": "openslo/v1",
        "kind": "SLI",
        "metadata": {"name": "sli", "annotations": {"parley/facts": "cases", "parley/measured_since": "2026-01-01"}},
        "spec": {"ratioMetric": {"counter": True, "good": GOOD, "total": copy.deepcopy(GOOD)}},
    },
    {
        "apiVersion": "openslo/v1",
        "kind": "SLO",
        "metadata": {"name": "slo", "annotations": {"parley/kind": "cases", "parley/limit": "2"}},
        "spec": {
            "service": "web",
            "indicatorRef": "sli",
            "timeWindow": [
                {"duration": "1M", "calendar": {"startTime": "2026-01-01", "timeZone": "UTC"}, "isRolling": False}
            ],
            "budgetingMethod": "Occurrences",
            "objectives": [{"op": "lte", "value": 1, "target": 0.9}],
        },
    },
]


def places(value, before=()):
    """Each place inside a document, as the keys that lead there."""
    found = [before]
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        found += places(each, (*before, key))
    return found


PLACES = places(WHOLE)[1:]


@settings(max_examples=60)
@given(place=st.sampled_from(PLACES), instead=ANYTHING)
def test_whatever_stands_anywhere_is_told_and_breaks_nothing(place, instead):
    changed = copy.deepcopy(WHOLE)
    around = changed
    for key in place[:-1]:
        around = around[key]
    around[place[-1]] = instead
    try:
        file = read_openslo(yaml.safe_dump_all(changed).encode(), columns=frozenset({"kind", "limit"}))
    except UnusableFile:
        return
    assert file.promises or file.report.problems


def test_the_whole_file_has_nothing_wrong():
    file = read_openslo(yaml.safe_dump_all(WHOLE).encode(), columns=frozenset({"kind", "limit"}))

    assert file.report.problems == []
    assert [each.cells["limit"] for each in file.promises] == ["2"]


def test_the_same_name_twice_is_refused():
    service = "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: web}\n"

    report = read_openslo(f"{service}---\n{service}".encode(), columns=frozenset()).report

    assert [(each.document, each.path) for each in report.problems] == [(2, "metadata.name")]
