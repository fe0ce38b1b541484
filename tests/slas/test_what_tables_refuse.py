"""What no form lets through, the database refuses as well: hours, promises, proposals, cases, batches, months."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from slas.models import (
    FactBatch,
    HoursException,
    HoursWindow,
    MonthClose,
    PeriodKind,
    ServiceLevelTarget,
    TargetKind,
    TargetProposal,
)
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at

pytestmark = pytest.mark.usefixtures("in_tenant")
NOW = at("2026-11-10 09:00")
ON = date(2026, 12, 24)


def refused(constraint):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize(
    ("times", "constraint"),
    [
        pytest.param((600, None), "hours_exception_in_order", id="no end"),
        pytest.param((None, 600), "hours_exception_in_order", id="no start"),
        pytest.param((600, 600), "hours_exception_in_order", id="no length"),
        pytest.param((1440, 1500), "hours_exception_in_order", id="opens on the next day"),
        pytest.param((0, 1441), "hours_exception_within_a_day", id="longer than a day"),
    ],
)
def test_a_date_that_differs_is_closed_or_has_hours(times, constraint):
    hours = factories.make_hours()
    with refused(constraint):
        HoursException.objects.create(service_hours=hours, on=ON, opens_at=times[0], closes_at=times[1])


@pytest.mark.parametrize("times", [(None, None), (0, 1440), (1320, 1800), (1439, 2879)])
def test_a_date_may_be_closed_open_all_day_or_into_the_next(times):
    hours = factories.make_hours()
    HoursException.objects.create(service_hours=hours, on=ON, opens_at=times[0], closes_at=times[1])


@pytest.mark.parametrize(
    ("times", "constraint"),
    [
        pytest.param((600, 540), "window_in_order", id="turned round"),
        pytest.param((1440, 1500), "window_in_order", id="opens on the next day"),
        pytest.param((60, 1501), "window_within_a_day", id="longer than a day"),
    ],
)
def test_a_window_is_at_most_a_day_long(times, constraint):
    hours = factories.make_hours({0: [(60, 1500)]})
    with refused(constraint):
        HoursWindow.objects.create(service_hours=hours, weekday=1, opens_at=times[0], closes_at=times[1])


@pytest.mark.parametrize(
    ("kind", "fields", "constraint"),
    [
        pytest.param("volume", {"starts_on": ON, "ends_on": ON}, "target_ends_after_start", id="no day"),
        pytest.param("readings", {"reading_limit": None}, "target_of_readings_has_a_limit", id="no limit"),
        pytest.param("volume", {"period_kind": "week"}, "target_period_known", id="period"),
        pytest.param("volume", {"missing_policy": "guess"}, "target_missing_policy_known", id="missing data"),
        pytest.param("cases", {"clock_stop": "never"}, "target_clock_stop_known", id="end of the clock"),
        pytest.param("occasions", {"schedule": "weekly"}, "target_schedule_known", id="schedule"),
        pytest.param("occasions", {"schedule": "monthly"}, "target_once_a_month_has_a_day", id="no day of the month"),
        pytest.param(
            "occasions", {"schedule": "monthly", "due_day": 32}, "target_due_in_month_and_day", id="day of the month"
        ),
        pytest.param("occasions", {"due_minute": 1441}, "target_due_in_month_and_day", id="minute of the day"),
        pytest.param("availability", {"degraded_share": Decimal("1.5")}, "target_shares_of_one", id="degraded over 1"),
        pytest.param("availability", {"degraded_share": -1}, "target_shares_of_one", id="degraded under 0"),
        pytest.param("volume", {"close_room": Decimal("1.001")}, "target_shares_of_one", id="room"),
        pytest.param("volume", {"close_margin": -1}, "target_percentages", id="margin"),
        pytest.param("volume", {"minimum_coverage": 101}, "target_percentages", id="least data"),
    ],
)
def test_a_promise_has_a_frame_that_can_be_judged(kind, fields, constraint):
    with refused(constraint):
        factories.make_target(kind, **fields)


def test_a_promise_may_have_the_widest_frame():
    made = factories.make_target(
        TargetKind.AVAILABILITY, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2), period_kind=PeriodKind.YEAR,
        degraded_share=0, close_room=1, close_margin=100, minimum_coverage=0,
    )  # fmt: skip
    assert ServiceLevelTarget.objects.get() == made


@pytest.mark.parametrize("threshold", ["-0.1", "100.1"])
def test_a_proposed_level_is_a_percentage(threshold):
    with refused("proposed_threshold_percent"):
        propose(factories.make_target(is_trial=True, threshold=None), threshold=Decimal(threshold))


def test_one_level_is_proposed_at_a_time():
    target = factories.make_target(is_trial=True, threshold=None)
    first = propose(target)
    with refused("proposal_open_once"), transaction.atomic():
        propose(target)

    first.is_accepted = False
    first.save()
    assert propose(target).is_accepted is None


def propose(target, threshold=Decimal(99)):
    by = people.make_member()
    return TargetProposal.objects.create(
        target=target, threshold=threshold, proposed_by=by, proposed_at=NOW, answer_due_on=ON
    )


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        pytest.param({"resolved_at": at("2026-10-01 08:59")}, "case_solved_after_opening", id="solved"),
        pytest.param({"responded_at": at("2026-10-01 08:59")}, "case_answered_after_opening", id="answered"),
    ],
)
def test_a_case_does_not_end_before_it_began(fields, constraint):
    measure = factories.make_measure("cases")
    case = factories.add_case(measure, "INC1", "2026-10-01 09:00", "2026-10-01 09:00")
    with refused(constraint):
        type(case).objects.filter(pk=case.pk).update(**fields)


def test_a_batch_says_how_it_came():
    with refused("batch_origin_known"):
        FactBatch.objects.create(measure=factories.make_measure(), fact="outages", origin="dreamt", brought_at=NOW)


def test_a_closed_month_is_named_by_its_first_day():
    with refused("closed_month_by_its_first"):
        MonthClose.objects.create(business_unit=people.make_unit(), month=date(2026, 10, 2), closed_at=NOW)
