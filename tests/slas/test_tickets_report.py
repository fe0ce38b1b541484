"""Which cases of a published ticket log made their SLA, recomputed from opening and closing."""

import csv
import gzip
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from slas.importers.ticket_flags import COLUMNS

FILE = Path(__file__).resolve().parents[2] / "demo" / "data" / "uci_incident_events.csv.gz"
# Opened on a Monday at 07:00: with fifteen hours a day, 220 of them end on the Friday of the third week at 17:00.
ROW = {
    "number": "INC1", "opened_at": "29/2/2016 07:00", "closed_at": "18/3/2016 17:00", "priority": "4 - Low",
    "made_sla": "true",
}  # fmt: skip


def run(path):
    out = StringIO()
    try:
        call_command("tickets_report", str(path), stdout=out)
    except SystemExit as stop:
        return out.getvalue().splitlines(), stop.code
    return out.getvalue().splitlines(), 0


@pytest.fixture
def file_of(tmp_path):
    def write(*rows):
        path = tmp_path / "log.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, COLUMNS)
            writer.writeheader()
            writer.writerows(ROW | row for row in rows)
        return path

    return write


def test_the_flags_of_a_published_log_are_reproduced():
    lines, status = run(FILE)

    assert status == 0
    assert "4 - Low (Monday to Friday 07:00 to 22:00, 220 service hours): 499 of 499 flags reproduced." in lines
    assert "3 - Moderate (Monday to Friday 11:00 to 24:00, 87 service hours): 14664 of 14689 flags reproduced." in lines
    assert "1 - Critical: no calendar is known for it; 162 cases are not judged." in lines
    assert "2 - High: no calendar is known for it; 251 cases are not judged." in lines
    assert lines[-1] == "15163 of 15188"


@pytest.mark.parametrize(
    ("row", "said", "status"),
    [
        pytest.param({}, "1 of 1", 0, id="exactly at the limit is in time"),
        pytest.param({"closed_at": "18/3/2016 17:01"}, "0 of 1", 1, id="a minute later is not"),
        pytest.param({"closed_at": "18/3/2016 17:01", "made_sla": "false"}, "1 of 1", 0, id="and the log may say so"),
        pytest.param({"priority": "1 - Critical"}, "0 of 0", 1, id="nothing to judge proves nothing"),
    ],
)
def test_one_case(file_of, row, said, status):
    lines, code = run(file_of(row))

    assert (lines[-1], code) == (said, status)


def test_of_several_updates_the_last_is_the_final_state(file_of):
    lines, status = run(file_of({"made_sla": "false", "closed_at": "?"}, {}))

    assert (lines[-1], status) == ("1 of 1", 0)


def test_a_case_that_is_not_reproduced_is_named(file_of):
    lines, status = run(file_of({}, {"number": "INC2", "made_sla": "false"}))

    assert status == 1
    assert "  not reproduced: INC2" in lines


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"closed_at": "?"}, "row 3, closed_at: “?” is not a time such as 29/2/2016 01:16"),
        ({"closed_at": "1/2/2016 00:00"}, "row 3, closed_at: “1/2/2016 00:00” is before opened_at, “29/2/2016 07:00”"),
        ({"opened_at": "2016-02-29"}, "row 3, opened_at: “2016-02-29” is not a time such as 29/2/2016 01:16"),
        ({"made_sla": "yes"}, "row 3, made_sla: “yes” is neither true nor false"),
        ({"priority": ""}, "row 3, priority: is empty"),
    ],
)
def test_a_bad_row_is_refused_by_row_and_field_and_no_other_is_lost(file_of, row, message):
    lines, status = run(file_of({}, {"number": "INC2"} | row, {"number": "INC3"}))

    assert status == 1
    assert f"  {message}" in lines
    assert lines[-1] == "2 of 2"


@pytest.mark.parametrize("content", [None, gzip.compress(b"a,b", mtime=0)[:8], b"a,b\n1,2\n"])
def test_a_file_that_is_no_such_log_is_refused_by_name(tmp_path, content):
    path = tmp_path / "log.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=r"log\.csv"):
        call_command("tickets_report", str(path))
