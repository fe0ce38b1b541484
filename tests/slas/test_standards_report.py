"""The service standards that the Government of Canada published for 2023-2024, recomputed."""

import csv
import gzip
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from slas.importers.service_standards import COLUMNS, Lacking, parse_standards
from slas.importers.tables import read_file

FILE = Path(__file__).resolve().parents[1] / "data" / "catalog" / "canada_service_standards.csv.gz"
ROW = dict.fromkeys(COLUMNS, "") | {
    "service_id": "7", "service_standard_id": "70", "target": "0.9", "volume_meeting_target": "9",
    "total_volume": "10", "performance": "0.9", "target_met": "Y",
}  # fmt: skip


def run(path):
    out = StringIO()
    try:
        call_command("standards_report", str(path), stdout=out)
    except SystemExit as stop:
        return out.getvalue(), stop.code
    return out.getvalue(), 0


@pytest.fixture
def file_of(tmp_path):
    def write(*rows):
        path = tmp_path / "standards.csv"
        with path.open("w", newline="", encoding="utf-8-sig") as stream:
            writer = csv.DictWriter(stream, COLUMNS)
            writer.writeheader()
            writer.writerows(ROW | row for row in rows)
        return path

    return write


def test_the_published_figures_are_reproduced():
    text, status = run(FILE)

    assert status == 0
    assert text.splitlines()[-1] == "2446 of 2446"
    assert "Performances within 0.00005 of the published: 1231 of 1231." in text
    assert "Verdicts equal on the published 4 decimals: 1215 of 1215." in text
    assert "Not judged: 425 (34 no numerator, 16 no target, 375 no volume)." in text


def test_rows_that_rounding_made_look_met_are_printed_by_id():
    text, _ = run(FILE)
    after = text.partition("although the rounded figure is met: 5.\n")[2].splitlines()[:5]

    assert [line.split(":")[0].strip() for line in after] == ["522", "1337", "2552", "1541", "3536"]


def test_more_met_than_counted_is_a_warning_and_never_clipped():
    text, _ = run(FILE)
    standards = parse_standards(read_file(FILE, COLUMNS)).items

    assert "Warning, more met than counted (kept as published, not clipped): 8." in text
    assert max(each.share for each in standards if each.share is not None) == Fraction(52, 33)


@pytest.mark.parametrize(
    ("row", "status", "last"),
    [
        pytest.param({}, 0, "2 of 2", id="as published"),
        pytest.param({"performance": "0.9001"}, 1, "1 of 2", id="another performance"),
        pytest.param({"target_met": "N"}, 1, "1 of 2", id="another verdict"),
        pytest.param({"target_met": "NA"}, 0, "1 of 1", id="no verdict published"),
        pytest.param({"total_volume": "", "target_met": "NA"}, 1, "0 of 0", id="nothing to compare"),
    ],
)
def test_one_row(file_of, row, status, last):
    text, code = run(file_of(row))

    assert (code, text.splitlines()[-1]) == (status, last)


@pytest.mark.parametrize(
    ("row", "lacking"),
    [
        ({"total_volume": ""}, Lacking.VOLUME),
        ({"total_volume": "0"}, Lacking.VOLUME),
        ({"volume_meeting_target": ""}, Lacking.NUMERATOR),
        ({"target": ""}, Lacking.TARGET),
        ({"target": "0"}, Lacking.TARGET),
        ({}, None),
    ],
)
def test_what_a_standard_lacks_to_be_judged(file_of, row, lacking):
    (standard,) = parse_standards(read_file(file_of(row), COLUMNS)).items

    assert standard.lacking is lacking
    assert (standard.is_met is None) == (lacking is not None)


def test_our_verdict_is_exact_and_the_published_one_is_on_four_decimals(file_of):
    rows = {"volume_meeting_target": "7973", "total_volume": "8859", "performance": "0.9"}

    (standard,) = parse_standards(read_file(file_of(rows), COLUMNS)).items

    assert (standard.is_met, standard.is_met_as_published) == (False, True)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"target": "95"}, "row 3, target: “95” is not a share from 0 to 1"),
        ({"target": "high"}, "row 3, target: “high” is not a number"),
        ({"total_volume": "-1"}, "row 3, total_volume: “-1” is not a count"),
        ({"total_volume": "1.5"}, "row 3, total_volume: “1.5” is not a count"),
        ({"target_met": "maybe"}, "row 3, target_met: “maybe” is neither Y, N nor NA"),
        ({"service_id": ""}, "row 3, service_id: is empty"),
        ({"performance": "NaN"}, "row 3, performance: “NaN” is not a number"),
    ],
)
def test_a_bad_row_is_refused_by_row_and_field_and_no_other_is_lost(file_of, row, message):
    text, status = run(file_of({}, row, {}))

    assert status == 1
    assert "Standards read: 2; rows refused: 1." in text
    assert message in text
    assert text.splitlines()[-1] == "4 of 4"


def test_a_file_without_the_columns_is_refused(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")

    with pytest.raises(CommandError, match="the columns fiscal_yr, service_id"):
        call_command("standards_report", str(path))


@pytest.mark.parametrize("content", [None, gzip.compress(b"a,b", mtime=0)[:8], b"\xff\xfe\xff"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, content):
    path = tmp_path / "standards.csv.gz"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=r"standards\.csv\.gz"):
        call_command("standards_report", str(path))
