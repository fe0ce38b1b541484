"""What outages hit: only in the time that the figure counts, from a profile that knows orders at each hour."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.models import BusinessGoal
from portal.language.numbers import NBSP
from portal.language.sentences import plain
from reporting.models import ImpactHour, ImpactProfile, ValueKind, ValueStatement
from reporting.queries.happened import list_events
from reporting.queries.promise_parts import budget, events, tell
from reporting.queries.review_page import build_page
from reporting.queries.review_rows import PromiseRows, address_of
from reporting.queries.worth import list_impacts, list_statements, share_words, tell_worth
from slas.actions.agreements import revise_agreement
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period, PeriodKind
from slas.models import Agreement, AgreementState, Volume
from tests import factories
from tests.reporting import factories as made
from tests.slas import factories as slas
from tests.slas.factories import at

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
HALF = Decimal("0.5")


@pytest.fixture
def orders(unit):
    """Ordering from 04:00 to 22:00; agreed work is taken out; slow counts half; gaps up to five minutes are merged."""
    return slas.make_target(
        unit=unit,
        service=slas.make_service(),
        service_hours=slas.make_hours(slas.every_day(4, 22)),
        excluded_work=["planned"],
        degraded_share=HALF,
        merge_gap_seconds=300,
    )


@pytest.fixture
def impact(unit, orders):
    """impact(now) is what the October of the promise hit, with 60 orders in each hour of day and night."""
    say(orders, date(2026, 6, 15), 60)
    goal = BusinessGoal.objects.create(slug="goal", name="Goal", short_name="Goal", business_unit=unit)
    ValueStatement.objects.create(
        business_unit=unit, goal=goal, slug="lost", kind=ValueKind.LOST_UNITS, grade="C",
        target=orders, unit_words="orders", cause_words="Down", result_words="sales not made",
    )  # fmt: skip

    def found(now="2026-11-05 09:00", period=slas.OCTOBER):
        attainment = slas.judged(orders, period, now=at(now))
        impacts = list_impacts(
            statements=list_statements(unit=unit), attainments={address_of(orders): attainment}, month=OCTOBER,
            zone="Europe/London",
        )  # fmt: skip
        return attainment, impacts.get(address_of(orders))

    return found


def say(promise, on, units):
    """The unit says how many orders there are in each hour of day and night."""
    profile = ImpactProfile.objects.create(
        service=promise.service, business_unit=promise.agreement.customer.business_unit, unit_words="orders",
        lost_share_low=Decimal("0.15"), lost_share_high=Decimal("0.20"), unit_value_minor=21400, confirmed_on=on,
    )  # fmt: skip
    ImpactHour.objects.bulk_create(
        ImpactHour(profile=profile, weekday=day, hour=hour, units=units) for day in range(7) for hour in range(24)
    )


@pytest.fixture
def unit(in_tenant):
    return factories.make_unit()


@pytest.mark.parametrize(
    ("outages", "orders_hit"),
    [
        pytest.param([("2026-10-06 10:00", "2026-10-06 11:30")], 90, id="all of it in hours"),
        pytest.param([("2026-10-06 21:00", "2026-10-07 05:00")], 120, id="over night: not while nothing is promised"),
        pytest.param([("2026-10-06 23:00", "2026-10-07 03:00")], 0, id="only at night"),
        pytest.param([("2026-09-30 12:00", "2026-10-01 05:00")], 60, id="only the part in the month"),
        pytest.param([("2026-10-06 10:00:00", "2026-10-06 10:10"), ("2026-10-06 10:14", "2026-10-06 10:20")], 20,
                     id="a merged gap is lost as well"),
        pytest.param([("2026-10-06 10:00", "2026-10-06 11:00"), ("2026-10-06 10:30", "2026-10-06 11:30")], 90,
                     id="what overlaps is hit once"),
        pytest.param([("2026-10-18 04:30", "2026-10-18 06:00")], 60, id="not in work that is taken out"),
    ],
)  # fmt: skip
def test_orders_are_hit_in_the_time_that_counts(orders, impact, outages, orders_hit):
    slas.add_work(orders.service, "2026-10-18 04:00", "2026-10-18 05:00", "2026-10-07 09:00", "2026-10-09 09:00")
    for start, end in outages:
        slas.add_outage(orders.measure, start, end)

    _, found = impact()

    assert sum(found.by_event.values()) == orders_hit


def test_slow_time_hits_as_far_as_it_was_lost(orders, impact):
    slas.add_outage(orders.measure, "2026-10-06 21:00", "2026-10-07 05:00", is_degraded=True)

    _, found = impact()

    assert sum(found.by_event.values()) == 60


@pytest.mark.parametrize(
    ("now", "orders_hit"),
    [
        pytest.param("2026-10-31 12:00", 120, id="until now"),
        pytest.param("2026-11-05 09:00", 720, id="until the month is over"),
    ],
)
def test_an_outage_that_is_still_open_hits_so_far(orders, impact, now, orders_hit):
    slas.add_outage(orders.measure, "2026-10-31 10:00", None)

    _, found = impact(now)

    assert sum(found.by_event.values()) == orders_hit


def test_planned_work_that_counts_as_down_is_an_event_that_hits(orders, impact):
    slas.add_work(orders.service, "2026-10-18 10:00", "2026-10-18 11:00", "2026-10-07 09:00", None, title="New disks")

    attainment, found = impact()
    (event,) = list_events(attainment.result)
    told = tell(PromiseRows(orders, "orders", {OCTOBER: attainment}), OCTOBER, found.by_event, found.profile.unit_words)
    table = events(told, "")

    assert (event["what"], event["cause"]) == ("New disks", "Not approved before it started, so it counts as down")
    assert found.by_event == {event["id"]: 60}
    assert [(row.start, row.end, row.counted, row.hit) for row in table.rows] == [("10:00", "11:00", "60", "60")]
    assert [piece.minutes for piece in budget(told).pieces] == [60.0]


def test_of_a_quarter_the_month_tells_its_own_part(orders, impact):
    orders.period_kind = "quarter"
    orders.save()
    for month in ("10", "11"):
        slas.add_outage(orders.measure, f"2026-{month}-06 10:00", f"2026-{month}-06 12:00")

    _, found = impact("2026-12-01 09:00", Period(2026, 10, PeriodKind.QUARTER))

    assert sum(found.by_event.values()) == 120


def test_a_statement_keeps_to_its_promise_in_a_new_version_of_the_agreement(in_tenant):
    month = made.make_month(months=0)
    review = made.make_draft(month)
    on = date(2026, 10, 20)
    draft = revise_agreement(agreement=month.agreement, starts_on=on, by=month.manager, now=made.ISSUED_AT)
    Agreement.objects.filter(pk=month.agreement.pk).update(ends_on=on, state=AgreementState.SUPERSEDED)
    Agreement.objects.filter(pk=draft.pk).update(state=AgreementState.IN_FORCE)

    page = build_page(review=review, now=made.ISSUED_AT)

    lost = next(row for row in page.worth if row.anchor == "worth.lost-orders")
    assert page.promises[0].target_id in set(draft.targets.values_list("pk", flat=True))
    assert "orders were hit. From your own profile" in plain(lost.text).replace(NBSP, " ")


@pytest.mark.parametrize(
    ("said_again_on", "orders_hit"),
    [
        pytest.param(date(2026, 10, 31), 10, id="while the month ran"),
        pytest.param(date(2026, 11, 1), 60, id="after it: the next month counts with it"),
    ],
)
def test_a_month_is_counted_with_what_was_said_last_when_it_ended(orders, impact, said_again_on, orders_hit):
    slas.add_outage(orders.measure, "2026-10-06 10:00", "2026-10-06 11:00")
    say(orders, said_again_on, 10)

    _, found = impact(now="2026-12-05 09:00")

    assert sum(found.by_event.values()) == orders_hit


def test_what_is_said_first_after_a_month_says_nothing_of_that_month(orders, impact):
    slas.add_outage(orders.measure, "2026-10-06 10:00", "2026-10-06 11:00")
    ImpactProfile.objects.update(confirmed_on=date(2026, 11, 1))

    assert impact()[1] is None


def test_what_is_not_known_is_not_said_to_be_nothing(orders, impact):
    _, nothing = impact()
    (statement,) = list_statements(unit=orders.agreement.customer.business_unit)

    told = [
        tell_worth(statement=statement, month=OCTOBER, impact=each, line="", line_figures=()).text
        for each in (None, nothing)
    ]

    assert told == ["It is not known how many orders were hit.", "No orders were hit."]


def test_a_quarter_stands_in_its_last_month_and_the_running_one_in_the_month_of_the_review(in_tenant):
    month = made.make_month(months=0)
    quarterly = slas.make_target(
        agreement=month.agreement, slug="by-quarter", name="By the quarter", period_kind="quarter"
    )
    periods = [Period(2026, 7, PeriodKind.QUARTER), Period(2026, 10, PeriodKind.QUARTER)]
    compute_attainments(targets=[quarterly], periods=periods, now=made.ISSUED_AT)

    page = build_page(review=made.make_draft(month), now=made.ISSUED_AT)

    row = next(row for row in page.chart if row.anchor == "by-quarter")
    assert [cell.attainment_id is not None for cell in row.cells] == [False] * 10 + [True] * 2
    assert {entry.name for entry in page.figures if entry.anchor.startswith("by-quarter.2026")} == {
        "By the quarter: July 2026 to September 2026",
        "By the quarter: October 2026 to December 2026",
    }


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [("0.125", "0.20", "12.5 to 20 %"), ("0.15", "0.15", "15 %"), ("0.0025", "1", "0.25 to 100 %")],
)
def test_the_share_is_said_with_the_decimals_that_money_is_computed_with(in_tenant, low, high, words):
    profile = ImpactProfile(lost_share_low=Decimal(low), lost_share_high=Decimal(high))

    assert share_words(profile).replace(NBSP, " ") == words


def test_a_gain_is_said_downward(in_tenant):
    """412 a month before and 318.4 since are 93 fewer; 412 less 318 would be one too many."""
    month = made.make_month(months=0)
    statement = next(each for each in list_statements(unit=month.unit) if each.slug == "prices")
    Volume.objects.filter(measure_id=statement.measure_id, on=date(2026, 6, 1)).update(total=331)

    worth = tell_worth(statement=statement, month=OCTOBER, impact=None, line="", line_figures=())

    figures = {each.anchor.rpartition(".")[2]: each.text for each in worth.figures}
    assert (figures["before"], figures["after"], figures["fell"]) == ("412", "318", "93")


def test_the_sum_of_a_loss_names_what_took_time_in_the_month_and_nothing_else(orders, impact):
    orders.period_kind = "quarter"
    orders.save()
    for start, end in (("10-06 10:00", "10-06 12:00"), ("10-07 23:00", "10-08 01:00"), ("11-06 10:00", "11-06 12:00")):
        slas.add_outage(orders.measure, f"2026-{start}", f"2026-{end}")  # counted, at night, in another month
    _, found = impact("2026-12-01 09:00", Period(2026, 10, PeriodKind.QUARTER))
    (statement,) = list_statements(unit=orders.agreement.customer.business_unit)

    worth = tell_worth(statement=statement, month=OCTOBER, impact=found, line="", line_figures=())

    told = [(line.label.replace(NBSP, " "), line.value) for line in worth.lines if line.key == "event"]
    assert told == [("Tuesday 6 October, 10:00 to 12:00", "120")]
