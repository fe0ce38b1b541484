"""Files of others become measures and facts, through the commands that people run; twice is as good as once."""

import csv
import gzip
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from catalog.actions.imports import import_services, keep_table
from catalog.importers.services import ColumnUse, plan_import, read_services
from catalog.models import Category, Service, ServiceImport
from demo.files import DATA
from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.importers import service_standards, upptime
from slas.importers.standard_measures import UnknownFiscalYear, first_day, import_standards, slug_of
from slas.importers.tables import read_file
from slas.importers.ticket_measures import import_tickets
from slas.importers.tickets import CLOCK, COLUMNS, NO_REPLY, parse_log
from slas.importers.uptime_measures import History, import_upptime
from slas.models import (
    Attainment,
    Case,
    CasePause,
    ClockStop,
    DataGap,
    FactBatch,
    Measure,
    Measurement,
    MeasurementRevision,
    Outage,
    Volume,
)
from tests.slas.factories import make_agreement, make_hours, make_service, make_target

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
CHECKS = DATA / "cu-research-computing.checks.csv.gz"
OUTAGES = DATA / "cu-research-computing.outages.csv"
STANDARDS = DATA / "canada_service_standards.csv.gz"
INVENTORY = DATA / "canada_service_inventory.csv.gz"
TICKETS = DATA / "uci_incident_events.csv.gz"
KEY = "curc-statuspage-alpine-component"
AUGUST = datetime(2026, 8, 1, tzinfo=UTC)
DAY = 86_400


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


def written(path, lines, name):
    """The heading and some lines of a file, as a file of its own."""
    target = path / name
    target.write_text("".join(lines), encoding="utf-8")
    return target


def head_of(path, number):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [line for line, _ in zip(file, range(number), strict=False)]


def run(command, *args, capsys, **options):
    call_command(command, *args, tenant="larkmoor", **options)
    return capsys.readouterr().out


# Upptime


def history(**fields):
    checks = upptime.parse_checks(read_file(CHECKS, upptime.CHECK_COLUMNS)).items
    outages = upptime.parse_outages(read_file(OUTAGES, upptime.OUTAGE_COLUMNS)).items
    return History(checks, outages, "Research Computing", **fields)


def test_a_status_page_becomes_checks_and_outages_of_a_service(tenant, capsys):
    with tenant_scope(tenant.pk):
        make_service(slug=KEY)

    first = run("import_upptime", CHECKS, OUTAGES, only=[KEY], capsys=capsys)
    again = run("import_upptime", CHECKS, OUTAGES, only=[KEY], capsys=capsys)

    assert "checks Applied(new=920, unchanged=0, corrected=0), outages Applied(new=36" in first
    assert "checks Applied(new=0, unchanged=920, corrected=0), outages Applied(new=0" in again
    with tenant_scope(tenant.pk):
        checks, outages = (Measure.objects.get(slug=f"{KEY}-{kind}") for kind in ("checks", "outages"))
        assert (checks.service.slug, outages.starts_on) == (KEY, date(2026, 6, 3))
        assert Measurement.objects.filter(measure_id=checks.pk).count() == 920
        lost = [each.ended_at - each.started_at for each in Outage.objects.filter(measure_id=outages.pk)]
        assert sum(lost, timedelta()) == sum_of_the_file(OUTAGES)
        assert MeasurementRevision.objects.count() == 0


def sum_of_the_file(path):
    with path.open(encoding="utf-8") as file:
        return timedelta(seconds=sum(int(row["seconds"]) for row in csv.DictReader(file) if row["service"] == KEY))


@pytest.mark.usefixtures("in_tenant")
def test_silences_are_times_without_data():
    ends = datetime(2026, 9, 1, tzinfo=UTC)
    told = history(longest_silence=timedelta(hours=8), silent_until=ends)

    import_upptime(history=told, now=NOW, only=[KEY])

    gaps = list(DataGap.objects.order_by("started_at").values_list("reason", "ended_at"))
    assert gaps[-1] == ("The history ends here", ends)
    assert {reason for reason, _ in gaps[:-1]} == {"The page kept no check"}


@pytest.mark.usefixtures("in_tenant")
def test_a_history_of_the_last_months_only_leaves_the_earlier_ones_known():
    whole = history()
    recent = replace(whole, checks=[each for each in whole.checks if each.check.at >= AUGUST.timestamp()])

    import_upptime(history=whole, now=NOW, only=[KEY])
    import_upptime(history=recent, now=NOW, only=[KEY])

    assert set(Measure.objects.values_list("starts_on", flat=True)) == {date(2026, 6, 3)}


# Service standards


YEARS = ("2022-2023", "2023-2024")


