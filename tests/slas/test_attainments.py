"""October 2026 of Larkmoor Foods, calculated by hand, made from rows."""

from datetime import date
from fractions import Fraction

import pytest

from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import Attainment, Schedule, TargetKind
from tests.slas import factories
from tests.slas.factories import AFTERWARDS, at, judged

pytestmark = pytest.mark.django_db


def test_availability_in_minutes(orders):
    attainment = judged(orders)
    result = attainment.result

    assert (attainment.status, attainment.value_words) == ("missed", "99.3")
    assert result["service_seconds"] == 33_480 * 60
    assert result["excluded_seconds"] == 60 * 60
    assert result["counted_seconds"] == 33_420 * 60
    assert Fraction(result["lost_seconds"]) == 208 * 60
    assert Fraction(result["allowed_seconds"]) / 60 == Fraction("167.1")
    assert Fraction(result["agreed"]) == Fraction(33_212, 33_420)
    felt = result["experienced"]
    assert (felt["service_seconds"], felt["lost_seconds"]) == (33_480 * 60, 305 * 60)
    assert Fraction(felt["share"]) == Fraction(33_480 - 305, 33_480)
    assert (result["coverage"], result["certain"], result["unknown_seconds"]) == ("1/1", "missed", 0)
    assert attainment.used == pytest.approx(208 / 167.1)


