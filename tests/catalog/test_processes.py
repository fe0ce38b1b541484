"""How the business works: said by the unit whose work it is, kept with name and day."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict

from catalog.actions.processes import (
    MOST_STEPS,
    PeakDetails,
    ProcessDetails,
    add_peak,
    add_step,
    describe_process,
    edit_process,
    move_step,
    remove_step,
    rest_on,
)
from catalog.errors import StepsFull, SupportTwice
from catalog.forms.processes import PeakForm
from catalog.models import BusinessProcess, LoadPeak
from catalog.queries.processes import list_processes, list_steps_on, rule_of
from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from tests import factories
from tests.catalog import factories as catalog

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


@pytest.fixture
def unit(in_tenant):
    return factories.make_unit(name="Customer Orders")


@pytest.fixture
def by(unit, member):
    return member(Role.BUSINESS_MEMBER, units=[unit])


def names(process):
    return list(process.steps.order_by("position").values_list("position", "name"))


def test_a_process_is_told_and_told_anew_and_the_first_word_stays_in_its_history(unit, by, member):
    head = member(Role.BUSINESS_UNIT_HEAD, units=[unit])
    first = ProcessDetails("Order to cash", "Orders are paid", by)
    process = describe_process(unit=unit, details=first, by=by, now=NOW)

    edit_process(process=process, details=ProcessDetails("Order to cash", "Orders are paid in time"), by=head, now=NOW)

    process.refresh_from_db()
    assert (process.slug, process.purpose, process.owner, process.told_by) == (
        "order-to-cash", "Orders are paid in time", None, head,
    )  # fmt: skip
    said = [(event.purpose, event.told_by_id) for event in process.events.order_by("pgh_id")]
    assert said == [("Orders are paid", by.pk), ("Orders are paid in time", head.pk)]
    assert AuditEntry.objects.filter(act="process.told", subject="Order to cash").count() == 2


def test_steps_keep_their_order_when_they_move_and_close_up_when_one_goes(unit, by):
    process = catalog.make_process(unit, "Take", "Pick", "Deliver", told_by=by)
    take, pick, deliver = process.steps.order_by("position")

    move_step(step=deliver, is_up=True, by=by, now=NOW)
    move_step(step=take, is_up=True, by=by, now=NOW)  # it is the first already
    assert names(process) == [(1, "Take"), (2, "Deliver"), (3, "Pick")]

    remove_step(step=take, by=by, now=NOW)
    add_step(process=process, name="Invoice", by=by, now=NOW)
    move_step(step=pick, is_up=False, by=by, now=NOW)
    assert names(process) == [(1, "Deliver"), (2, "Invoice"), (3, "Pick")]


def test_a_process_has_not_more_steps_than_can_be_overlooked(unit, by):
    process = catalog.make_process(unit, *(f"Step {number}" for number in range(MOST_STEPS)), told_by=by)

    with pytest.raises(StepsFull, match="at most 40"):
        add_step(process=process, name="One more", by=by, now=NOW)


def test_a_step_rests_on_services_and_people_and_on_each_once(unit, by, member):
    service, team = catalog.make_service(name="Ordering"), catalog.make_component(name="Order desk", kind="people")
    step = catalog.make_process(unit, "Take", told_by=by).steps.get()
    rest_on(step=step, thing=service, role="Takes orders", by=by, now=NOW)
    rest_on(step=step, thing=team, role="Takes the calls", by=by, now=NOW)

    with pytest.raises(SupportTwice, match="“Take” already rests on “Order desk”"):
        rest_on(step=step, thing=team, role="Again", by=by, now=NOW)

    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()])
    assert [row.role for row in list_steps_on(reader=by, service=service)] == ["Takes orders"]
    assert not list_steps_on(reader=outsider, service=service).exists()
    assert not list_processes(reader=outsider).exists()


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"kind": "weekly", "weekdays": ""}, id="a week without days"),
        pytest.param({"kind": "weekly", "weekdays": "07"}, id="an eighth day"),
        pytest.param({"kind": "weekly", "weekdays": "0", "last_days": 2}, id="two kinds at once"),
        pytest.param({"kind": "month_end"}, id="a month end without days"),
        pytest.param({"kind": "dated", "first_on": date(2026, 5, 2), "last_on": date(2026, 5, 1)}, id="backwards"),
        pytest.param({"kind": "weekly", "weekdays": "0", "start_minute": 600, "end_minute": 600}, id="no minute"),
        pytest.param({"kind": "weekly", "weekdays": "0", "end_minute": 1441}, id="over midnight"),
        pytest.param({"kind": "sometimes"}, id="another kind"),
    ],
)
def test_the_database_refuses_a_peak_that_says_nothing(unit, by, fields):
    process = catalog.make_process(unit, told_by=by)

    with pytest.raises(IntegrityError), transaction.atomic():
        LoadPeak.objects.create(process=process, told_by=by, told_at=NOW, **fields)


WEEKLY = {"peak-kind": "weekly", "peak-weekdays": ["4", "0"], "peak-start": "08:00", "peak-end": "11:00"}


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        pytest.param({}, "kind", "required", id="nothing"),
        pytest.param({"peak-kind": "weekly"}, "weekdays", "at least one day", id="no day"),
        pytest.param(WEEKLY | {"peak-end": "07:00"}, "end", "not after", id="backwards"),
        pytest.param(
            {"peak-kind": "weekly", "peak-weekdays": list("0123456")}, "weekdays", "always heavy", id="always"
        ),
        pytest.param({"peak-kind": "month_end"}, "last_days", "how many", id="no number"),
        pytest.param({"peak-kind": "dated"}, "first_on", "first and the last day", id="no dates"),
        pytest.param(
            {"peak-kind": "dated", "peak-first_on": "2026-12-02", "peak-last_on": "2026-12-01"}, "last_on", "before",
            id="dates backwards",
        ),
        pytest.param(
            {"peak-kind": "yearly", "peak-first_on": "2026-12-20", "peak-last_on": "2026-01-06"}, "last_on",
            "next year", id="a season over the turn of the year",
        ),
        pytest.param(
            {"peak-kind": "yearly", "peak-first_on": "2024-02-29", "peak-last_on": "2025-03-01"}, "last_on",
            "shorter than a year", id="a season of a year",
        ),
        pytest.param({"peak-kind": "dated", "peak-first_on": "9999-12-31"}, "last_on", "too far", id="never"),
    ],
)  # fmt: skip
def test_the_form_says_what_to_do(sent, field, words):
    form = PeakForm(_query(sent))

    assert not form.is_valid()
    assert words in " ".join(form.errors[field])


@pytest.mark.parametrize(
    ("sent", "details"),
    [
        (WEEKLY, PeakDetails("weekly", weekdays="04", start_minute=480, end_minute=660)),
        (
            WEEKLY | {"peak-kind": "month_end", "peak-last_days": "3", "peak-end": "00:00"},
            PeakDetails("month_end", last_days=3, start_minute=480),
        ),
        (
            {"peak-kind": "dated", "peak-first_on": "2027-03-01", "peak-name": "Promotion"},
            PeakDetails("dated", "Promotion", first_on=date(2027, 3, 1), last_on=date(2027, 3, 1)),
        ),
    ],
)
def test_what_is_filled_in_becomes_a_rule_that_the_database_keeps(unit, by, sent, details):
    form = PeakForm(_query(sent))
    assert form.is_valid(), form.errors
    process = catalog.make_process(unit, told_by=by)

    peak = add_peak(process=process, details=form.details(), by=by, now=NOW)

    assert form.details() == details
    assert add_peak(process=process, details=form.details(), by=by, now=NOW) == peak  # said twice, it stands there once
    assert rule_of(LoadPeak.objects.get()).kind == details.kind
    assert BusinessProcess.objects.get().peaks.count() == 1


def _query(sent):
    query = QueryDict(mutable=True)
    for name, value in sent.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query
