"""A promise under other terms, month by month beside what is stored; both sides read it, and nothing changes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from slas.actions.attainments import close_month, compute_attainments
from slas.calculation.periods import Period
from slas.forms.what_if import WhatIfForm
from slas.models import TargetKind
from slas.queries.what_if import get_what_if
from tests.slas import factories
from tests.slas.factories import at, every_day

NOW = at("2026-11-10 09:40")
YEAR = [Period(2025, 11).shifted(n) for n in range(12)]
PAGE = "/t/larkmoor/agreements/orders/v1/targets/place-orders/what-if/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def orders(agreement):
    """Stored months with an outage each: 2 hours at night, 5 in the morning of March."""
    target = agreement.targets.get()
    for period in YEAR:
        night, morning = f"{period.first_on:%Y-%m}-10", period.month == 3
        factories.add_outage(target.measure, f"{night} 01:00", f"{night} 03:00")
        if morning:
            factories.add_outage(target.measure, "2026-03-11 07:00", "2026-03-11 12:00")
    compute_attainments(targets=[target], periods=YEAR, now=NOW)
    return target


def filled(target, **changes):
    """The form as the page shows it, with some fields changed."""
    form = WhatIfForm(target=target)
    values = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in (values | changes).items() if value not in (None, "")}
    return WhatIfForm(given, target=target)


def tried(target, **changes):
    form = filled(target, **changes)
    assert form.is_valid(), form.errors
    return form.tried()


def letters(page):
    return "".join(month.letter for month in page.months), "".join(month.tried.letter for month in page.months)


def test_the_present_terms_give_the_stored_months(orders, member):
    page = get_what_if(reader=member(), target=orders, tried=tried(orders), now=NOW)

    assert letters(page) == ("KKKKMKKKKKKK",) * 2
    assert page.changes == ()
    assert page.kept.replace("\u00a0", " ") == "Kept in 11 of 12 months that are stored."
    assert [month.name for month in page.months][::11] == ["November 2025", "October 2026"]


def test_hours_that_begin_only_next_year_are_tried_on_all_months(orders, member):
    later = factories.make_hours(
        every_day(4, 22), words="04:00 to 22:00, every day", name="Shop", version=2, starts_on=date(2027, 1, 1),
        replaces=factories.make_hours(every_day(0, 24), words="round the clock, every day", name="Shop"),
    )  # fmt: skip

    page = get_what_if(reader=member(), target=orders, tried=tried(orders, service_hours=later.pk), now=NOW)

    assert page.months[0].value.replace("\u00a0", " ") == "100 %"
    assert any(after.startswith("Service hours: 04:00 to 22:00, every day, London") for _, after in page.changes)


def test_other_hours_and_a_stricter_share_are_said_and_tried(orders, member):
    days = factories.make_hours(every_day(4, 22), words="04:00 to 22:00, every day")

    changed = tried(orders, service_hours=days.pk, threshold="99.9")
    page = get_what_if(reader=member(), target=orders, tried=changed, now=NOW)

    assert letters(page) == ("KKKKMKKKKKKK", "KKKKMKKKKKKK")
    assert page.months[0].value.replace("\u00a0", " ") == "100 %"
    assert ("Promised: 99.5 %.", "Promised: 99.9 %.") in page.changes
    assert any(after.startswith("Service hours: 04:00 to 22:00") for _, after in page.changes)
    strict = get_what_if(reader=member(), target=orders, tried=tried(orders, threshold="99.9"), now=NOW)
    assert letters(strict)[1] == "M" * 12
    assert all(month.is_other for month in strict.months if month.letter == "K")


@pytest.mark.parametrize(
    ("changes", "given"),
    [
        pytest.param({"excluded_work": ["planned"]}, "KKKKMKKKKKKK", id="announced work is taken out"),
        pytest.param({"excluded_work": ["planned"], "planned_cap": 60}, "KKKKMKKKKKKC", id="up to an hour"),
        pytest.param({"excluded_work": ["planned"], "planned_notice_days": 30}, "KKKKMKKKKKKM", id="with notice"),
    ],
)
def test_rules_of_what_counts_are_tried(orders, member, changes, given):
    service = factories.make_service()
    orders.service = service
    orders.save()
    factories.add_work(service, "2026-10-18 04:00", "2026-10-18 06:30", "2026-10-07 09:00", "2026-10-09 09:00")
    compute_attainments(targets=[orders], periods=YEAR[-1:], now=NOW)

    page = get_what_if(reader=member(), target=orders, tried=tried(orders, **changes), now=NOW)

    assert letters(page)[0] == "KKKKMKKKKKKM"
    assert letters(page)[1] == given


def test_the_shortest_outage_that_counts_is_tried(orders, member):
    for day in range(20, 25):
        factories.add_outage(orders.measure, f"2026-10-{day} 10:00", f"2026-10-{day} 10:30")
    compute_attainments(targets=[orders], periods=YEAR[-1:], now=NOW)

    page = get_what_if(reader=member(), target=orders, tried=tried(orders, minimum_outage=3600), now=NOW)

    assert letters(page) == ("KKKKMKKKKKKM", "KKKKMKKKKKKK")


def test_missing_data_counts_as_it_is_tried(agreement, member):
    target = agreement.targets.get()
    target.measure = factories.make_measure(is_covered=False)
    target.save()

    policies = [
        get_what_if(reader=member(), target=target, tried=tried(target, missing_policy=policy), now=NOW)
        for policy in ("exclude", "down")
    ]

    assert [page.tried.kept for page in policies] == [0, 0]
    assert "there is not enough data of the last 12 months" in policies[0].tried.sentence.replace("\u00a0", " ")
    assert policies[0].kept == "Nothing is stored of these months."


@pytest.mark.parametrize(
    ("kind", "changes", "field", "value"),
    [
        (TargetKind.CASES, {"limit": 3, "limit_unit": "days"}, "within_working_days", 3),
        (TargetKind.CASES, {"limit": 90, "limit_unit": "minutes"}, "within_seconds", 5400),
        (TargetKind.RELIABILITY, {"allowed_misses": 1, "longer_than": 20}, "minimum_outage_seconds", 1201),
        (TargetKind.OCCASIONS, {"due_minute": "05:00"}, "due_minute", 300),
        (TargetKind.READINGS, {"reading_limit": "400"}, "reading_limit", Decimal(400)),
        (TargetKind.VOLUME, {"threshold": "99"}, "threshold", Decimal(99)),
        (TargetKind.SATISFACTION, {"threshold": "70"}, "threshold", Decimal(70)),
    ],
)
def test_each_kind_of_promise_can_be_tried(in_tenant, member, kind, changes, field, value):
    target = factories.make_target(kind)

    other = tried(target, **changes)

    assert getattr(other, field) == value
    assert len(get_what_if(reader=member(), target=target, tried=other, now=NOW).months) == 12
    assert getattr(target, field) != value


def rows_of_every_table():
    """A fingerprint of the rows of each table that the portal may read; partitions are read with their table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace AND has_table_privilege(oid, 'SELECT')"
        )
        found = {}
        for (name,) in cursor.fetchall():
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM \"{name}\" t")
            found[name] = cursor.fetchone()[0]
    return found


