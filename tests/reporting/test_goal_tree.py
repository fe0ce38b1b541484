"""Goals as a tree, each with where it stands."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from portal.accounts.models import Role
from reporting.models import GoalMeasure
from reporting.queries.goal_tree import list_goal_rows, list_standings
from slas.models import FactKind, Volume
from tests import factories
from tests.catalog import factories as catalog
from tests.slas import factories as slas

TODAY = date(2026, 11, 10)
WAY = {"start_value": Decimal(55), "target_value": Decimal(68), "value_unit": "%"}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: datetime.fromisoformat("2026-11-10T09:40:00+00:00"))


@pytest.fixture
def unit(in_tenant):
    return factories.make_unit(name="Customer Orders")


@pytest.fixture
def head(unit, member):
    return member(Role.BUSINESS_UNIT_HEAD, units=[unit], user=factories.make_user(name="Ines Calder"))


def say(goal, head, value, on=TODAY):
    goal.values.create(on=on, value=value, said_by=head)


@pytest.mark.parametrize(
    ("way", "value", "now", "words", "made"),
    [
        pytest.param(WAY, "61.2", "61.2 %", "55 % to 68 %", 47, id="on its way, rounded down"),
        pytest.param(WAY, "50", "50 %", "55 % to 68 %", 0, id="behind where it began"),
        pytest.param(WAY, "70", "70 %", "55 % to 68 %", 100, id="beyond"),
        pytest.param(
            {"start_value": Decimal(12), "target_value": Decimal(4), "value_unit": "days"}, "6.5", "6.5 days",
            "12 days to 4 days", 68, id="downwards",
        ),
        pytest.param({}, "1234567", "1,234,567", "", None, id="without two ends"),
    ],
)  # fmt: skip
def test_where_a_goal_stands_between_its_two_ends(head, way, value, now, words, made):
    goal = catalog.make_goal(**way)
    say(goal, head, "1", on=date(2026, 10, 1))
    say(goal, head, value)
    say(goal, head, "99", on=date(2026, 11, 11))  # to come

    standing = list_standings(goals=[goal], today=TODAY)[goal.pk]

    assert (standing.now.replace("\xa0", " "), standing.way.replace("\xa0", " "), standing.made) == (now, words, made)
    assert standing.source.replace("\xa0", " ") == "Ines Calder, 10 Nov 2026"


@pytest.mark.parametrize(("unit_words", "counted"), [("%", True), ("", True), ("days", False)])
def test_what_a_measure_counts_stands_before_what_was_said_if_both_are_percent(head, unit_words, counted):
    goal = catalog.make_goal(**WAY | {"value_unit": unit_words})
    say(goal, head, "57")
    measure = slas.make_measure(FactKind.VOLUMES)
    GoalMeasure.objects.create(goal=goal, measure=measure)
    for on, met in ((date(2026, 9, 30), 50), (date(2026, 10, 5), 60), (date(2026, 10, 6), 64), (TODAY, 99)):
        Volume.objects.create(measure_id=measure.pk, on=on, met=met, total=100)

    standing = list_standings(goals=[goal], today=TODAY)[goal.pk]

    assert (standing.now.split("\xa0")[0], standing.source) == (
        ("62", "October 2026") if counted else ("57", "Ines Calder, 10\xa0Nov\xa02026")
    )


def test_each_goal_stands_under_its_own_and_under_none_that_the_reader_may_not_see(unit, head, member):
    company = catalog.make_goal(name="Grow", position=1)
    own = catalog.make_goal(name="Online", parent=company, business_unit=unit)
    catalog.make_goal(name="Repeat", parent=own, business_unit=unit)
    hidden = catalog.make_goal(name="Secret", business_unit=factories.make_unit(), position=2)
    catalog.make_goal(name="Shown", parent=hidden, position=3)

    def tree(reader):
        return [(row.goal.name, row.depth) for row in list_goal_rows(reader=reader, today=TODAY)]

    assert tree(head) == [("Grow", 0), ("Online", 1), ("Repeat", 2), ("Shown", 0)]
    assert tree(member(Role.AUDITOR)) == [("Grow", 0), ("Online", 1), ("Repeat", 2), ("Secret", 0), ("Shown", 1)]


def test_it_is_said_and_read_in_the_browser(unit, head, client_of):
    parent = catalog.make_goal(short_name="Grow", slug="grow")
    goal = catalog.make_goal(slug="online", business_unit=unit, parent=parent, measured_as="Of all orders", **WAY)
    client = client_of(head)

    sent = client.post("/t/larkmoor/goals/online/count/", {"on": "2026-11-09", "value": "61.2", "note": "Report"})
    late = client.post("/t/larkmoor/goals/online/count/", {"on": "2026-11-12", "value": "70"})

    assert (sent.status_code, late.status_code, goal.values.count()) == (302, 422, 1)
    assert "has not come yet" in late.content.decode()
    for page in ("/t/larkmoor/goals/", "/t/larkmoor/goals/online/progress/"):
        assert "47 % of the way" in client.get(page).content.decode()
    shown = client.get("/t/larkmoor/goals/online/").content.decode()
    assert "Of all orders" in shown
    assert 'href="/t/larkmoor/goals/grow/"' in shown
    assert 'href="/t/larkmoor/goals/online/"' in client.get("/t/larkmoor/goals/grow/").content.decode()