def test_events_say_what_they_cost(orders):
    events = judged(orders).result["events"]

    assert [event["seconds"] // 60 for event in events] == [92, 58, 21, 74]
    assert [Fraction(event["counted_seconds"]) / 60 for event in events] == [92, 58, 21, 37]
    assert [event["is_degraded"] for event in events] == [False, False, False, True]
    assert events[0]["started_at"] == "2026-10-06T04:12:00+00:00"
    assert events[0]["cause"] == "Storage was full"


def test_planned_work_says_its_notice(orders):
    (planned,) = judged(orders).result["planned"]

    assert planned["excluded_seconds"] == 3600
    assert planned["notice_working_days"] == 7
    assert planned["why"] == "Announced in time and approved"


@pytest.mark.parametrize(
    ("announced", "approved", "notice", "excluded", "why"),
    [
        pytest.param("2026-10-09 09:00", "2026-10-12 09:00", 5, 60, "Announced in time and approved", id="five days"),
        pytest.param(
            "2026-10-10 09:00", "2026-10-12 09:00", 4, 0, "Announced too late", id="a Saturday counts as Monday"
        ),
        pytest.param("2026-10-01 09:00", None, 11, 0, "Not approved before it started", id="not approved"),
        pytest.param(
            "2026-10-01 09:00", "2026-10-18 04:01", 11, 0, "Not approved before it started", id="approved late"
        ),
    ],
)
def test_notice_is_counted_in_working_days(orders, announced, approved, notice, excluded, why):
    orders.service.planned_work.all().delete()
    factories.add_work(orders.service, "2026-10-18 04:00", "2026-10-18 05:00", announced, approved)

    result = judged(orders).result

    (planned,) = result["planned"]
    assert (planned["notice_working_days"], planned["excluded_seconds"] // 60) == (notice, excluded)
    assert planned["why"].startswith(why)
    assert Fraction(result["lost_seconds"]) / 60 == 208 + (60 - excluded)


@pytest.mark.parametrize(
    ("start", "end", "minutes", "said"),
    [
        pytest.param("04:10", "04:50", 0, "but costs nothing: all of it is in other planned work", id="inside"),
        pytest.param("02:00", "03:00", 0, "but costs nothing: all of it is in other", id="outside the hours"),
        pytest.param("04:30", "05:30", 30, "so it counts as down", id="half of it beyond"),
    ],
)
def test_work_that_was_not_approved_says_whether_it_costs_anything(orders, start, end, minutes, said):
    orders.service.planned_work.all().delete()
    factories.add_work(orders.service, "2026-10-18 04:00", "2026-10-18 05:00", "2026-10-01 09:00", "2026-10-02 09:00")
    factories.add_work(orders.service, f"2026-10-18 {start}", f"2026-10-18 {end}", "2026-10-01 09:00", None)

    planned = judged(orders).result["planned"]

    (mine,) = [work for work in planned if work["why"].startswith("Not approved before it started, ")]
    assert Fraction(mine["counted_seconds"]) / 60 == minutes
    assert said in mine["why"]


def test_the_proof_reads_from_top_to_bottom(orders):
    lines = judged(orders).proof["lines"]

    assert [(line["label"], line["detail"].replace("\u00a0", " "), line["value"]) for line in lines] == [
        ("Service hours", "31 days, 04:00 to 22:00, London time", "33,480 min"),
        ("Announced work taken out", "Sun 18 Oct, 7 working days’ notice, 60 of 120 min cap", "− 60 min"),
        ("Time that counts", "", "33,420 min"),
        ("Not possible", "6 Oct 92, 14 Oct 58, 22 Oct 21", "171 min"),
        ("Very slow", "28 Oct 74 min, counts half", "37 min"),
        ("Time lost", "", "208 min"),
        ("Time allowed", "0.5 % of 33,420, exactly 167.1", "167 min"),
        ("Share available", "33,212 of 33,420, exactly 99.3776 %. Always rounded down.", "99.3 %"),
        ("Result", "208 is more than 167.1", "Missed"),
    ]


def test_orders_confirmed_in_time_are_pooled(in_tenant):
    target = factories.make_target(TargetKind.VOLUME, unit_words="orders", bad_words="were late")
    factories.add_volume(target.measure, date(2026, 10, 1), 50_000, 49_500)
    factories.add_volume(target.measure, date(2026, 10, 31), 46_412, 45_403)
    factories.add_volume(target.measure, date(2026, 11, 1), 1, 0)

    attainment = judged(target)

    assert (attainment.status, attainment.value_words) == ("close", "98.4")
    wanted = {"met": 94_903, "total": 96_412, "late": 1_509, "allowed_late": 1_928, "warnings": []}
    assert {key: attainment.result[key] for key in wanted} == wanted


def test_urgent_problems_leave_out_pauses_and_count_by_due_date(in_tenant):
    target = factories.make_target(
        TargetKind.CASES, priorities=["Urgent"], pause_reasons=["Awaiting caller"], unit_words="problems"
    )
    measure = target.measure
    for number in range(1, 19):
        day = f"2026-10-{number:02}"
        factories.add_case(measure, f"INC{number:02}", f"{day} 09:00", f"{day} 10:30", priority="Urgent")
    # Three hours, of which two waited for the caller: in time. Waiting for a supplier was not agreed: late.
    factories.add_case(measure, "INC19", "2026-10-19 09:00", "2026-10-19 12:00", priority="Urgent")
    factories.add_pause(measure, "INC19", "2026-10-19 09:30", "2026-10-19 11:30", "Awaiting caller")
    factories.add_case(measure, "INC20", "2026-10-20 09:00", "2026-10-20 12:00", priority="Urgent", title="No tills")
    factories.add_pause(measure, "INC20", "2026-10-20 09:30", "2026-10-20 11:30", "Awaiting supplier")
    # Not of October: due in November. Not counted: another priority, and a duplicate.
    factories.add_case(measure, "INC21", "2026-10-31 23:00", "2026-10-31 23:30", priority="Urgent")
    factories.add_case(measure, "INC22", "2026-10-20 09:00", None, priority="Low")
    factories.add_case(measure, "INC23", "2026-10-20 09:00", None, priority="Urgent", excluded_reason="Duplicate")

    attainment = judged(target)
    result = attainment.result

    assert (attainment.status, attainment.value_words) == ("kept", "95")
    assert (result["met"], result["eligible"], result["late"], result["allowed_late"]) == (19, 20, 1, 2)
    assert (result["excluded"], result["open_late"], result["paused_seconds"]) == (1, 0, 7200)
    (late,) = result["late_cases"]
    assert (late["key"], late["title"], late["elapsed_seconds"]) == ("INC20", "No tills", 3 * 3600)
    assert late["due_at"] == "2026-10-20T10:00:00+00:00"


def test_a_case_paused_for_months_is_counted_when_it_is_due(in_tenant):
    target = factories.make_target(TargetKind.CASES, pause_reasons=["Awaiting caller"])
    factories.add_case(target.measure, "INC1", "2026-03-02 09:00", "2026-10-05 10:00")
    factories.add_pause(target.measure, "INC1", "2026-03-02 09:30", "2026-10-05 09:00", "Awaiting caller")

    attainment = judged(target)

    assert (attainment.result["met"], attainment.result["eligible"], attainment.value_words) == (1, 1, "1/1")


def test_few_cases_are_said_as_counts(in_tenant):
    target = factories.make_target(TargetKind.CASES, within_seconds=None, within_working_days=10)
    for number in (1, 2, 3):
        factories.add_case(target.measure, f"REQ{number}", f"2026-10-0{number} 09:00", f"2026-10-0{number} 17:00")

    assert judged(target).value_words == "3/3"


def test_a_first_answer_that_nobody_recorded_is_a_data_gap(in_tenant):
    target = factories.make_target(TargetKind.CASES, clock_stop="answered")
    factories.add_case(target.measure, "INC1", "2026-10-05 09:00", "2026-10-05 10:00")

    attainment = judged(target)

    assert (attainment.status, attainment.value_words, attainment.result["unknown"]) == ("data_gap", "–", 1)


def occasions(target, missing=(), late=(), done="06:10"):
    hours = target.service_hours
    for day in range(1, 32):
        on = date(2026, 10, day)
        if on in missing or (hours and not hours.windows.filter(weekday=on.weekday()).exists()):
            continue
        factories.add_occasion(target.measure, on, at(f"{on} {'07:20' if on in late else done}"))


@pytest.fixture
def sales(in_tenant):
    """Sales figures are ready by 07:00, on working days, at most one late."""
    week = {day: [(420, 1200)] for day in range(5)}
    return factories.make_target(
        TargetKind.OCCASIONS,
        service_hours=factories.make_hours(week, words="Monday to Friday"),
        schedule=Schedule.WORKING_DAYS,
        due_minute=420,
    )


@pytest.mark.parametrize(
    ("missing", "late", "status", "words", "certain"),
    [
        pytest.param((), (), "kept", "22/22", "kept", id="all in time"),
        pytest.param((), (5,), "close", "21/22", "kept", id="one late uses up the room"),
        pytest.param((), (5, 6), "missed", "20/22", "missed", id="two late"),
        pytest.param((1, 2), (), "data_gap", "20/22", None, id="two unknown could be late"),
        pytest.param((1, 2, 9), (), "data_gap", "19/22", None, id="three unknown, as in October"),
        pytest.param((1,), (5, 6), "missed", "19/22", "missed", id="unknown cannot help"),
        pytest.param((1,), (), "kept", "21/22", "kept", id="one unknown cannot hurt"),
    ],
)
def test_occasions(sales, missing, late, status, words, certain):
    occasions(sales, [date(2026, 10, day) for day in missing], [date(2026, 10, day) for day in late])

    attainment = judged(sales)

    assert (attainment.status, attainment.value_words, attainment.result["certain"]) == (status, words, certain)
    assert attainment.result["unknown_dates"] == [f"2026-10-{day:02}" for day in missing]
    assert [each["on"] for each in attainment.result["late_dates"]] == [f"2026-10-{day:02}" for day in late]


def test_prices_are_live_on_every_night(in_tenant):
    target = factories.make_target(TargetKind.OCCASIONS)
    occasions(target, done="03:10")

    assert (judged(target).status, judged(target).value_words) == ("kept", "31/31")


def test_satisfaction_with_its_interval(in_tenant):
    target = factories.make_target(TargetKind.SATISFACTION)
    factories.add_survey(target.measure, date(2026, 10, 15), 40, 30, 26)
    factories.add_survey(target.measure, date(2026, 10, 30), 22, 11, 10)

    attainment = judged(target)
    result = attainment.result

    assert (attainment.status, attainment.value_words) == ("kept", "87")
    assert (result["good"], result["answers"], result["asked"], result["allowed_bad"]) == (36, 41, 62, 8)
    assert Fraction(result["low"]) < Fraction(36, 41) < Fraction(result["high"])


def test_fewer_than_five_answers_are_hidden(in_tenant):
    target = factories.make_target(TargetKind.SATISFACTION)
    factories.add_survey(target.measure, date(2026, 10, 15), 9, 4, 1)

    attainment = judged(target)

    assert (attainment.status, attainment.value_words, attainment.result["good"]) == ("data_gap", "–", None)
    assert "1/4" not in str(attainment.proof)


def test_a_year_from_april_is_one_figure_of_its_months(in_tenant):
    target = factories.make_target(TargetKind.VOLUME, period_kind="year", period_start_month=4)
    for month, total, met in ((4, 100, 97), (5, 100, 100)):
        factories.add_volume(target.measure, date(2025, month, 1), total, met)

    compute_attainments(targets=[target], periods=[Period.parse("2025-05")], now=AFTERWARDS)

    attainment = Attainment.objects.get(target=target)
    assert (attainment.period_start, attainment.period_end) == (date(2025, 4, 1), date(2026, 4, 1))
    assert (attainment.result["met"], attainment.result["total"]) == (197, 200)
    assert [month["month"] for month in attainment.result["months"]] == ["2025-04-01", "2025-05-01"]


def test_more_within_the_standard_than_counted_is_shown_and_never_clipped(in_tenant):
    target = factories.make_target(TargetKind.VOLUME)
    factories.add_volume(target.measure, date(2026, 10, 1), 100, 120)

    result = judged(target).result

    assert (result["met"], result["total"]) == (120, 100)
    assert result["warnings"] == ["2026-10-01: 120 within the standard is more than the 100 counted"]


def test_no_volume_no_numerator(in_tenant):
    empty, unknown = (factories.make_target(TargetKind.VOLUME) for _ in range(2))
    factories.add_volume(unknown.measure, date(2026, 10, 1), 100, None)

    assert (judged(empty).status, judged(empty).value_words) == ("no_cases", "–")
    assert (judged(unknown).status, judged(unknown).result["unknown"]) == ("data_gap", 100)
