"""What each level of a service promises: one line for each, written as it is read."""

from decimal import Decimal

import pytest

from portal.accounts.models import Role
from slas.forms.levels import LevelsForm
from tests.catalog import factories as catalog

LINES = """Customers can place orders | 99.5 % of the time
Orders are confirmed | 98 %
Urgent problems are solved | in 2 h, 90 %
Small problems are solved | in 30 min, 80.5 %
A person answers | 05:00 to 20:00"""


@pytest.fixture
def offering(in_tenant):
    return catalog.make_offering(catalog.make_service(slug="ordering"), name="Gold")


@pytest.fixture
def url(offering):
    return f"/t/larkmoor/services/ordering/offerings/{offering.pk}/levels/"


def levels_of(offering):
    fields = ("name", "threshold", "within_seconds", "words", "shows_allowed_time")
    return list(offering.levels.order_by("position").values_list(*fields))


def test_lines_become_promises_and_are_read_back_as_they_were_written(offering, url, member, client_of):
    client = client_of(member(Role.SERVICE_OWNER))

    answer = client.post(url, {"lines": LINES})

    assert answer.url == "/t/larkmoor/services/ordering/"
    assert levels_of(offering) == [
        ("Customers can place orders", Decimal("99.5"), None, "", True),
        ("Orders are confirmed", Decimal(98), None, "", False),
        ("Urgent problems are solved", Decimal(90), 7200, "", False),
        ("Small problems are solved", Decimal("80.5"), 1800, "", False),
        ("A person answers", None, None, "05:00 to 20:00", False),
    ]
    assert LevelsForm(offering=offering).initial["lines"] == LINES
    page = client.get("/t/larkmoor/services/ordering/").content.decode()
    assert "in 2\u00a0h, 90\u00a0%" in page


def test_new_lines_replace_the_old_ones(offering, url, member, client_of):
    client = client_of(member(Role.SERVICE_OWNER))
    client.post(url, {"lines": LINES})

    client.post(url, {"lines": "Orders are confirmed | 99 %"})

    assert [name for name, *_rest in levels_of(offering)] == ["Orders are confirmed"]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        pytest.param("Orders are confirmed", "Line 1: write a name, a bar", id="nothing promised"),
        pytest.param("One | 98 %\n | 99 %", "Line 2: write a name, a bar", id="no name"),
        pytest.param("One | 101 %", "Line 1: a share is at most 100 %", id="more than all"),
        pytest.param("One | 98 %\nOne | 99 %", "Line 2: “One” stands here twice", id="the same name twice"),
        pytest.param(f"{'x' * 161} | 98 %", "Line 1", id="too long"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(offering, url, member, client_of, lines, problem):
    answer = client_of(member(Role.SERVICE_OWNER)).post(url, {"lines": lines})

    assert answer.status_code == 422
    assert problem in str(answer.context["form"].errors)
    assert levels_of(offering) == []


@pytest.mark.parametrize("role", Role)
def test_only_it_says_what_a_level_promises(url, member, client_of, role):
    may = role in (Role.SERVICE_LEVEL_MANAGER, Role.SERVICE_OWNER)

    assert client_of(member(role)).get(url).status_code == (200 if may else 403)
