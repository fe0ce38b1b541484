"""Late facts recompute what they touch and only that; closed months stay; doing it twice changes nothing."""

from datetime import UTC, date, timedelta
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.audit.models import AuditEntry
from slas.actions.attainments import (
    close_month,
    compute_attainments,
    mark_dirty,
    mark_service_dirty,
    mark_stale,
    recompute_dirty,
)
from slas.calculation.periods import Period
from slas.errors import ClaimNeedsOutages, MonthStillRuns, ReversedClaim
from slas.models import AgreementState, Attainment, DirtyTarget, MonthClose, TargetKind
from slas.queries.claims import recompute_with_claim
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER, NOVEMBER = (Period.parse(f"2026-{month:02}") for month in (9, 10, 11))
NOW = at("2026-11-10 09:40")
KEPT = (
    "revision",
    "status",
    "value_words",
    "value",
    "used",
    "result",
    "proof",
    "inputs_hash",
    "computed_at",
    "changed_at",
)


def content(**wanted):
    return list(Attainment.objects.filter(**wanted).order_by("pk").values("pk", "target_id", "period_start", *KEPT))


def queued():
    return sorted(DirtyTarget.objects.values_list("target_id", "period_start"))


@pytest.fixture
def unit(in_tenant):
    return people.make_unit(name="Customer Orders")


@pytest.fixture
def target(unit):
    return factories.make_target(unit=unit)


def one_of_each(unit):
    """A target of each kind, with facts in October."""
    hours = factories.make_hours()
    made = {kind: factories.make_target(kind, unit=unit, service_hours=hours) for kind in TargetKind}
    measures = {kind: target.measure for kind, target in made.items()}
    factories.add_outage(measures["availability"], "2026-10-06 05:12", "2026-10-06 06:44")
    factories.add_case(measures["cases"], "INC1", "2026-10-05 09:00", "2026-10-05 12:00")
    factories.add_pause(measures["cases"], "INC1", "2026-10-05 09:30", "2026-10-05 10:00", "Awaiting caller")
    factories.add_volume(measures["volume"], date(2026, 10, 1), 100, 99)
    factories.add_occasion(measures["occasions"], date(2026, 10, 1), at("2026-10-01 03:00"))
    factories.add_survey(measures["satisfaction"], date(2026, 10, 1), 20, 10, 9)
    factories.add_reading(measures["readings"], "2026-10-01 09:00", 499)
    return list(made.values())


def test_computing_twice_changes_nothing(unit):
    targets = one_of_each(unit)
    compute_attainments(targets=targets, periods=[SEPTEMBER, OCTOBER, NOVEMBER], now=NOW)
    before = content()

    compute_attainments(targets=targets, periods=[OCTOBER, NOVEMBER, SEPTEMBER], now=NOW)

    assert len(before) == 21
    assert content() == before


def test_a_period_that_is_over_does_not_drift_with_the_clock(unit):
    targets = one_of_each(unit)
    compute_attainments(targets=targets, periods=[OCTOBER], now=NOW)
    before = [row | {"computed_at": None} for row in content()]

    compute_attainments(targets=targets, periods=[OCTOBER], now=NOW + timedelta(days=100))

    assert [row | {"computed_at": None} for row in content()] == before


minutes = st.integers(0, 40 * 24 * 60)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outages=st.lists(st.tuples(minutes, st.integers(1, 3000)), unique_by=lambda outage: outage[0], max_size=6))
def test_facts_in_any_order_give_the_same_bytes(target, outages):
    results = []
    for rows in (outages, outages[::-1]):
        with transaction.atomic():
            for start, length in rows:
                started = at("2026-09-25 00:00") + timedelta(minutes=start)
                ended = started + timedelta(minutes=length)
                factories.Outage.objects.create(measure_id=target.measure_id, started_at=started, ended_at=ended)
            compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)
            results.append(content(target=target)[0] | {"pk": None})
            transaction.set_rollback(True)

    assert results[0] == results[1]