@pytest.mark.parametrize(
    "files",
    [
        pytest.param([YEARS], id="in one file"),
        pytest.param([YEARS[::-1]], id="in one file, the latest first"),
        pytest.param([YEARS[:1], YEARS[1:]], id="in two files"),
    ],
)
@pytest.mark.usefixtures("in_tenant")
def test_a_standard_of_two_years_is_measured_since_the_first_of_them(files):
    (last,) = service_standards.parse_standards(read_file(STANDARDS, service_standards.COLUMNS)).items[:1]
    by_year = {YEARS[0]: replace(last, fiscal_year=YEARS[0], sentence="As it was"), YEARS[1]: last}

    for years in files:
        import_standards(standards=[by_year[year] for year in years], services={}, now=NOW)

    measure = Measure.objects.get()
    assert (measure.starts_on, measure.name[:20]) == (date(2022, 4, 1), last.sentence[:20])
    promised = make_agreement(starts_on=date(2022, 4, 1), time_zone="UTC")
    target = make_target(
        "volume", measure=measure, agreement=promised, period_kind="year", period_start_month=4, threshold=Decimal(1)
    )
    compute_attainments(targets=[target], periods=[Period(2022, 4), Period(2023, 4)], now=NOW)
    assert [each.status for each in Attainment.objects.order_by("period_start")] == ["close", "close"]


def test_standards_become_volumes_and_what_is_odd_is_kept_with_a_warning(tenant, tmp_path, capsys):
    rows = list(csv.DictReader(head_of(STANDARDS, 2_000)))
    odd = [
        row for row in rows if row["total_volume"] and int(row["volume_meeting_target"] or 0) > int(row["total_volume"])
    ]
    some = [*odd, *(row for row in rows if not row["total_volume"])][:12]
    lines = [",".join(rows[0]) + "\n", *(csv_line(row) for row in some)]
    path = written(tmp_path, lines, "standards.csv")

    first = run("import_standards", path, capsys=capsys)
    run("import_standards", path, capsys=capsys)

    assert first == "larkmoor: 12 standards, 8 with a volume, 8 with more met than counted, 0 rows refused\n"
    with tenant_scope(tenant.pk):
        assert (Measure.objects.count(), Volume.objects.count(), MeasurementRevision.objects.count()) == (12, 8, 0)
        assert all(volume.met > volume.total and volume.on == date(2023, 4, 1) for volume in Volume.objects.all())
        assert FactBatch.objects.order_by("pk").first().outcome["warnings"][0]["field"] == "met"


def test_a_government_s_inventory_and_its_standards_come_whole(tenant, member, capsys):
    content = gzip.decompress(INVENTORY.read_bytes())
    manager, columns = member(Role.SERVICE_LEVEL_MANAGER), ("reference", "name", "description", "category")
    named = zip(("service_id", "service_name_en", "service_description_en", "owner_org_title"), columns, strict=True)
    table = read_services(content)
    uses = dict.fromkeys(table.columns, ColumnUse()) | {
        column: ColumnUse(use, "Organisation" if use == "category" else "") for column, use in named
    }
    brought = ServiceImport(file_name=INVENTORY.name, stage="catalogue", service_class="business")
    keep_table(table=brought, content=content, by=manager, now=NOW)
    plan = plan_import(table=table, uses=uses, service_class="business")
    import_services(table=brought, planned=plan.planned, left_out=[], by=manager, on=NOW.date(), now=NOW)

    said = run("import_standards", STANDARDS, capsys=capsys)

    assert said.startswith("larkmoor: 1640 standards, ")
    measures = Measure.objects.filter(service__isnull=False)
    assert measures.count() == 1640
    promising = Category.objects.filter(services__service__in=measures.values("service")).distinct()
    assert (Service.objects.count(), Category.objects.count(), promising.count()) == (1068, 49, 39)


def csv_line(row):
    return ",".join(f'"{value.replace(chr(34), chr(34) * 2)}"' for value in row.values()) + "\n"


@pytest.mark.usefixtures("in_tenant")
def test_an_agreement_gets_threshold_and_year_of_a_standard():
    parsed = service_standards.parse_standards(read_file(STANDARDS, service_standards.COLUMNS)).items[:1]
    service = make_service()

    (kept,) = import_standards(standards=parsed, services={parsed[0].service_id: service}, now=NOW)

    assert (kept.threshold, kept.starts_on, kept.has_facts) == (Decimal("75.00"), date(2023, 4, 1), True)
    assert (kept.measure.slug, kept.measure.service) == (slug_of(parsed[0]), service)
    assert kept.measure.decider == "Canada Border Services Agency"


@pytest.mark.parametrize("year", ["2023", "2023-2025", "23-24", ""])
def test_a_fiscal_year_is_two_years_in_a_row(year):
    with pytest.raises(UnknownFiscalYear, match="is not a fiscal year such as 2023-2024"):
        first_day(year)


# Tickets

LIMITS = {"1 - Critical": 2, "2 - High": 3, "3 - Moderate": 5, "4 - Low": 10}  # days


