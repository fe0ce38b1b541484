"""Time in figures: clocks that change, holidays, missing data, months that still run, and checks."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from slas.actions.attainments import mark_dirty, recompute_dirty
from slas.calculation.periods import Period
from slas.models import FactKind, Measurement, MissingPolicy, TargetKind
from slas.queries.figure_facts import facts_of
from slas.queries.frames import frame_lines
from tests.slas import factories
from tests.slas.factories import at, judged

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("fact_kind", [FactKind.OUTAGES, FactKind.CHECKS])
def test_an_outage_over_the_edge_of_a_month_is_one(in_tenant, fact_kind):
    """Nine minutes up to 23:58, and four from midnight on: two minutes apart, thirteen and two together."""
    measure = factories.make_measure(fact_kind)
    target = factories.make_target(measure=measure, minimum_outage_seconds=600, merge_gap_seconds=120)
    down = [("2026-10-31 23:49", "2026-10-31 23:58"), ("2026-11-01 00:00", "2026-11-01 00:04")]
    for start, end in down:
        if fact_kind == FactKind.OUTAGES:
            factories.add_outage(measure, start, end)
        else:
            Measurement.objects.bulk_create(
                Measurement(measure_id=measure.pk, at=at(on), state=state) for on, state in ((start, 2), (end, 0))
            )

    now = at("2026-12-05 09:00")
    october, november = (judged(target, Period(2026, month), now) for month in (10, 11))

    assert [row.result["lost_seconds"] for row in (october, november)] == [f"{11 * 60}/1", f"{4 * 60}/1"]
    assert [len(row.result["events"]) for row in (october, november)] == [1, 1]


def test_a_late_outage_after_the_month_touches_the_month_that_it_goes_on_from(in_tenant):
    target = factories.make_target(minimum_outage_seconds=600, merge_gap_seconds=120)
    factories.add_outage(target.measure, "2026-10-31 23:52", "2026-10-31 23:59")
    now = at("2026-12-05 09:00")
    alone = judged(target, Period(2026, 10), now)
    late = factories.add_outage(target.measure, "2026-11-01 00:00", "2026-11-01 00:30")

    mark_dirty(measure_ids=[target.measure_id], from_=late.started_at, until=late.ended_at, now=now)
    recompute_dirty(limit=10, now=now)

    assert alone.result["lost_seconds"] == "0/1"  # seven minutes are too short
    assert target.attainments.get(period_start="2026-10-01").result["lost_seconds"] == f"{8 * 60}/1"


def test_a_trial_is_measured_and_not_judged(in_tenant):
    target = factories.make_target(is_trial=True, threshold=None)
    factories.add_outage(target.measure, "2026-10-07 10:00", "2026-10-07 12:50")

    attainment = judged(target)

    assert (attainment.status, attainment.value_words, attainment.used) == ("trial", "99.6", None)
    assert attainment.result["counted_seconds"] == 745 * 3600
    assert attainment.result["allowed_seconds"] is None


@pytest.mark.parametrize(
    ("period", "hours"),
    [
        pytest.param("2025-02", 672, id="28 days"),
        pytest.param("2025-03", 743, id="clocks go forward"),
        pytest.param("2025-10", 745, id="clocks go back"),
        pytest.param("2025-11", 720, id="30 days"),
    ],
)
def test_a_month_has_the_hours_of_its_zone(in_tenant, period, hours):
    agreement = factories.make_agreement(time_zone="Europe/Berlin")
    target = factories.make_target(agreement=agreement)

    attainment = judged(target, Period.parse(period))

    assert attainment.result["service_seconds"] == hours * 3600
    assert attainment.status == "kept"


def test_holidays_and_exceptions_change_the_hours(in_tenant):
    hours = factories.make_hours({day: [(540, 1020)] for day in range(5)}, holiday_region="GB-ENG")
    hours.exceptions.create(on=date(2026, 12, 24), opens_at=540, closes_at=720)
    hours.exceptions.create(on=date(2026, 12, 31))
    target = factories.make_target(service_hours=hours)

    attainment = judged(target, Period.parse("2026-12"), at("2027-01-05 09:00"))

    # 23 weekdays; 25 and 28 December are holidays, 31 December is closed, 24 December has 3 hours.
    assert attainment.result["service_seconds"] == (19 * 8 + 3) * 3600


@pytest.mark.parametrize(
    ("policy", "status", "words"),
    [
        pytest.param(MissingPolicy.EXCLUDE, "data_gap", "100", id="left out"),
        pytest.param(MissingPolicy.DOWN, "data_gap", "90.3", id="as down"),
        pytest.param(MissingPolicy.UP, "data_gap", "100", id="as up"),
    ],
)
def test_time_without_data(in_tenant, policy, status, words):
    target = factories.make_target(missing_policy=policy)
    target.measure.starts_on = date(2026, 10, 4)
    target.measure.save()

    attainment = judged(target)

    assert (attainment.status, attainment.value_words) == (status, words)
    assert attainment.result["unknown_seconds"] == 72 * 3600
    assert Fraction(attainment.result["bounds"]["high"]) == 1
    assert Fraction(attainment.result["bounds"]["low"]) == Fraction(673, 745)
    assert attainment.result["certain"] is None


def test_a_promise_that_starts_inside_the_month_counts_from_there(in_tenant):
    target = factories.make_target(starts_on=date(2026, 10, 12))

    attainment = judged(target)

    assert attainment.result["service_seconds"] == (20 * 24 + 1) * 3600
    assert attainment.proof["lines"][0]["detail"].replace("\u00a0", " ").endswith("from 12 Oct")


def test_the_running_month_has_three_numbers(orders):
    november = Period.parse("2026-11")
    factories.add_outage(orders.measure, "2026-11-03 08:00", "2026-11-03 10:01", what="No orders")

    attainment = judged(orders, november, at("2026-11-10 09:40"))
    result = attainment.result

    elapsed, whole = 9 * 18 * 60 + 340, 30 * 18 * 60
    assert (attainment.status, attainment.value_words) == ("at_risk", "99.6")
    assert Fraction(result["so_far"]) == Fraction(elapsed - 121, elapsed)
    assert Fraction(result["if_nothing_else"]) == Fraction(whole - 121, whole)
    assert Fraction(result["worst_case"]) == Fraction(elapsed - 121, whole)
    assert Fraction(result["allowed_seconds"]) == 162 * 60
    assert Fraction(result["elapsed_share"]) == Fraction(elapsed, whole)


def test_work_to_come_is_listed_and_not_taken_out_before_it_begins(orders):
    factories.add_work(orders.service, "2026-11-22 04:00", "2026-11-22 05:00", "2026-11-02 09:00", "2026-11-03 09:00")

    attainment = judged(orders, Period.parse("2026-11"), at("2026-11-10 09:40"))

    assert [work["excluded_seconds"] for work in attainment.result["planned"]] == [3600]
    assert Fraction(attainment.result["allowed_seconds"]) == 162 * 60
    assert "planned_work" not in [line["key"] for line in attainment.proof["lines"]]


def test_a_running_share_below_its_target_is_at_risk_and_not_missed(in_tenant):
    target = factories.make_target(TargetKind.VOLUME)
    factories.add_volume(target.measure, date(2026, 11, 2), 100, 90)

    assert judged(target, Period.parse("2026-11"), at("2026-11-10 09:40")).status == "at_risk"


def test_the_page_of_a_running_share_tells_three_numbers(in_tenant, member, client_of):
    now, november = at("2026-11-11 00:00"), Period.parse("2026-11")
    volume, cases = factories.make_target(TargetKind.VOLUME), factories.make_target(TargetKind.CASES)
    factories.add_volume(volume.measure, date(2026, 11, 2), 100, 90)
    factories.add_case(cases.measure, "INC1", "2026-11-10 09:00", "2026-11-10 10:00")
    factories.add_case(cases.measure, "INC2", "2026-11-10 23:00", None)
    client = client_of(member())

    pages = [
        client.get(f"/t/larkmoor/attainments/{judged(target, november, now).pk}/").content.decode()
        for target in (volume, cases)
    ]

    for page, words in zip(
        pages,
        (("All in time, if about 200 more come", "96.6", "30.0"), ("If all open cases are late", "100", "50")),
        strict=True,
    ):
        assert "So far" in page
        assert [each for each in words if each not in page] == []


def test_an_open_outage_runs_until_now(in_tenant):
    target = factories.make_target()
    factories.add_outage(target.measure, "2026-11-10 08:40", None)

    result = judged(target, Period.parse("2026-11"), at("2026-11-10 09:40")).result

    assert Fraction(result["lost_seconds"]) == 3600
    assert result["events"][0]["ended_at"] is None


def test_checks_become_states_and_silence_is_unknown(in_tenant):
    measure = factories.make_measure(FactKind.CHECKS, max_gap_seconds=600)
    target = factories.make_target(measure=measure)
    start = at("2026-10-01 00:00") - timedelta(minutes=5)
    states = {100: 2, 101: 2, 102: 0}
    Measurement.objects.bulk_create(
        Measurement(measure_id=measure.pk, at=start + timedelta(minutes=5 * n), state=states.get(n, 0))
        for n in range(745 * 12 + 1)
        if not 200 <= n < 206
    )

    result = judged(target).result

    assert Fraction(result["lost_seconds"]) == 600
    # Checks 200 to 205 are missing: 35 minutes of silence, of which ten are spoken for by check 199.
    assert result["unknown_seconds"] == 25 * 60
    assert [event["seconds"] for event in result["events"]] == [600]


def test_only_the_agreed_kinds_of_planned_work_are_taken_out(in_tenant):
    service = factories.make_service()
    target = factories.make_target(service=service, excluded_work=["planned", "supplier"])
    for day, kind in ((5, "planned"), (6, "supplier"), (7, "emergency")):
        times = (f"2026-10-0{day} 10:00", f"2026-10-0{day} 11:00", "2026-09-01 09:00", "2026-09-02 09:00")
        factories.add_work(service, *times, kind=kind)

    figure = judged(target)

    assert (figure.result["excluded_seconds"], figure.result["lost_seconds"]) == (7200, "3600/1")
    assert [work["why"] for work in figure.result["planned"]][2] == ("Not agreed to be taken out, so it counts as down")
    lines = frame_lines(target)
    assert "Announced and approved planned work and work of a supplier is taken out." in lines
    assert "Emergency work counts as time without the service." in lines


def test_an_outage_costs_the_share_of_users_whom_it_met_where_that_is_agreed(in_tenant):
    target = factories.make_target(weighs_users=True)
    plain = factories.make_target(measure=target.measure)
    factories.add_outage(target.measure, "2026-10-05 10:00", "2026-10-05 12:00", affected_percent=Decimal("12.5"))
    factories.add_outage(target.measure, "2026-10-06 10:00", "2026-10-06 11:00")

    weighed, counted = judged(target), judged(plain)

    assert (weighed.result["lost_seconds"], counted.result["lost_seconds"]) == ("4500/1", "10800/1")
    assert weighed.result["experienced"]["lost_seconds"] == 10800
    (line,) = [line for line in weighed.proof["lines"] if line["key"] == "by_users"]
    assert line["detail"].replace("\u00a0", " ") == "5 Oct 15 min (12.5 % of users), 6 Oct 60 min (100 % of users)"
    rows = facts_of(attainment=weighed, target=target)[0].rows
    assert [row.why for row in rows] == ["12.5 % of users", "100 % of users"]
    assert facts_of(attainment=counted, target=plain)[0].rows[0].why == ""


def test_the_fingerprints_of_figures_of_before_stay_as_they_were(orders):
    """Figures that were issued would otherwise ask for a correction although nothing has changed."""
    assert judged(orders).inputs_hash == "349dca8c828101f1bc47022ec93b5186c8ae23f72e8d929a2c3ec7ab55448596"
