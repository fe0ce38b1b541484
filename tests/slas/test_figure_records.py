"""A figure opens down to each record that was judged: a short list on its page, all behind it and in its files."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.accounts.models import Role
from slas.actions.attainments import close_figures, compute_attainments
from slas.actions.hourly_counts import count_hours
from slas.calculation.periods import Period
from slas.models import Attainment
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
OCTOBER = Period.parse("2026-10")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def unit(in_tenant):
    return people.make_unit(name="Customer Orders")


@pytest.fixture
def head(unit, member):
    return member(Role.BUSINESS_UNIT_HEAD, units=[unit])


def page_of(target, period=OCTOBER):
    """The address of the target's figure, issued."""
    compute_attainments(targets=[target], periods=[period], now=NOW)
    attainment = Attainment.objects.get(target=target, period_start=period.first_on)
    close_figures(ids=[attainment.pk], now=NOW)
    return f"/t/larkmoor/attainments/{attainment.pk}/"


def many_cases(target, number, late=()):
    for at_minute in range(number):
        solved = "18:00" if at_minute in late else "10:30"
        factories.add_case(
            target.measure, f"INC{at_minute:03}", f"2026-10-05 09:{at_minute % 60:02}", f"2026-10-05 {solved}"
        )


def test_a_short_list_shows_what_counts_against_the_promise_first(unit, head, client_of):
    target = factories.make_target("cases", unit=unit)
    many_cases(target, 40, late=(5, 33))
    factories.add_case(target.measure, "DUP", "2026-10-05 09:00", None, excluded_reason="Duplicate of INC001")
    client, address = client_of(head), page_of(target)

    short, everything = (client.get(address + query).content.decode() for query in ("", "?all=cases"))

    listed = re.findall(r'p-strong">((?:INC|DUP)\d*)', short)
    assert len(listed) == 10
    assert {"INC005", "INC033", "DUP"} <= set(listed)
    assert "Left out: Duplicate of INC001" in short
    assert re.search(r'href="\?all=cases#cases">All 41<', short)
    assert len(re.findall(r"INC\d+ ?</span>", everything)) == 40
    assert re.search(r'href="\?#cases">Fewer<', everything)


def test_a_long_list_has_pages(unit, head, client_of):
    target = factories.make_target("volume", unit=unit)
    for day in range(120):
        factories.add_volume(target.measure, date(2026, 1, 1) + timedelta(days=day), 1000 + day, 999)
    target.period_kind = "year"
    target.save()
    client, address = client_of(head), page_of(target, Period.parse("FY2026-01"))

    first, second = (client.get(f"{address}?all=counts&page={number}").content.decode() for number in (1, 2))

    assert "999 of 1,000" in first
    assert "999 of 1,119" not in first
    assert "999 of 1,119" in second
    assert "101 to 120 of 120" in second


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("query", ["", "?all=cases"])
def test_the_page_needs_as_many_queries_for_many_records_as_for_one(
    settings, unit, member, client_of, django_assert_num_queries, rows, query
):
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"
    target = factories.make_target("cases", unit=unit)
    many_cases(target, rows)
    client, address = client_of(member()), page_of(target)

    with django_assert_num_queries(10):
        assert client.get(address + query).status_code == 200


@pytest.mark.parametrize(
    ("kind", "record", "line"),
    [
        pytest.param(
            "cases",
            {"key": "INC000", "state": "met", "why": "", "resolved_at": "2026-10-05T09:30:00+00:00"},
            ["case", "INC000", "2026-10-05T08:00:00+00:00", "2026-10-05T09:30:00+00:00", "5400", "seconds", "In time"],
            id="a case in time",
        ),
        pytest.param(
            "occasions",
            {"on": "2026-10-01", "state": "met", "completed_at": "2026-10-01T02:00:00+00:00"},
            ["date", "2026-10-01", "2026-10-01T03:00:00+00:00", "2026-10-01T02:00:00+00:00", "", "", "In time"],
            id="a date in time",
        ),
        pytest.param(
            "volume",
            {"on": "2026-10-01", "total": 100, "met": 99},
            ["count", "2026-10-01", "", "", "100", "counted", "99 within the standard"],
            id="a count",
        ),
        pytest.param(
            "satisfaction",
            {"on": "2026-10-01", "asked": 20, "answers": 10, "good": 9},
            ["survey round", "2026-10-01", "", "", "10", "answers", "9 good, 20 people asked"],
            id="a round",
        ),
        pytest.param(
            "readings",
            {"on": "2026-10-01", "total": 1, "met": 1},
            ["count", "2026-10-01", "", "", "1", "readings", "1 within the limit"],
            id="a reading",
        ),
    ],
)
def test_the_evidence_lists_each_record_that_was_judged(unit, head, client_of, kind, record, line):
    target = factories.make_target(kind, unit=unit)
    if kind == "cases":
        many_cases(target, 1)
    elif kind == "occasions":
        factories.add_occasion(target.measure, date(2026, 10, 1), at("2026-10-01 03:00"))
    elif kind == "volume":
        factories.add_volume(target.measure, date(2026, 10, 1), 100, 99)
    elif kind == "readings":
        factories.add_reading(target.measure, "2026-10-01 09:00", 1)
        count_hours(measure_ids=[target.measure_id])
    else:
        factories.add_survey(target.measure, date(2026, 10, 1), 20, 10, 9)
    client, address = client_of(head), page_of(target)

    document = client.get(address + "evidence.json").json()
    table = list(csv.reader(io.StringIO(client.get(address + "evidence.csv").content.decode("utf-8-sig"))))

    assert record.items() <= document["records"][0].items()
    assert line in table


def test_rounds_do_not_tell_the_few_answers_of_one_of_them(unit, head, client_of):
    """The total is known: what the other rounds say would leave those of the one."""
    target = factories.make_target("satisfaction", unit=unit)
    factories.add_survey(target.measure, date(2026, 10, 1), 77, 41, 37)
    factories.add_survey(target.measure, date(2026, 10, 8), 66, 3, 1)
    client, address = client_of(head), page_of(target)

    page, table = client.get(address).content.decode(), client.get(address + "evidence.csv").content.decode("utf-8-sig")

    assert [(each["answers"], each["good"]) for each in Attainment.objects.get().records] == [(None, None)] * 2
    assert page.count("Answers of single rounds are not shown") == 2
    for text in (page, table):
        assert not re.search(r"\b(?:37|41) (?:of|good|answers)", text)