def test_no_row_of_any_table_changes_and_both_sides_read_it(unit, orders, people_of, client_of):
    close_month(business_unit=unit, month=date(2026, 10, 1), by=None, now=NOW)
    clients = {who: client_of(person) for who, person in people_of.items()}
    before = rows_of_every_table()

    pages = {who: client.get(PAGE, filled(orders, threshold="99.9").data) for who, client in clients.items()}

    assert rows_of_every_table() == before
    assert {who: page.status_code for who, page in pages.items()} == dict.fromkeys(people_of, 200) | {"outsider": 404}
    told = {who: page.content.decode().replace("\u00a0", " ") for who, page in pages.items()}
    assert "This would have been kept in 0 of the last 12 months." in told["auditor"]
    assert "This would have been missed in the last month." in told["head"]
    assert "Promised: 99.9 %." in told["business"]


def test_what_cannot_be_tried_says_what_to_do(orders, people_of, client_of):
    page = client_of(people_of["head"]).get(PAGE, {"threshold": "", "missing_policy": "exclude", "minimum_outage": "0"})

    assert page.status_code == 422
    assert "Say what would be promised, for example 99.5." in page.content.decode()


def test_before_anything_is_tried_the_stored_months_are_shown(orders, people_of, client_of):
    page = client_of(people_of["manager"]).get(PAGE)

    assert page.context["page"].tried is None
    assert len(page.context["page"].months) == 12
