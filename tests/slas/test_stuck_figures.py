"""One figure that cannot be calculated holds up no other; it is tried again, and what stops it is said."""

import logging
from datetime import date, timedelta

import pytest

from portal.accounts.models import Role
from slas.actions.attainments import (
    close_figures,
    close_month,
    compute_attainments,
    mark_dirty,
    mark_stale,
    recompute_dirty,
)
from slas.calculation.periods import Period
from slas.errors import FigureNotCalculated
from slas.models import Attainment, DirtyTarget, ServiceHours, TargetKind
from slas.queries.claims import recompute_with_claim
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at

pytestmark = pytest.mark.django_db
OCTOBER = Period(2026, 10)
NOW, NOON = at("2026-11-10 09:40"), at("2026-10-15 12:00")
NEVER_OPEN = "do not open again within the calendar, so no deadline can be counted. Add opening hours."


@pytest.fixture
def unit(in_tenant):
    return people.make_unit(name="Customer Orders")


@pytest.fixture
def reversed_pause(unit):
    """A case whose clock stood still until before it did."""
    target = factories.make_target(TargetKind.CASES, unit=unit, name="Problems are solved")
    factories.add_case(target.measure, "INC7", "2026-10-06 09:00", "2026-10-06 10:00")
    factories.add_pause(target.measure, "INC7", "2026-10-06 09:30", "2026-10-06 09:10", "Supplier")
    return target


def never_open(unit):
    target = factories.make_target(TargetKind.CASES, unit=unit, service_hours=factories.make_hours({}))
    factories.add_case(target.measure, "INC8", "2026-10-06 09:00", "2026-10-06 10:00")
    return target


def unknown_region(unit):
    return factories.make_target(unit=unit, service_hours=factories.make_hours(holiday_region="XX"))


def negative_volume(unit):
    target = factories.make_target(TargetKind.VOLUME, unit=unit)
    factories.add_volume(target.measure, date(2026, 10, 1), 10, -3)
    return target


def queue(*targets, now=NOW):
    mark_dirty(measure_ids=[target.measure_id for target in targets], from_=NOON, until=NOON, now=now)


def figures():
    return set(Attainment.objects.filter(period_start=OCTOBER.first_on).values_list("target_id", flat=True))


@pytest.mark.parametrize(
    ("make", "why"),
    [
        pytest.param(never_open, NEVER_OPEN, id="hours that never open"),
        pytest.param(unknown_region, "The public holidays of “XX” are not known", id="holidays that nobody knows"),
        pytest.param(negative_volume, "-3 of 10 is not a share", id="a count below zero"),
    ],
)
def test_what_cannot_be_calculated_is_set_aside_with_its_reason(unit, caplog, make, why):
    broken = make(unit)
    whole = [factories.make_target(unit=unit) for _ in range(5)]
    queue(*whole[:2], broken, *whole[2:])

    with caplog.at_level(logging.WARNING, "slas.actions.attainments"):
        computed = recompute_dirty(limit=100, now=NOW)

    assert (computed.written, computed.failed) == (5, 1)
    assert figures() == {target.pk for target in whole}
    (row,) = DirtyTarget.objects.all()
    assert (row.target_id, row.period_start, row.since) == (broken.pk, OCTOBER.first_on, NOW + timedelta(hours=1))
    assert why in row.failure
    assert f"target {broken.pk}, 2026-10" in caplog.text


def test_it_is_tried_again_and_made_when_the_cause_is_gone(reversed_pause):
    queue(reversed_pause)
    recompute_dirty(limit=100, now=NOW)
    assert recompute_dirty(limit=100, now=NOW + timedelta(minutes=59)).taken == 0

    later = NOW + timedelta(minutes=61)
    assert recompute_dirty(limit=100, now=later).failed == 1
    assert [row.since for row in DirtyTarget.objects.all()] == [later + timedelta(hours=1)]

    factories.CasePause.objects.update(ended_at=at("2026-10-06 09:40"))
    queue(reversed_pause, now=later)
    computed = recompute_dirty(limit=100, now=later)  # new facts do not wait for the hour

    assert (computed.written, computed.failed) == (1, 0)
    assert figures() == {reversed_pause.pk}
    assert not DirtyTarget.objects.exists()


def test_the_passing_of_time_does_not_try_it_oftener(reversed_pause):
    queue(reversed_pause)
    recompute_dirty(limit=100, now=NOW)
    Attainment.objects.filter(target=reversed_pause).delete()

    marked = mark_stale(now=NOW + timedelta(minutes=10))

    assert (marked, DirtyTarget.objects.filter(failure="").count()) == (1, 1)  # the running month alone


def test_hours_that_open_again_are_enough(unit):
    target = never_open(unit)
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)
    ServiceHours.objects.get().windows.create(weekday=1, opens_at=0, closes_at=1440)

    computed = recompute_dirty(limit=100, now=NOW + timedelta(hours=1))

    assert (computed.written, DirtyTarget.objects.count()) == (1, 0)


def test_a_month_is_not_closed_over_a_figure_that_cannot_be_calculated(unit, reversed_pause):
    with pytest.raises(
        FigureNotCalculated, match="“Problems are solved” cannot be calculated for October 2026: Pause 1 of case INC7"
    ):
        close_month(business_unit=unit, month=date(2026, 10, 1), by=None, now=NOW)

    assert not Attainment.objects.filter(closed_at__isnull=False).exists()


@pytest.fixture
def outdated(unit):
    """A figure whose facts were broken after it was made."""
    target = factories.make_target(unit=unit, service_hours=factories.make_hours(), name="Orders can be placed")
    factories.judged(target, now=NOW)
    ServiceHours.objects.update(holiday_region="XX")
    queue(target)
    recompute_dirty(limit=100, now=NOW)
    return Attainment.objects.get()


def test_a_figure_older_than_its_facts_is_not_issued(outdated):
    with pytest.raises(FigureNotCalculated, match="“Orders can be placed” cannot be calculated for October 2026"):
        close_figures(ids=[outdated.pk], now=NOW)


def test_a_claim_on_such_a_figure_is_refused_with_the_reason(outdated):
    with pytest.raises(FigureNotCalculated, match="holidays of “XX” are not known"):
        recompute_with_claim(attainment=outdated, claimed_from=NOON, claimed_until=NOON + timedelta(hours=1), now=NOW)


def test_its_page_says_so_to_it(outdated, unit, member, client_of):
    def page(reader):
        return client_of(reader).get(f"/t/larkmoor/attainments/{outdated.pk}/").content.decode()

    assert "Not up to date: this figure cannot be calculated again." in page(member(Role.SERVICE_OWNER))
    Attainment.objects.update(closed_at=NOW)
    head = page(member(Role.BUSINESS_UNIT_HEAD, units=[unit]))
    assert "Orders can be placed" in head
    assert "Not up to date" not in head
