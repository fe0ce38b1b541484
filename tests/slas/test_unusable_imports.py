"""Files of others that cannot be imported, or not whole: what is wrong, where, and what to do."""

import csv
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from portal.tenancy.scope import tenant_scope
from slas.importers import upptime
from slas.models import Measure, Measurement
from tests.slas.test_importers import CHECKS, OUTAGES, STANDARDS, TICKETS, csv_line, head_of, written

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


CHECK_HEADING = ",".join(upptime.CHECK_COLUMNS) + "\n"
OUTAGE_HEADING = ",".join(upptime.OUTAGE_COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("2026-10-10T00:05:00Z,My Shop / é,Shop,up,200,30", "service: “My Shop / é” is no name", id="key"),
        pytest.param(f"2026-10-10T00:05:00Z,shop,{'S' * 191},up,200,30", "service_name: has 191", id="name"),
        pytest.param("2026-10-10T00:05:00Z,shop,Shop,up,200,1e400", "“1e400” is no response time", id="response"),
        pytest.param("2026-10-10T00:05:00Z,shop,Shop,up,9e30,30", "http_code: “9e30” is not a count", id="http code"),
        pytest.param("9000-10-10T00:05:00Z,shop,Shop,up,200,30", "far ahead; check the year", id="year 9000"),
        pytest.param("2026-10-10T00:10:00Z,shop,Shop,down,0,0", "row 3 says something else", id="contradiction"),
    ],
)
def test_a_check_that_cannot_be_kept_is_named_and_the_others_are_imported(tenant, tmp_path, capsys, line, told):
    times = ("2026-10-10T00:00:00Z", "2026-10-10T00:10:00Z", "2026-10-10T00:20:00Z")
    lines = [CHECK_HEADING, *(f"{time},shop,Shop,up,200,30\n" for time in times), line]
    checks = written(tmp_path, lines, "checks.csv")

    call_command("import_upptime", checks, written(tmp_path, [OUTAGE_HEADING], "outages.csv"), tenant="larkmoor")

    said = capsys.readouterr()
    assert said.err.splitlines()[-1].startswith("row 5, ")
    assert told in said.err
    with tenant_scope(tenant.pk):
        assert set(Measure.objects.values_list("slug", flat=True)) == {"shop-checks", "shop-outages"}
        assert Measurement.objects.count() == (2 if "says something else" in told else 3)


def test_a_volume_that_cannot_be_kept_is_named(tenant, tmp_path, capsys):
    row = csv_line(dict(next(csv.DictReader(head_of(STANDARDS, 2_000)))) | {"total_volume": "99999999999999999999"})
    path = written(tmp_path, [",".join(next(csv.reader(head_of(STANDARDS, 1)))) + "\n", row], "standards.csv")

    call_command("import_standards", path, tenant="larkmoor")

    assert "row 2, total_volume: “99999999999999999999” is not a count" in capsys.readouterr().err


def test_a_damaged_archive_is_said_to_be_one(tenant, tmp_path):
    content = bytearray(CHECKS.read_bytes())
    content[200:300] = bytes(100)
    path = tmp_path / "checks.csv.gz"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=r"checks\.csv\.gz is no such table"):
        call_command("import_upptime", path, OUTAGES, tenant="larkmoor")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        pytest.param({"measure": "My Shop / é"}, "because of its slug. Use small letters, digits", id="address"),
        pytest.param({"decider": "D" * 201}, "because of its who decides. Ensure this value has at most 200", id="who"),
        pytest.param({"decider": ""}, "because of its who decides. This field cannot be blank", id="nobody"),
    ],
)
def test_what_a_form_does_not_take_no_import_takes(tenant, tmp_path, options, told):
    path = written(tmp_path, head_of(TICKETS, 3), "log.csv")

    with pytest.raises(CommandError, match=f"larkmoor: The measure “.*” cannot be kept, {told}"):
        call_command("import_tickets", path, tenant="larkmoor", **options)


def test_rows_of_one_standard_and_year_that_disagree_are_named_and_the_others_are_imported(tenant, tmp_path, capsys):
    first = dict(next(csv.DictReader(head_of(STANDARDS, 2_000)))) | {"total_volume": "200"}
    others = [first | {"total_volume": "300"}, first | {"service_standard_id": "other"}, first]
    lines = [",".join(first) + "\n", *map(csv_line, [first, *others])]

    call_command("import_standards", written(tmp_path, lines, "standards.csv"), tenant="larkmoor")

    said = capsys.readouterr()
    columns, to_do = "volume_meeting_target, total_volume", "something else about the same; keep the right one"
    assert said.err.splitlines() == [
        f"row 2, {columns}: row 3 says {to_do}",
        f"row 3, {columns}: rows 2 and 5 say {to_do}",
        f"row 5, {columns}: row 3 says {to_do}",
    ]
    assert "1 standards, 1 with a volume" in said.out
    assert "3 rows refused" in said.out


@pytest.mark.parametrize(
    ("command", "args", "told"),
    [
        pytest.param("import_tickets", ["none.csv"], "none.csv cannot be opened", id="no log"),
        pytest.param("import_upptime", ["none.csv", "none.csv"], "none.csv cannot be opened", id="no checks"),
        pytest.param("import_standards", [str(OUTAGES)], "the columns .* are missing", id="another file"),
        pytest.param("import_tickets", [str(TICKETS), "--zone", "Mars/Base"], "no time zone “Mars/Base”", id="zone"),
    ],
)
def test_what_cannot_be_imported_is_said_before_a_tenant_is_touched(tenant, command, args, told):
    with pytest.raises(CommandError, match=told):
        call_command(command, *args, tenant="larkmoor")


def test_a_service_that_is_not_there_is_named(tenant, tmp_path):
    path = written(tmp_path, head_of(TICKETS, 3), "log.csv")

    with pytest.raises(CommandError, match="There is no service “nothing” in this tenant"):
        call_command("import_tickets", path, service="nothing", tenant="larkmoor")