def test_a_ticket_log_becomes_cases(tenant, tmp_path, capsys):
    path = written(tmp_path, head_of(TICKETS, 400), "log.csv")

    first = run("import_tickets", path, measure="cases", capsys=capsys)
    again = run("import_tickets", path, measure="cases", capsys=capsys)

    numbers = {row["number"] for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())}
    assert f"cases Applied(new={len(numbers)}, unchanged=0, corrected=0), rows refused 0" in first
    assert f"cases Applied(new=0, unchanged={len(numbers)}, corrected=0)" in again
    with tenant_scope(tenant.pk):
        measure = Measure.objects.get(slug="cases")
        assert {case.key for case in Case.objects.filter(measure_id=measure.pk)} == numbers
        assert "its times are taken as UTC" in measure.notes
        assert CLOCK in measure.notes
        assert NO_REPLY in measure.notes
        assert CasePause.objects.exists()


@pytest.mark.parametrize(
    "share",
    [
        pytest.param(30, id="every thirtieth case"),
        pytest.param(1, id="all", marks=pytest.mark.long),
    ],
)
@pytest.mark.usefixtures("in_tenant")
def test_the_figures_of_a_log_equal_an_independent_calculation(share):
    """Solved within days round the clock, by priority; the clock stops at the solution, and stands still while the desk
    waits, and after a solution that did not hold. A case counts in the month in which it is due.
    """
    rows = [(number, row) for number, row in read_file(TICKETS, COLUMNS) if int(row["number"][3:]) % share == 0]
    log = parse_log(rows, ZoneInfo("UTC"))
    measure, _ = import_tickets(log=log, slug="cases", name="Cases", zone=ZoneInfo("UTC"), decider="Desk", now=NOW)
    agreement = make_agreement(time_zone="UTC", starts_on=date(2016, 2, 1))
    waits = [f"Awaiting {what}" for what in ("User Info", "Vendor", "Problem", "Evidence")]
    common = {"measure": measure, "agreement": agreement, "service_hours": make_hours(time_zone="UTC")}
    targets = {
        priority: make_target("cases", priorities=[priority], within_seconds=days * DAY, pause_reasons=waits, **common)
        for priority, days in LIMITS.items()
    }

    compute_attainments(targets=targets.values(), periods=[Period(2016, 3), Period(2016, 4)], now=NOW)

    found = {(each.target_id, each.period_start.month): each.result for each in Attainment.objects.all()}
    due = 0
    for priority, target in targets.items():
        for month in (3, 4):
            result = found[target.pk, month]
            met, eligible = independent([row for _, row in rows], priority, LIMITS[priority] * DAY, month)
            assert (result["met"], result["eligible"]) == (met, eligible)
            share_met = Fraction(met, eligible) if eligible else None
            assert (Fraction(result["share"]) if result["share"] else None) == share_met
            due += eligible
    assert due > 100


def independent(rows, priority, limit, month):
    """Straight from the rows of the log, by walking through each case's own events."""
    cases = defaultdict(list)
    for row in rows:
        cases[row["number"]].append(row)
    met = eligible = 0
    for events in cases.values():
        events.sort(key=lambda row: seconds(row["sys_updated_at"]))
        opened, solved = seconds(events[0]["opened_at"]), stop_of(events)
        if events[-1]["priority"] != priority or solved is None:
            continue
        halts = [
            (max(seconds(this["sys_updated_at"]), opened), min(seconds(then["sys_updated_at"]), solved))
            for this, then, rest in zip(events, events[1:], range(1, len(events)), strict=False)
            if this["incident_state"].startswith("Awaiting")
            or (this["incident_state"] == "Resolved" and reopens(events[rest:]))
        ]
        due, left = opened, limit
        for start, end in halts:
            if start >= end or due + left <= start:
                continue
            left, due = left - (start - due), end
        due += left
        if datetime.fromtimestamp(due, UTC).month == month:
            eligible += 1
            met += solved <= due
    return met, eligible


def seconds(text):
    return int(datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=UTC).timestamp())


def stop_of(events):
    if events[-1]["resolved_at"] != "?":
        return seconds(events[-1]["resolved_at"])
    last = None
    for before, event in zip([None, *events], events, strict=False):
        if event["incident_state"] == "Resolved" and (before is None or before["incident_state"] != "Resolved"):
            last = seconds(event["sys_updated_at"])
    return last


def reopens(later):
    """Whether the next state after a solution is anything but closed."""
    states = [event["incident_state"] for event in later if event["incident_state"] != "Resolved"]
    return bool(states) and states[0] != "Closed"


@pytest.mark.usefixtures("in_tenant")
def test_the_first_reply_is_a_data_gap_because_the_log_holds_none():
    rows = [(number, row) for number, row in read_file(TICKETS, COLUMNS) if int(row["number"][3:]) % 50 == 1]
    log = parse_log(rows, ZoneInfo("UTC"))
    measure, _ = import_tickets(log=log, slug="cases", name="Cases", zone=ZoneInfo("UTC"), decider="Desk", now=NOW)
    target = make_target("cases", measure=measure, clock_stop=ClockStop.ANSWERED, within_seconds=3600)
    target.agreement.starts_on = date(2016, 2, 1)
    target.agreement.save()

    compute_attainments(targets=[target], periods=[Period(2016, 3)], now=NOW)

    assert Attainment.objects.get().status == "data_gap"
