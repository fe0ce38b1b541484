"""The document of the rules says what the code does."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from doctest import DocTestParser, DocTestRunner
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from slas.calculation.conventions import BESIDE_OURS, NAMED
from slas.calculation.outcomes.others import NEXT_OPENING, PAUSES, PLANNED_WORK, ROUNDING
from slas.calculation.proof import RULES_VERSION
from slas.calculation.status import Status
from slas.forms.targets import TargetForm
from slas.models import MissingPolicy
from tests.slas.calculation import builders

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "calculation.md").read_text(encoding="utf-8")
SECTIONS = set(re.findall(r"^#{2,3} (\d+a?)\. ", DOCUMENT, flags=re.MULTILINE))

EXAMPLES = re.findall(r"^```python\n(.+?)^```", DOCUMENT, flags=re.MULTILINE | re.DOTALL)
# What an example may use without importing it: the short ways to write times and hours, and the figures themselves.
FILES = [path.relative_to(ROOT).with_suffix("") for path in sorted((ROOT / "slas" / "calculation").rglob("[a-z]*.py"))]
MODULES = [import_module(".".join(path.parts)) for path in FILES]
OWN = {
    name: value
    for module in MODULES
    for name, value in vars(module).items()
    if getattr(value, "__module__", "") == module.__name__
}
WORDS = (
    OWN
    | vars(builders)
    | {"date": date, "Decimal": Decimal, "ZoneInfo": ZoneInfo, "Fraction": Fraction, "replace": replace}
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_worked_example_gives_what_it_says(example):
    written: list[str] = []
    test = DocTestParser().get_doctest(example, dict(WORDS), "docs/calculation.md", None, None)

    results = DocTestRunner().run(test, out=written.append)

    assert (results.failed, "".join(written)) == (0, "")
    assert results.attempted > 0


@pytest.mark.parametrize("convention", NAMED, ids=lambda convention: convention.name)
def test_each_convention_of_others_is_listed_with_the_rule_on_both_sides(convention):
    assert f"| {convention.name} | {convention.ours} | {convention.theirs} | {convention.offer} |" in DOCUMENT


def test_what_is_offered_in_a_promise_names_the_field_where_it_is_agreed():
    labels = {str(field.label) for field in TargetForm.base_fields.values()}
    named = [re.findall(r"^agreed under “(.+?)”", each.offered_as) for each in NAMED]

    assert {label for found in named for label in found} - labels == set()
    assert sum(map(len, named)) == 5
    assert all(each.offered_as.startswith(("agreed under ", "told beside ")) for each in NAMED if each.offered_as)
    assert not any(each.offered_as and each.why_not for each in NAMED)


def test_what_is_offered_on_the_page_of_a_figure_stands_there():
    page = (ROOT / "templates" / "slas" / "as_others.html").read_text(encoding="utf-8")

    offered = {each.name for each in NAMED if each.offered_as == BESIDE_OURS}
    assert offered == {each.name for each in (ROUNDING, PLANNED_WORK, PAUSES, NEXT_OPENING)}
    assert re.findall(r"“(.+?)”", BESIDE_OURS) == re.findall(r"<summary>.*translate \"(.+?)\"", page)


@pytest.mark.parametrize("status", Status, ids=lambda status: status.value)
def test_each_status_is_listed_with_its_letter(status):
    assert f"| {status.value.replace('_', ' ')} | {status.letter} |" in DOCUMENT


def test_the_version_of_the_rules_is_stated():
    assert f"the version of these rules (now {RULES_VERSION})" in DOCUMENT


def test_what_time_without_data_may_count_as_is_the_list_of_the_agreement():
    table = DOCUMENT.partition("| policy, agreed per target |")[2].partition("\n\n")[0]
    named = re.findall(r"^\| ([^|(]+?)(?: \(default\))? \|", table, flags=re.MULTILINE)

    assert named == [str(label).lower() for label in MissingPolicy.labels]


@pytest.mark.parametrize(
    "name",
    [
        "first_answer",
        "net_promoters",
        "wilson_bound",
        "EARLIEST_CAUSE",
        "measure_flow",
        "measure_throughput",
        "measure_first_contact",
        "measure_backlog",
        "measure_deliveries",
        "measure_estimates",
        "start_clocks",
        "pooled_scores",
        "mean_of_percentages",
        "AGREED_NOT_TO_COUNT",
        "AGREED_HOURS",
    ],
)
def test_what_the_document_calls_unused_is_used_by_no_promise_and_no_report(name):
    product = [path for app in ("slas", "improvement", "reporting") for path in (ROOT / app).rglob("*.py")]
    naming = {
        path.relative_to(ROOT).as_posix()
        for path in product
        if re.search(rf"\b{name}\b", path.read_text(encoding="utf-8"))
    }
    apart = {path for path in naming if path.startswith(("slas/calculation/", "slas/importers/conformance/"))}

    assert (naming - apart, bool(apart)) == (set(), True)


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
