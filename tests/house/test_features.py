"""The list of features is true: each path and each test that it names is there, and no id is missing."""

import re

import pytest

from tests.house import tree

DOCUMENT = "docs/features.md"
ROW = re.compile(r"^\| ([A-Z]\d+|volume) \| .+ \| `([^`]+)` \| `([^`:]+)::([^`]+)` \|$", re.MULTILINE)
VOLUME = "volume"  # how large numbers of facts are carried, which is no feature of its own
LATER = re.compile(r"^Later: (.+)", re.MULTILINE | re.DOTALL)
ID = re.compile(r"\b[PCLMRTVIA]\d+\b")
LAST = {"P": 10, "C": 10, "L": 18, "M": 15, "R": 10, "T": 9, "V": 8, "I": 5, "A": 10}
ROWS = ROW.findall(tree.text(DOCUMENT))


@pytest.mark.parametrize(("feature", "path", "file", "test"), ROWS, ids=[row[0] for row in ROWS])
def test_what_is_said_to_work_is_there_with_its_test(feature, path, file, test):
    assert (tree.ROOT / path).is_file()
    assert re.search(rf"^def {test}\(", tree.text(file), re.MULTILINE)


def test_each_id_stands_in_the_list_once():
    lines = [line for line in tree.text(DOCUMENT).splitlines() if line.startswith("| ")]
    later = ID.findall(LATER.search(tree.text(DOCUMENT))[1])
    known = [f"{letter}{number}" for letter, last in LAST.items() for number in range(1, last + 1)]

    assert len(lines) == len(ROWS) + 1, "a row cannot be read"
    assert sorted([row[0] for row in ROWS if row[0] != VOLUME] + later) == sorted(known)