@pytest.mark.parametrize(
    ("start", "end", "periods"),
    [
        pytest.param("2026-10-06 05:00", "2026-10-06 06:00", [OCTOBER], id="inside one month"),
        pytest.param("2026-09-30 23:00", "2026-10-01 00:00", [SEPTEMBER], id="up to midnight"),
        pytest.param("2026-09-30 23:00", "2026-10-01 00:01", [SEPTEMBER, OCTOBER], id="over midnight"),
        pytest.param("2026-10-01 00:00", "2026-10-01 00:00", [OCTOBER], id="a moment"),
        pytest.param("2026-09-01 00:00", "2026-11-02 00:00", [SEPTEMBER, OCTOBER, NOVEMBER], id="three months"),
        pytest.param("2026-12-01 00:00", "2026-12-02 00:00", [], id="to come"),
    ],
)
def test_late_facts_touch_their_periods_and_no_others(target, start, end, periods):
    other = factories.make_target()

    mark_dirty(measure_ids=[target.measure_id], from_=at(start), until=at(end), now=NOW)

    assert queued() == [(target.pk, period.first_on) for period in periods]
    assert other.pk not in {pk for pk, _ in queued()}


def test_a_changed_case_touches_the_period_in_which_it_is_due(unit):
    target = factories.make_target(TargetKind.CASES, within_seconds=None, within_working_days=5, unit=unit)

    mark_dirty(measure_ids=[target.measure_id], from_=at("2026-10-30 09:00"), until=at("2026-10-30 10:00"), now=NOW)

    assert queued() == [(target.pk, OCTOBER.first_on), (target.pk, NOVEMBER.first_on)]


def test_quarters_and_zones_are_those_of_the_target(unit):
    agreement = factories.make_agreement(unit=unit, time_zone="America/New_York")
    quarter = factories.make_target(agreement=agreement, period_kind="quarter", period_start_month=2)

    mark_dirty(
        measure_ids=[quarter.measure_id],
        from_=at("2026-11-01 03:00", "UTC"),
        until=at("2026-11-01 03:30", "UTC"),
        now=NOW,
    )

    assert queued() == [(quarter.pk, date(2026, 8, 1))]


def test_planned_work_touches_the_targets_of_its_service(unit):
    service = factories.make_service()
    target = factories.make_target(service=service, unit=unit)
    factories.make_target(TargetKind.VOLUME, service=service, unit=unit)
    factories.make_target(unit=unit)

    mark_service_dirty(service_id=service.pk, from_=at("2026-10-18 04:00"), until=at("2026-10-18 05:00"), now=NOW)

    # And the month after: what work takes out decides where a failure began that goes on.
    assert queued() == [(target.pk, OCTOBER.first_on), (target.pk, OCTOBER.end_on)]


def test_recomputing_does_what_is_queued_and_empties_the_queue(target):
    other = factories.make_target()
    compute_attainments(targets=[target, other], periods=[SEPTEMBER, OCTOBER], now=NOW)
    before = content(period_start=SEPTEMBER.first_on) + content(target=other)
    outage = factories.add_outage(target.measure, "2026-10-06 05:12", "2026-10-06 06:44")
    for _ in range(2):
        mark_dirty(measure_ids=[target.measure_id], from_=outage.started_at, until=outage.ended_at, now=NOW)

    computed = recompute_dirty(limit=100, now=NOW + timedelta(minutes=1))

    assert (computed.written, computed.restated, computed.taken) == (1, 0, 2)
    assert content(period_start=SEPTEMBER.first_on) + content(target=other) == before
    assert Fraction(content(target=target)[1]["result"]["lost_seconds"]) == 92 * 60
    assert queued() == []


def test_the_queue_is_worked_off_in_portions(unit):
    targets = [factories.make_target(unit=unit) for _ in range(3)]
    ids = [target.measure_id for target in targets]
    mark_dirty(measure_ids=ids, from_=OCTOBER_NOON, until=OCTOBER_NOON, now=NOW)

    assert recompute_dirty(limit=2, now=NOW).written == 2
    assert queued() == [(targets[2].pk, OCTOBER.first_on)]


