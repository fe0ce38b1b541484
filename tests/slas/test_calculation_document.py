"""The document of the rules says what the code does."""

import re
from pathlib import Path

import pytest

from slas.calculation.conventions import NAMED
from slas.calculation.proof import RULES_VERSION
from slas.calculation.status import Status

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "calculation.md").read_text(encoding="utf-8")
SECTIONS = set(re.findall(r"^#{2,3} (\d+a?)\. ", DOCUMENT, flags=re.MULTILINE))


@pytest.mark.parametrize("convention", NAMED, ids=lambda convention: convention.name)
def test_each_convention_of_others_is_listed_with_the_rule_on_both_sides(convention):
    mark = "" if convention.is_offered else "not offered"

    assert f"| {convention.name} | {convention.ours} | {convention.theirs} | {mark} |" in DOCUMENT


@pytest.mark.parametrize("status", Status, ids=lambda status: status.value)
def test_each_status_is_listed_with_its_letter(status):
    assert f"| {status.value.replace('_', ' ')} | {status.letter} |" in DOCUMENT


def test_the_version_of_the_rules_is_stated():
    assert f"the version of these rules (now {RULES_VERSION})" in DOCUMENT


def test_sections_that_the_code_cites_exist():
    code = [*(ROOT / "slas").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    cited = {
        number
        for path in code
        for numbers in re.findall(
            r"calculation,\s+sections? ([\da, ]+(?:and \d+a?)?)", path.read_text(encoding="utf-8")
        )
        for number in re.findall(r"\d+a?", numbers)
    }

    assert len(cited) > 10
    assert cited - SECTIONS == set()
