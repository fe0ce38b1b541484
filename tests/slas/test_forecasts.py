"""Running months are forecast once a day, and what was said is held against what happened."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import ProgrammingError, transaction

from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from slas import tasks
from slas.actions.attainments import compute_attainments
from slas.actions.forecasts import say_forecasts
from slas.calculation.forecast import Mark
from slas.calculation.periods import Period
from slas.models import Attainment, DataGap, Forecast
from slas.queries.forecast_inputs import due_forecasts, outlook_of, past_months, running_months
from slas.queries.hours import HoursBook
from tests.slas import factories
from tests.slas.factories import add_case, add_outage, at, every_day

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
NOVEMBER = Period(2026, 11)
HOUR = 3600
BURN = "The room goes 1.1 times as fast as the month."  # a third of it in 91 h 40 min of 300
SAYING, PAGE = 13, 8  # queries


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


def made(target, months=6, now=NOW):
    """The figures of so many ended months and of the running one."""
    compute_attainments(targets=[target], periods=[NOVEMBER.shifted(-n) for n in range(months + 1)], now=now)
    return target


@pytest.fixture
def orders(in_tenant):
    """08:00 to 18:00 every day, 99 %: on the 5th of each month two hours lost, one of them after closing."""
    target = factories.make_target(
        service_hours=factories.make_hours(every_day(8, 18)), threshold=Decimal(99), name="Customers can place orders"
    )
    for month in range(5, 12):
        add_outage(target.measure, f"2026-{month:02}-05 17:00", f"2026-{month:02}-05 19:00")
    return target


def inputs_of(now=NOW):
    running = running_months(due=due_forecasts(now=now), now=now)
    return running, past_months(running=running, now=now)


def test_what_was_lost_is_history_at_its_place_in_service_time(orders):
    made(orders)
    running, history = inputs_of()
    book = HoursBook(ids=[orders.service_hours_id])
    months = history[orders.pk]

    # 17:00 on the 5th is the ninth hour of the fifth day of ten hours.
    assert [month.marks for month in months] == [(Mark(49 * HOUR, HOUR, Fraction(0), Fraction(HOUR)),)] * 6
    assert [month.service_seconds for month in months] == [days * 10 * HOUR for days in (31, 30, 31, 31, 30, 31)]
    outlook = outlook_of(running=running[0], book=book)
    assert (outlook.lost, outlook.room, outlook.target) == (HOUR, 3 * HOUR, Fraction(99, 100))
    # From 09:40 on the 10th: 8 h 20 min of that day, and twenty days.
    assert outlook.remaining_seconds == 208 * HOUR + 20 * 60


def test_time_without_data_that_counts_as_down_is_spread_over_its_month(orders):
    orders.missing_policy = "down"
    orders.save()
    DataGap.objects.create(
        measure_id=orders.measure_id, started_at=at("2026-10-20 08:00"), ended_at=at("2026-10-20 09:00"), reason="Moved"
    )
    made(orders)
    _, history = inputs_of()

    assert history[orders.pk][-1].marks[0] == Mark(0, 310 * HOUR, Fraction(0), Fraction(HOUR))


def test_cases_are_history_at_the_instant_at_which_they_were_due(in_tenant):
    target = factories.make_target("cases", service_hours=factories.make_hours(every_day(8, 18)))
    for month in range(5, 12):
        add_case(target.measure, f"A{month}", f"2026-{month:02}-02 09:00", f"2026-{month:02}-02 10:00")
        add_case(target.measure, f"B{month}", f"2026-{month:02}-03 09:00", f"2026-{month:02}-04 10:00")
        add_case(target.measure, f"C{month}", f"2026-{month:02}-03 09:30", None, excluded_reason="Withdrawn")
    made(target)
    running, history = inputs_of()
    outlook = outlook_of(running=running[0], book=HoursBook(ids=[target.service_hours_id]))

    due = (Mark(13 * HOUR, 0, Fraction(1), Fraction(0)), Mark(23 * HOUR, 0, Fraction(1), Fraction(1)))
    assert [month.marks for month in history[target.pk]] == [due] * 6
    assert (outlook.lost, outlook.room) == (1, Fraction(2, 10))


def test_a_forecast_is_said_once_a_day_and_kept(orders):
    made(orders)
    written = [say_forecasts(after=0, limit=20, now=NOW).written for _ in range(2)]
    first = Forecast.objects.get()
    made(orders, now=NOW + timedelta(days=1))
    say_forecasts(after=0, limit=20, now=NOW + timedelta(days=1))

    assert written == [1, 0]
    assert (first.period_start, first.said_on, first.months, first.runs) == (
        date(2026, 11, 1),
        date(2026, 11, 10),
        6,
        10_000,
    )
    assert 0 < first.misses < first.runs
    assert list(Forecast.objects.order_by("said_on").values_list("said_on", flat=True)) == [
        date(2026, 11, 10), date(2026, 11, 11),
    ]  # fmt: skip


@pytest.mark.parametrize("change", [lambda rows: rows.update(misses=0), lambda rows: rows.delete()])
def test_what_was_said_cannot_be_changed(orders, change):
    made(orders)
    say_forecasts(after=0, limit=20, now=NOW)

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        change(Forecast.objects.all())


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"is_trial": True, "threshold": None}, id="trial"),
        pytest.param({"period_kind": "quarter"}, id="quarter"),
        pytest.param({"threshold": Decimal("99.9")}, id="missed-for-certain"),
        pytest.param({"starts_on": date(2026, 6, 1)}, id="five-months"),
    ],
)
def test_of_other_months_nothing_is_said(orders, fields):
    for name, value in fields.items():
        setattr(orders, name, value)
    orders.save()
    made(orders)

    assert say_forecasts(after=0, limit=20, now=NOW).written == 0


def test_many_targets_are_taken_in_portions(orders):
    made(orders)
    other = made(factories.make_target())
    first = say_forecasts(after=0, limit=1, now=NOW)
    second = say_forecasts(after=first.go_on_after, limit=1, now=NOW)

    assert (first.written, first.go_on_after) == (1, orders.pk)
    assert (second.written, second.go_on_after) == (1, None)
    assert set(Forecast.objects.values_list("target_id", flat=True)) == {orders.pk, other.pk}


@pytest.mark.parametrize("number", [1, 4])
def test_a_portion_takes_as_many_queries_whatever_its_size(in_tenant, django_assert_num_queries, number):
    for _ in range(number):
        made(factories.make_target(service_hours=factories.make_hours()))

    with django_assert_num_queries(SAYING):
        assert say_forecasts(after=0, limit=20, now=NOW).written == number


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_as_many_queries_whatever_was_said(orders, member, client_of, django_assert_num_queries, number):
    made(orders)
    for day in range(1, number + 1):
        said(orders, Period(2026, 10), date(2026, 10, day), day % 10)
    client = client_of(member(Role.ADMINISTRATOR))
    client.get("/t/larkmoor/forecasts/")

    with django_assert_num_queries(PAGE):
        assert client.get("/t/larkmoor/forecasts/").context["page"].forecasts == number


def test_workers_go_on_until_all_were_looked_at(orders, monkeypatch, django_capture_on_commit_callbacks):
    made(orders)
    made(factories.make_target())
    sent = []
    monkeypatch.setattr(tasks, "FORECASTS_AT_ONCE", 1)
    monkeypatch.setattr(tasks.forecast_running_months, "delay", lambda **kwargs: sent.append(kwargs))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.forecast_running_months(tenant_id=orders.tenant_id)

    assert sent == [{"tenant_id": orders.tenant_id, "after": orders.pk}]


def figure_page(target, client):
    row = Attainment.objects.get(target=target, period_start=NOVEMBER.first_on)
    return client.get(f"/t/larkmoor/attainments/{row.pk}/").content.decode().replace("\u00a0", " ")


def test_the_running_figure_says_what_is_left_and_how_likely_it_is_missed(orders, member, client_of):
    made(orders)
    say_forecasts(after=0, limit=20, now=NOW)
    row = Forecast.objects.get()
    page = figure_page(orders, client_of(member()))

    for words in ("So far", "If nothing else happens", "If all the rest is lost", "2 h of 3 h are left.", BURN):
        assert words in page
    assert f"Chance of a miss: {-(-row.misses // 100)} %" in page
    assert "Said on 10 Nov 2026: so many of 10,000 ends of the month, drawn from 6 months of its own history." in page


def test_a_month_of_which_too_little_is_known_has_no_forecast(orders, member, client_of):
    DataGap.objects.create(
        measure_id=orders.measure_id, started_at=at("2026-11-02 00:00"), ended_at=at("2026-11-09 00:00"), reason="Moved"
    )
    made(orders)

    assert say_forecasts(after=0, limit=20, now=NOW).written == 0
    assert "No forecast: too much data is missing." in figure_page(orders, client_of(member()))


def test_with_too_little_history_only_the_room_is_said(orders, member, client_of):
    made(orders, months=3)
    page = figure_page(orders, client_of(member()))

    assert "2 h of 3 h are left." in page
    assert "No forecast: it needs 6 months that have ended, and 3 have." in page
    assert "Chance of a miss" not in page


def test_a_month_that_is_missed_already_needs_no_forecast(orders, member, client_of):
    add_outage(orders.measure, "2026-11-07 08:00", "2026-11-07 18:00")
    made(orders)

    page = figure_page(orders, client_of(member()))

    assert [words in page for words in ("No room is left.", "It is missed for certain.", "Chance of a miss")] == [
        True, True, False,
    ]  # fmt: skip


def said(target, month, on, misses, runs=10):
    Forecast.objects.create(
        target=target, period_start=month.first_on, said_on=on, said_at=NOW, misses=misses, runs=runs, months=6
    )


def test_what_was_said_stands_against_what_happened(orders, member, client_of):
    """September lost two hours more and was missed; October was kept; August has too little data; November runs."""
    add_outage(orders.measure, "2026-09-20 08:00", "2026-09-20 18:00")
    DataGap.objects.create(
        measure_id=orders.measure_id, started_at=at("2026-08-10 00:00"), ended_at=at("2026-08-20 00:00"), reason="Moved"
    )
    made(orders)
    for month, day, misses in ((8, 9, 5), (9, 10, 8), (9, 11, 10), (10, 10, 2), (10, 11, 4), (11, 9, 3)):
        said(orders, Period(2026, month), date(2026, month, day), misses)

    page = client_of(member(Role.ADMINISTRATOR)).get("/t/larkmoor/forecasts/").context["page"]

    assert (page.forecasts, page.waiting, page.unjudged) == (4, 1, 1)
    assert (page.brier, page.constant) == ("0.060", "0.250")  # (0.04 + 0 + 0.04 + 0.16) / 4, and 1/2 x 1/2
    assert page.verdict.startswith("The forecasts say more than")
    rows = [(row.said, row.forecasts, row.mean, row.missed) for row in page.rows if row.forecasts != "0"]
    assert [tuple(cell.replace("\u00a0", " ") for cell in row) for row in rows] == [
        ("10 to 30 %", "1", "20 %", "0 of 1 (0 %)"),
        ("30 to 50 %", "1", "40 %", "0 of 1 (0 %)"),
        ("70 to 90 %", "1", "80 %", "1 of 1 (100 %)"),
        ("90 to 100 %", "1", "100 %", "1 of 1 (100 %)"),
    ]


@pytest.fixture
def foreign(other_tenant):
    """A forecast of another tenant whose month has ended."""
    with tenant_scope(other_tenant.pk):
        said(made(factories.make_target()), Period(2026, 10), date(2026, 10, 10), 1)


def test_before_a_month_has_ended_the_page_says_what_will_be_there(foreign, orders, member, client_of):
    made(orders)
    said(orders, NOVEMBER, date(2026, 11, 9), 3)

    page = client_of(member(Role.AUDITOR)).get("/t/larkmoor/forecasts/").content.decode()

    assert "No month has ended that was forecast" in page
    assert "1 forecast waits for its month to end." in page


@pytest.mark.parametrize("role", [Role.SERVICE_LEVEL_MANAGER, Role.SERVICE_OWNER])
def test_it_is_read_by_administrators_and_auditors(in_tenant, member, client_of, role):
    assert client_of(member(role)).get("/t/larkmoor/forecasts/").status_code == 403