OCTOBER_NOON = at("2026-10-15 12:00")


def test_a_draft_has_no_figures(unit):
    target = factories.make_target(agreement=factories.make_agreement(unit=unit, state=AgreementState.DRAFT))

    mark_dirty(measure_ids=[target.measure_id], from_=OCTOBER_NOON, until=OCTOBER_NOON, now=NOW)
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)

    assert (queued(), content()) == ([], [])


def test_closing_a_month_freezes_what_ends_with_it(unit, target, member):
    by = member()
    quarter = factories.make_target(agreement=target.agreement, period_kind="quarter")
    year = factories.make_target(agreement=target.agreement, period_kind="year", period_start_month=11)
    elsewhere = factories.make_target()
    targets = [target, quarter, year, elsewhere]
    compute_attainments(targets=targets, periods=[SEPTEMBER, OCTOBER], now=NOW)

    frozen = close_month(business_unit=unit, month=date(2026, 10, 1), by=by, now=NOW)

    assert {(row.target_id, row.period_start) for row in frozen} == {
        (target.pk, date(2026, 10, 1)),
        (year.pk, date(2025, 11, 1)),
    }
    assert Attainment.objects.filter(closed_at__isnull=False).count() == 2
    assert MonthClose.objects.get().month == date(2026, 10, 1)
    assert AuditEntry.objects.filter(act="month.closed", actor_id=by.user_id).count() == 1


def test_closing_computes_a_last_time(unit, target):
    factories.add_outage(target.measure, "2026-10-06 05:12", "2026-10-06 06:44")

    (frozen,) = close_month(business_unit=unit, month=date(2026, 10, 1), by=None, now=NOW)

    assert Fraction(frozen.result["lost_seconds"]) == 92 * 60


@pytest.mark.parametrize("now", ["2026-10-31 23:30", "2026-10-15 12:00"])
def test_a_month_that_still_runs_is_not_closed(unit, target, now):
    with pytest.raises(MonthStillRuns, match=r"October 2026 is not over yet.*01 November 2026"):
        close_month(business_unit=unit, month=date(2026, 10, 1), by=None, now=at(now))


def test_a_closed_figure_stays_and_late_facts_make_the_next_revision(unit, target):
    close_month(business_unit=unit, month=date(2026, 10, 1), by=None, now=NOW)
    closed = content(target=target)

    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW + timedelta(days=1))
    assert content(target=target) == closed  # the same facts: no revision

    factories.add_outage(target.measure, "2026-10-06 05:12", "2026-10-06 06:44")
    computed = compute_attainments(targets=[target], periods=[OCTOBER], now=NOW + timedelta(days=2))
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW + timedelta(days=2))

    first, second = content(target=target)
    assert (computed.written, computed.restated) == (1, 1)
    assert [first] == closed
    assert (second["revision"], second["result"]["lost_seconds"]) == (2, "5520/1")

    (frozen,) = close_month(business_unit=unit, month=date(2026, 10, 1), by=None, now=NOW + timedelta(days=3))
    assert (frozen.revision, frozen.closed_at) == (2, NOW + timedelta(days=3))
    assert MonthClose.objects.get().closed_at == NOW


