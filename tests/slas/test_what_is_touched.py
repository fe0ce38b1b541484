"""Late facts recompute what they touch and only that; a closed figure is looked at once more, and no oftener."""

from datetime import date

import pytest

from slas.actions.attainments import close_month, compute_attainments, mark_stale, recompute_dirty
from slas.actions.facts import apply_rows
from slas.calculation.periods import Period
from slas.models import Attainment, DirtyTarget, FactBatch, Measurement, MeasurementRevision, Schedule
from slas.queries.agreement_list import agreement_rows
from slas.queries.rows import CheckRow, GapRow, VolumeRow
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at

OCTOBER = Period.parse("2026-10")
NOW = at("2026-11-10 09:40")


@pytest.fixture
def unit(in_tenant):
    return people.make_unit(name="Customer Orders")


@pytest.fixture
def target(unit):
    return factories.make_target(unit=unit)


def batch_of(target):
    return FactBatch.objects.create(measure=target.measure, fact="volumes", origin="pushed", brought_at=NOW)


def waiting():
    return sorted(DirtyTarget.objects.values_list("period_start", flat=True))


def close(target, now):
    compute_attainments(targets=[target], periods=[OCTOBER], now=now)
    close_month(business_unit=target.agreement.customer.business_unit, month=OCTOBER.first_on, by=None, now=now)


def test_a_figure_closed_early_is_looked_at_once_more_when_its_dates_are_settled(target):
    close(target, at("2026-11-01 12:00"))
    assert recompute_dirty(limit=10, now=at("2026-11-02 12:00")).taken == 0

    settled = recompute_dirty(limit=10, now=at("2026-11-03 01:00"))

    assert (settled.taken, settled.written) == (1, 0)
    Attainment.objects.filter(period_start__gt=OCTOBER.first_on).delete()
    mark_stale(now=at("2026-11-20 08:00"))
    assert waiting() == [date(2026, 11, 1)]  # the running month only


def test_a_figure_closed_late_is_settled(target):
    close(target, NOW)

    assert waiting() == []


def test_facts_put_back_leave_nothing_to_correct(target):
    close(target, NOW)
    outage = factories.add_outage(target.measure, "2026-10-06 05:12", "2026-10-06 06:44")
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)
    assert Attainment.objects.filter(target=target).count() == 2

    outage.delete()
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)

    assert [row.revision for row in Attainment.objects.filter(target=target)] == [1]


def test_what_lies_between_two_late_facts_is_left_alone(unit):
    target = factories.make_target("volume", unit=unit)
    rows = [VolumeRow(on=date(2026, month, 5), total=10, met=9) for month in (1, 10)]

    apply_rows(measure=target.measure, rows=rows, batch=batch_of(target), now=NOW)

    assert waiting() == [date(2026, 1, 1), date(2026, 10, 1)]


def checks(target, *found):
    """Checks with the state and, where it is given, the response time."""
    rows = [CheckRow(at(when), *says) for when, *says in found]
    apply_rows(measure=target.measure, rows=rows, batch=batch_of(target), now=NOW)


@pytest.fixture
def checked(unit):
    """Looked at each fifth day of the year, all queued periods worked off."""
    target = factories.make_target(unit=unit, measure=factories.make_measure("checks"))
    checks(target, *((f"2026-{month:02}-{day:02} 00:00", 0, 30.0) for month in range(1, 11) for day in (1, 6, 11)))
    DirtyTarget.objects.all().delete()
    return target


def test_what_lies_between_two_late_checks_is_left_alone(checked):
    checks(checked, ("2026-01-05 00:00", 2), ("2026-09-06 00:00", 2))

    assert waiting() == [date(2026, 1, 1), date(2026, 9, 1)]


def test_what_led_to_a_failure_of_the_next_month_touches_that_as_well(checked):
    Measurement.objects.filter(at=at("2026-02-01 00:00")).delete()
    checks(checked, ("2026-01-25 00:00", 2))
    assert waiting() == [date(2026, 1, 1), date(2026, 2, 1)]
    DirtyTarget.objects.all().delete()

    checks(checked, ("2026-01-16 00:00", 2), ("2026-01-18 00:00", 2))

    assert waiting() == [date(2026, 1, 1), date(2026, 2, 1)]


def test_a_late_check_speaks_until_the_next_one_that_comes_with_it(checked):
    Measurement.objects.filter(at__gte=at("2026-02-01 00:00")).delete()

    checks(checked, ("2026-01-25 00:00", 2), ("2026-03-05 00:00", 0))

    assert waiting()[:3] == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]


def test_another_response_time_touches_no_figure(checked):
    checks(checked, ("2026-09-06 00:00", 0, 45.0))

    assert MeasurementRevision.objects.get().new["response_ms"] == 45
    assert waiting() == []


def test_a_time_without_data_that_ends_in_a_far_year_touches_what_has_begun(target):
    row = GapRow(at("2026-10-20 00:00"), at("9999-12-31 00:00"), "Nobody looks any more")

    apply_rows(measure=target.measure, rows=[row], batch=batch_of(target), now=NOW)

    assert waiting() == [date(2026, 10, 1), date(2026, 11, 1)]


def test_each_measure_touches_its_own_periods(unit):
    early, late = (factories.make_target("volume", unit=unit) for _ in range(2))
    for target, month in ((early, 1), (late, 10)):
        row = VolumeRow(on=date(2026, month, 5), total=10, met=9)
        apply_rows(measure=target.measure, rows=[row], batch=batch_of(target), now=NOW)

    found = sorted(DirtyTarget.objects.values_list("target_id", "period_start"))
    assert found == sorted([(early.pk, date(2026, 1, 1)), (late.pk, date(2026, 10, 1))])


def test_only_what_is_mandatory_decides_about_an_agreement(target, member):
    extra = factories.make_target(agreement=target.agreement, is_mandatory=False)
    factories.add_outage(extra.measure, "2026-10-06 05:12", "2026-10-08 06:44")
    compute_attainments(targets=[target, extra], periods=[OCTOBER], now=NOW)

    row = agreement_rows(reader=member(), agreements=[target.agreement], today=NOW.date())[0]

    assert "kept" in row.last


def test_dates_and_times_are_those_of_the_agreement_whatever_the_zone_of_its_hours(unit):
    target = factories.make_target(
        "occasions",
        unit=unit,
        schedule=Schedule.DAILY,
        due_minute=7 * 60,
        service_hours=factories.make_hours(time_zone="America/New_York"),
    )
    factories.add_occasion(target.measure, date(2026, 10, 6), at("2026-10-06 07:30"))  # in time only in New York

    found = factories.judged(target)

    assert [each["on"] for each in found.result["late_dates"]] == ["2026-10-06"]


@pytest.mark.parametrize(("clock_stop", "word"), [("solved", "Solved"), ("answered", "First answered")])
def test_the_end_of_a_late_case_is_called_what_stops_its_clock(unit, member, client_of, clock_stop, word):
    target = factories.make_target("cases", unit=unit, clock_stop=clock_stop, service_hours=factories.make_hours())
    case = factories.add_case(target.measure, "INC1", "2026-10-05 09:00", "2026-10-05 18:00")
    case.responded_at = case.resolved_at
    case.save()
    figure = factories.judged(target)

    page = client_of(member()).get(f"/t/larkmoor/attainments/{figure.pk}/").content.decode()

    assert f"{word} Mon 5 Oct" in page.replace("\u00a0", " ")
