"""What changes a figure queues it: each change goes through its mark and `recompute_dirty`; nothing else computes."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from slas.actions.attainments import recompute_dirty
from slas.actions.batches import Arrival, approve_batch, count_rows, enter_fact
from slas.actions.planned_work import announce_work, approve_work
from slas.models import Attainment, DirtyTarget, FactKind, Origin, TargetKind
from slas.queries.rows import CaseRow, OutageRow, PriorityRow, ReopeningRow
from tests.slas import factories
from tests.slas.factories import OCTOBER, at

pytestmark = pytest.mark.usefixtures("in_tenant")
NOW = at("2026-12-05 09:00")
SEPTEMBER, NOVEMBER = OCTOBER.previous(), OCTOBER.next()


def push(measure, fact, *rows):
    count_rows(measure=measure, fact=fact, rows=rows, arrival=Arrival(Origin.PUSHED), now=NOW)


def figures(target, *periods):
    """The figures of the periods, as what waits in the queue makes them; None where nothing ever waited."""
    recompute_dirty(limit=50, now=NOW)
    found = {each.period_start: each for each in Attainment.objects.filter(target=target)}
    return [found.get(period.first_on) for period in periods]


def states(target, *periods):
    found = figures(target, *periods)
    return [{each["key"]: each["state"] for each in figure.records} if figure else {} for figure in found]


@pytest.fixture
def promises():
    """An availability and a number of interruptions of one service, over one log; planned work is taken out of both."""
    service, measure = factories.make_service(), factories.make_measure(FactKind.OUTAGES)
    common = {"service": service, "measure": measure, "excluded_work": ["planned"]}
    made = [factories.make_target(kind, **common) for kind in (TargetKind.AVAILABILITY, TargetKind.RELIABILITY)]
    push(measure, FactKind.OUTAGES, OutageRow(at("2026-10-06 10:00"), at("2026-10-06 12:00")))
    return service, made


@pytest.mark.parametrize(
    ("kind", "after"), [("planned", (0, "0×")), ("emergency", (14_400, "1×")), ("supplier", (14_400, "1×"))]
)
def test_work_is_taken_out_or_counts_as_down_by_its_kind_in_each_promise_about_outages(promises, member, kind, after):
    service, made = promises
    told = []
    for _ in range(2):
        available, interrupted = (figures(target, OCTOBER)[0] for target in made)
        told.append((Fraction(available.result["lost_seconds"]), interrupted.value_words))
        assert not DirtyTarget.objects.filter(since__lte=NOW).exists()
        if len(told) == 1:
            span = {"starts_at": at("2026-10-06 09:00"), "ends_at": at("2026-10-06 13:00")}
            by, then = member(), at("2026-10-01 09:00")
            work = announce_work(service=service, kind=kind, title="Disks", by=by, now=then, **span)
            approve_work(work=work, by=member(), now=then)

    assert told == [(7200, "1×"), after]


def test_how_many_users_an_outage_met_changes_what_it_costs_when_two_people_agreed_it(member):
    target = factories.make_target(weighs_users=True)
    outage = OutageRow(at("2026-10-06 10:00"), at("2026-10-06 12:00"))
    push(target.measure, FactKind.OUTAGES, outage)
    lost = [Fraction(figures(target, OCTOBER)[0].result["lost_seconds"])]

    a_quarter = replace(outage, affected_percent=Decimal(25))
    batch = enter_fact(measure=target.measure, row=a_quarter, by=member(), reason="Counted", now=NOW)
    lost.append(Fraction(figures(target, OCTOBER)[0].result["lost_seconds"]))
    approve_batch(batch=batch, by=member(), now=NOW)
    lost.append(Fraction(figures(target, OCTOBER)[0].result["lost_seconds"]))

    assert lost == [7200, 7200, 1800]


def case(key, opened, solved, **more):
    return CaseRow(key, at(opened), "Urgent", None, solved and at(solved), **more)


def test_another_priority_before_moves_a_case_into_the_month_of_the_change():
    target = factories.make_target(TargetKind.CASES, priorities=["Urgent"], priority_rule="change")
    row = case("INC1", "2026-09-02 09:00", "2026-10-05 10:30")
    push(target.measure, FactKind.CASES, row)
    before = states(target, SEPTEMBER, OCTOBER)

    push(target.measure, FactKind.CASES, replace(row, priority_changes=(PriorityRow(at("2026-10-05 09:00"), "Low"),)))
    after = states(target, SEPTEMBER, OCTOBER)
    push(target.measure, FactKind.CASES, row)

    assert (before, after) == ([{"INC1": "late"}, {}], [{}, {"INC1": "met"}])
    assert states(target, SEPTEMBER, OCTOBER) == before


def test_a_reopening_moves_a_case_into_the_month_in_which_it_is_due_now():
    target = factories.make_target(TargetKind.CASES, priorities=["Urgent"], reopen_days=5)
    row = case("INC1", "2026-10-30 09:00", "2026-10-30 10:00")
    push(target.measure, FactKind.CASES, row)
    before = states(target, OCTOBER, NOVEMBER)

    again = (ReopeningRow(at("2026-10-30 10:00"), at("2026-11-02 09:00")),)
    push(target.measure, FactKind.CASES, replace(row, reopenings=again, resolved_at=at("2026-11-02 10:30")))
    after = states(target, OCTOBER, NOVEMBER)
    push(target.measure, FactKind.CASES, row)

    assert (before, after) == ([{"INC1": "met"}, {}], [{}, {"INC1": "late"}])
    assert states(target, OCTOBER, NOVEMBER) == before