def test_what_ends_after_a_closed_month_leaves_it_alone(unit):
    hours = factories.make_hours({day: [(540, 1020)] for day in range(5)}, holiday_region="GB-ENG")
    ordering = factories.make_target(unit=unit, minimum_outage_seconds=60)
    desk = factories.make_target(TargetKind.CASES, unit=unit, service_hours=hours)
    night = factories.make_target(TargetKind.OCCASIONS, unit=unit)
    outage = factories.add_outage(ordering.measure, "2026-12-31 09:00", None)
    case = factories.add_case(desk.measure, "INC1", "2026-12-30 09:00", None)
    pause = factories.add_pause(desk.measure, "INC1", "2026-12-31 15:00", None, "Awaiting caller")
    for day in range(31):
        factories.add_occasion(night.measure, date(2026, 12, 1) + timedelta(days=day), at("2026-12-01 03:00"))
    closed_at = at("2027-01-01 09:00")
    frozen = close_month(business_unit=unit, month=date(2026, 12, 1), by=None, now=closed_at)

    outage.ended_at, case.resolved_at, pause.ended_at = (at(f"2027-01-0{day} 10:00") for day in (6, 7, 5))
    for row in (outage, case, pause):
        row.save()
    periods = [Period.parse("2026-12")]
    compute_attainments(targets=[ordering, desk, night], periods=periods, now=at("2027-01-08 09:00"))

    assert [row.status for row in frozen] == ["missed", "missed", "kept"]
    assert Attainment.objects.filter(revision__gt=1).count() == 0


def test_the_database_refuses_to_change_a_closed_figure(unit, target):
    close_month(business_unit=unit, month=date(2026, 10, 1), by=None, now=NOW)

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Attainment.objects.update(status="kept")


def test_a_claim_is_counted_and_not_stored(target):
    factories.add_outage(target.measure, "2026-10-15 11:20", "2026-10-15 11:54")
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)
    before = content()

    result = recompute_with_claim(
        attainment=Attainment.objects.get(),
        claimed_from=at("2026-10-15 11:05"),
        claimed_until=at("2026-10-15 12:10"),
        now=NOW,
    )

    assert Fraction(result["lost_seconds"]) == 65 * 60
    assert content() == before
    assert len(before) == 1


def test_claims_are_refused_where_they_mean_nothing(unit):
    target = factories.make_target(TargetKind.VOLUME, unit=unit, name="Orders are confirmed")
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)
    attainment = Attainment.objects.get()

    with pytest.raises(ClaimNeedsOutages, match="“Orders are confirmed” does not count time"):
        recompute_with_claim(attainment=attainment, claimed_from=NOW, claimed_until=NOW + timedelta(1), now=NOW)
    with pytest.raises(ReversedClaim):
        recompute_with_claim(attainment=attainment, claimed_from=NOW, claimed_until=NOW, now=NOW)


def test_time_alone_makes_figures_stale(target):
    def stale(now):
        DirtyTarget.objects.all().delete()
        mark_stale(now=now)
        return [on for _, on in queued()]

    assert stale(NOW) == [OCTOBER.first_on, NOVEMBER.first_on]  # never computed
    recompute_dirty(limit=10, now=NOW)
    assert stale(NOW + timedelta(minutes=59)) == []
    assert stale(NOW + timedelta(minutes=61)) == [NOVEMBER.first_on]  # it still runs
    assert stale(at("2026-12-01 08:00")) == [NOVEMBER.first_on, date(2026, 12, 1)]  # it has ended since


def test_the_number_of_queries_does_not_grow(unit):
    targets = one_of_each(unit)

    def queries(targets):
        with CaptureQueriesContext(connection) as captured:
            compute_attainments(targets=targets, periods=[OCTOBER], now=NOW)
        return len(captured)

    few = queries(targets)
    for _ in range(5):
        targets += one_of_each(unit)

    assert (few, queries(targets)) == (39, 39)  # ten of them count by a limit that is new


def test_facts_of_a_running_month_are_marked_in_as_many_queries_for_many_promises_as_for_one(unit):
    """What comes in now cannot go on into a month to come: nothing is asked of each promise."""
    spent = []
    for number in (1, 6):
        targets = [factories.make_target(unit=unit) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            mark_dirty(
                measure_ids=[target.measure_id for target in targets], from_=NOW - timedelta(1), until=NOW, now=NOW
            )
        spent.append(len(queries))

    assert spent[0] == spent[1]


def test_computing_needs_nothing_of_another_tenant(other_tenant, target):
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW.astimezone(UTC))

    assert set(Attainment.objects.values_list("tenant__slug", flat=True)) == {"larkmoor"}
